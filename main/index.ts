/** The Electron shell: puts together what the other files of this folder do. */
import { dirname, join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { toFailure } from '../contract/errors.ts';
import { serveArtifacts } from './artifact-protocol.ts';
import { askForOpen } from './dialogs.ts';
import { HostClient } from './host-client.ts';
import { launchHost } from './host-launcher.ts';
import { serveWindowCalls } from './ipc.ts';
import { lockDownDefaultSession, lockDownEverything } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { pushToAll } from './push.ts';
import { registerSchemes } from './schemes.ts';
import { shellHandlers } from './shell.ts';
import { chromiumSwitches, parseArguments } from './switches.ts';
import { openWindow, windowSession } from './window.ts';
import { serveWindow } from './window-protocol.ts';

/** Milliseconds that a host gets for closing the archive; after that a kill loses nothing acknowledged either. */
const closingTime = 10_000;

const options = parseArguments(process.argv, process.cwd());
const devTools = !app.isPackaged && process.env.HOLDFAST_DEVTOOLS === '1';
// dist/main/index.cjs: everything that is built lies beside this file's folder.
const distPath = dirname(import.meta.dirname);

const host = new HostClient(
  () =>
    launchHost({
      // A Node of our own reads no asar; the host is unpacked beside it.
      hostPath: join(distPath, 'host', 'host.cjs').replace(/\bapp\.asar\b/, 'app.asar.unpacked'),
      nodeRoots: [dirname(distPath), process.resourcesPath],
    }),
  (state) => pushToAll('host', state),
);
let archivePath = options.archivePath;
let window: BrowserWindow | null = null;

function main(): void {
  app.setName('Holdfast');
  const profile = options.profilePath ?? join(app.getPath('appData'), 'Holdfast');
  app.setPath('userData', profile);
  app.setPath('sessionData', profile);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  // Both together make Chromium start and kill its own helpers for ever.
  if (!options.noSandbox) app.enableSandbox();
  for (const [name, value] of chromiumSwitches) app.commandLine.appendSwitch(name, value);
  registerSchemes();
  lockDownEverything(devTools);
  app.on('second-instance', (_event, argv, cwd) => offer(parseArguments(argv, cwd).archivePath));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    offer(path);
  });
  app.on('window-all-closed', () => app.quit());
  closeHostBeforeQuitting();
  app.whenReady().then(start, fail);
}

function start(): void {
  lockDownDefaultSession(devTools);
  const session = windowSession();
  serveWindow(session, join(distPath, 'renderer'));
  serveArtifacts(session, host);
  serveWindowCalls({
    host,
    shell: shellHandlers(host, () => archivePath),
    unlockRefused:
      app.isPackaged && options.remoteDebugging
        ? 'Holdfast was started so that a debugger can read what it shows. Start it without those switches to open an archive.'
        : null,
  });
  setMenu({ openArchive: () => void chooseArchive(), lockArchive: () => void lockArchive() }, devTools);
  show();
  host.start().catch((error: unknown) => {
    pushToAll('host', { state: 'stopped', message: toFailure(error).message });
  });
}

function show(): void {
  const opened = openWindow({ distPath, devTools });
  window = opened;
  opened.once('closed', () => {
    window = null;
  });
  opened.webContents.on('render-process-gone', (_event, details) => {
    // The archive is in the host: a new page finds everything as it was.
    if (details.reason !== 'clean-exit' && !opened.isDestroyed()) opened.webContents.reload();
  });
}

/** Remembers an archive to open and says so to the window, which asks for its passphrase. */
function offer(path: string | null): void {
  if (path !== null) {
    archivePath = path;
    pushToAll('changed', { what: 'archive' });
  }
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

async function chooseArchive(): Promise<void> {
  if (window === null) return;
  const { paths } = await askForOpen('archive', window);
  const [path] = paths ?? [];
  if (path === undefined) return;
  await host.call('archive.lock', {});
  offer(path);
}

async function lockArchive(): Promise<void> {
  await host.call('archive.lock', {});
  pushToAll('changed', { what: 'archive' });
}

function closeHostBeforeQuitting(): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void host.stop(closingTime).finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function fail(error: unknown): void {
  process.stderr.write(
    `Holdfast could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  app.exit(1);
}

main();
