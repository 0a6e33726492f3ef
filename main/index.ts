/** The Electron shell: puts together what the other files of this folder do. */
import { dirname, join } from 'node:path';
import { app, type BrowserWindow, safeStorage, session } from 'electron';
import type { TrailPage } from '../capture/persona/trail.ts';
import { toFailure } from '../contract/errors.ts';
import type { Door } from '../contract/model/trail.ts';
import { serveArtifacts } from './artifact-protocol.ts';
import { askHost } from './ask-host.ts';
import { type AutoLock, startAutoLock } from './auto-lock.ts';
import { UnseenWork } from './batch/unseen-work.ts';
import { runCaptureJob } from './capture-job.ts';
import { CaptureView } from './capture-view/capture-view.ts';
import { hostSink } from './capture-view/host-sink.ts';
import type { ViewOrder } from './capture-view/keys.ts';
import { recordInto } from './capture-view/record.ts';
import { activePersona, keep, keepsTrail, noteVisit, tellNotKept, wear } from './capture-view/worn.ts';
import { runCommand } from './command-line.ts';
import { unlockRefusal } from './debugger-switches.ts';
import { askForOpen } from './dialogs.ts';
import { HostClient } from './host-client.ts';
import { launchHost } from './host-launcher.ts';
import { serveWindowCalls } from './ipc.ts';
import { Keychain } from './keychain/keychain.ts';
import { lockDownDefaultSession, lockDownEverything } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { readPackMark } from './pack-mark.ts';
import { printWhenAsked } from './print-report.ts';
import { pushToAll } from './push.ts';
import { serveReplay } from './replay/replay-protocol.ts';
import { runMode } from './run-mode.ts';
import { registerSchemes } from './schemes.ts';
import { SecondDoor } from './second-door/second-door.ts';
import { shellHandlers } from './shell.ts';
import { rendered, smokeTest } from './smoke-test.ts';
import { chromiumSwitches, parseArguments } from './switches.ts';
import { openWindow, windowSession } from './window.ts';
import { serveWindow } from './window-protocol.ts';
import { runAndExit } from './without-window.ts';

/** Milliseconds that a host gets for closing the archive; after that a kill loses nothing acknowledged either. */
const closingTime = 10_000;

const mode = runMode(process.argv);
const options = parseArguments(process.argv, process.cwd());
const mark = readPackMark(app.getAppPath(), app.isPackaged);
const unlockRefused = unlockRefusal(mark);
const devTools = !app.isPackaged && process.env.HOLDFAST_DEVTOOLS === '1';
// dist/main/index.cjs: everything that is built lies beside this file's folder.
const distPath = dirname(import.meta.dirname);

// A Node of our own reads no asar; what it runs is unpacked beside it.
const unpackedDist = app.isPackaged ? join(`${app.getAppPath()}.unpacked`, 'dist') : distPath;
const nodeRoots = [dirname(distPath), process.resourcesPath];

const host = new HostClient(
  () => launchHost({ hostPath: join(unpackedDist, 'host', 'host.cjs'), nodeRoots }),
  (state) => pushToAll('host', state),
);
const view = new CaptureView({
  record: recordInto(host),
  wear: (persona) => wear(host, persona, session.defaultSession.getUserAgent()),
  purge: (order) => askHost(host, 'recording.purge', order),
  onPurged: (purged) => {
    pushToAll('viewPurged', purged);
    pushToAll('changed', { what: 'posts' });
  },
  keep: (capture) => keep(host, capture, true),
  keepsTrail: () => keepsTrail(host),
  visited: (persona, page) => visited(persona, page, 'view'),
  onState: (state) => pushToAll('view', state),
  onOrder: orderView,
});
const door = new SecondDoor({
  persona: (id) => activePersona(host, id),
  keepsTrail: () => keepsTrail(host),
  isLookOnly: () => view.state.lookOnly,
  visited: (persona, page) => visited(persona, page, 'own-browser'),
  sink: (onProgress) => hostSink(host, onProgress),
  onState: (state) => pushToAll('door', state),
});
const unseen = new UnseenWork({
  host,
  record: recordInto(host),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds / (app.isPackaged ? 1 : options.clockRate));
    return () => clearTimeout(timer);
  },
  during: (work) => autoLock?.lock.during(work) ?? work,
});
let archivePath = options.archivePath;
let window: BrowserWindow | null = null;
let autoLock: AutoLock | null = null;

function main(): void {
  app.setName('Holdfast');
  const profile = options.profilePath ?? join(app.getPath('appData'), 'Holdfast');
  const profilePath = join(profile, 'without-window');
  if (mode.kind === 'command') {
    const { args } = mode;
    const program = { programPath: join(unpackedDist, 'cli', 'holdfast.cjs'), nodeRoots };
    runAndExit({ profilePath, unlockRefused, work: () => runCommand(program, args) });
    return;
  }
  if (mode.kind === 'smoke-test') {
    runAndExit({ profilePath, unlockRefused, work: smoke });
  } else if (mode.kind === 'capture-job') {
    runAndExit({ profilePath, unlockRefused, work: captureJob });
  } else {
    app.setPath('userData', profile);
    app.setPath('sessionData', profile);
    if (!app.requestSingleInstanceLock()) {
      app.exit(0);
      return;
    }
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
  app.on('window-all-closed', () => {
    // A job's pages come and go; it ends when it is done.
    if (mode.kind !== 'capture-job') app.quit();
  });
  closeHostBeforeQuitting();
  if (mode.kind === 'window') app.whenReady().then(start, fail);
}

/** Everything as for the window, which opens, is looked at, and goes. */
async function smoke(): Promise<number> {
  serve();
  const loadWindow = () => rendered(openWindow({ distPath, devTools: false, notForUsers: mark.notForUsers }));
  const { electron = null, node, chrome = null } = process.versions;
  const facts = {
    version: app.getVersion(),
    kind: mark.kind,
    notForUsers: mark.notForUsers,
    electron,
    chrome,
    node,
  };
  const code = await smokeTest({ host, loadWindow, facts });
  await host.stop(closingTime);
  return code;
}

/** Records for the command line; no window is shown. */
async function captureJob(): Promise<number> {
  lockDownDefaultSession(devTools);
  const code = await runCaptureJob(host, recordInto(host));
  await host.stop(closingTime);
  return code;
}

/** Answers the window from now on. */
function serve(): void {
  lockDownDefaultSession(devTools);
  const rate = app.isPackaged ? 1 : options.clockRate;
  const locking = startAutoLock(join(app.getPath('userData'), 'settings.json'), rate, lockArchive);
  autoLock = locking;
  const ownSession = windowSession();
  const keychain = new Keychain(
    safeStorage,
    join(app.getPath('userData'), 'keychain.json'),
    process.platform,
  );
  serveWindow(ownSession, join(distPath, 'renderer'));
  serveArtifacts(ownSession, host);
  serveReplay(ownSession, host);
  serveWindowCalls({
    host,
    shell: shellHandlers(
      host,
      view,
      keychain,
      () => archivePath,
      locking.handlers,
      unseen.handlers,
      door,
      mark.notForUsers,
    ),
    unlockRefused,
    keychain,
    onLocking: async () => {
      await Promise.all([unseen.closed(), door.close()]);
      await closeView();
    },
    onPersonaEnds: async (personaId) => {
      await unseen.personaEnds(personaId);
      if (door.wears(personaId)) await door.close();
      if (view.wears(personaId)) await closeView();
    },
    onOpened: () => {
      locking.lock.opened();
      unseen.opened();
    },
    onCompiling: () => void printWhenAsked(host),
    onLocked: () => locking.lock.closed(),
    onWork: (work) => locking.lock.during(work),
  });
}

function start(): void {
  serve();
  setMenu(
    {
      openArchive: () => void chooseArchive(),
      lockArchive: () => void lockArchive(),
      viewOrder: orderView,
    },
    devTools,
  );
  show();
  host.start().catch((error: unknown) => {
    pushToAll('host', { state: 'stopped', message: toFailure(error).message });
  });
}

function show(): void {
  const opened = openWindow({ distPath, devTools, notForUsers: mark.notForUsers });
  window = opened;
  opened.once('closed', () => {
    window = null;
    // Pages that nobody sees would keep the app alive.
    void unseen.closed();
    void door.close();
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

/** Never rejects: that a visit is not noted stops nobody. */
function visited(persona: string, page: TrailPage | null, by: Door): void {
  noteVisit(host, persona, page, by).then(
    () => pushToAll('changed', { what: 'trail' }),
    (error: unknown) =>
      process.stderr.write(`holdfast: a visit was not noted: ${toFailure(error).message}\n`),
  );
}

/** What a key or the menu orders of the capture view: main carries it out, or the window does. */
function orderView(order: ViewOrder): void {
  if (order === 'address' || order === 'capture') {
    if (order === 'address') window?.webContents.focus();
    pushToAll('viewOrder', { order });
  } else {
    view.order(order);
  }
}

async function chooseArchive(): Promise<void> {
  if (window === null) return;
  const { paths } = await askForOpen('archive', window);
  const [path] = paths ?? [];
  if (path === undefined) return;
  await lock();
  offer(path);
}

async function lockArchive(): Promise<void> {
  await lock();
  pushToAll('changed', { what: 'archive' });
}

/** What a page of the capture view shows belongs to the work on this archive, and goes with it. */
async function lock(): Promise<void> {
  await Promise.all([unseen.closed(), door.close()]);
  // Before: what a persona left behind is kept in the archive.
  await closeView();
  await host.call('archive.lock', {});
  autoLock?.lock.closed();
}

/** Never rejects: a session that cannot be kept holds up no lock. */
async function closeView(): Promise<void> {
  await view.close().catch(tellNotKept);
}

function closeHostBeforeQuitting(): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const closing = Promise.all([unseen.closed(), door.close()])
      .then(closeView)
      .then(() => host.stop(closingTime));
    void closing.finally(() => {
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
