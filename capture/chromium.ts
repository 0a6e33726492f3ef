/**
 * The user's own Chrome or Chromium as a recorder's browser: found on this machine, started for one capture with a
 * profile that goes with it, spoken to over a pipe, so that no port is open.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import type { RecordingBegin } from '../contract/model/recording.ts';
import type { CdpSession } from './cdp-session.ts';
import { attachToPage, PipeConnection } from './pipe-session.ts';

const profilePrefix = 'holdfast-browser-';
const ownerFile = 'holdfast-owner';
/** Milliseconds that a browser gets for closing its files before it is killed. */
const patience = 5000;
/** Milliseconds within which it must be there. */
const startLimit = 30_000;
/** Milliseconds in which whoever makes a profile has written its name into it. */
const newFolder = 60_000;

/** Nothing that the browser would ask the network for by itself, and nothing that it would ask the person. */
export const quietSwitches = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-infobars',
  '--disable-notifications',
  '--disable-prompt-on-repost',
  '--disable-search-engine-choice-screen',
  '--disable-speech-api',
  '--disable-sync',
  '--disable-variations-seed-fetch',
  '--deny-permission-prompts',
  '--metrics-recording-only',
  '--safebrowsing-disable-auto-update',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Three services that no other switch stops: sign-in state, component updates, and the check-in without which
  // push messages are not asked for. Port 1 is on the browser's own list of ports that it never opens.
  '--gaia-url=http://127.0.0.1:1',
  '--component-updater=url-source=http://127.0.0.1:1/',
  '--gcm-checkin-url=http://127.0.0.1:1/',
  `--disable-features=${[
    // Whether the address bar may offer the search engine's AI mode: a request to it at the start.
    'AimEnabled',
    'AutofillServerCommunication',
    'CertificateTransparencyComponentUpdater',
    'DialMediaRouteProvider',
    'HttpsUpgrades',
    'InterestFeedContentSuggestions',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationGuideModelDownloading',
    'OptimizationHints',
    'OptimizationTargetPrediction',
    // A connection to the search engine, in case the person searches.
    'PreconnectToSearch',
    'PrivacySandboxSettings4',
    'Translate',
  ].join(',')}`,
];

/** Of a browser that nobody sees, with a profile that is thrown away. */
const unseenSwitches = [
  '--headless=new',
  // Cookies, storage and cache stay in memory.
  '--incognito',
  '--block-new-web-contents',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1280,1024',
];

/** In the order in which they are looked for. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const usualPaths: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((root) =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'].map((path) =>
      join(process.env[root] ?? 'C:\\', path),
    ),
  ),
};

/**
 * The browser to use: the one that HOLDFAST_CHROMIUM names, else the first that is installed.
 * @throws HoldfastError 'file-not-found' when there is none.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.HOLDFAST_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new HoldfastError(
      'file-not-found',
      `HOLDFAST_CHROMIUM names ${named}, but there is no such file: name the program of a Chrome or Chromium, or unset it.`,
    );
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(usualPaths[process.platform] ?? []),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new HoldfastError(
    'file-not-found',
    'Expected a Chrome or Chromium on this machine, found none: install one, or name its program in HOLDFAST_CHROMIUM.',
  );
}

export interface RunningChromium {
  session: CdpSession;
  engine: RecordingBegin['engine'];
  pid: number;
  /** Ends the browser and removes its profile. Never rejects. */
  close(): Promise<void>;
}

const versionSchema = z.object({ product: z.string(), userAgent: z.string() });

/**
 * Starts a browser without a window and attaches to its one page. The profile lies in a folder of its own in
 * `folder` and is removed by `close`; what earlier runs left there because they were killed is removed first.
 * `extra`: switches besides; `environment`: variables besides.
 * @throws HoldfastError 'io-failed' when the browser does not start.
 */
export async function startChromium(
  path: string,
  options: { folder?: string; extra?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<RunningChromium> {
  const folder = options.folder ?? tmpdir();
  removeDeadProfiles(folder);
  const profile = mkdtempSync(join(folder, profilePrefix));
  writeFileSync(join(profile, ownerFile), String(process.pid));
  const child = spawn(
    path,
    [
      ...quietSwitches,
      ...unseenSwitches,
      ...onLinux(),
      ...(options.extra ?? []),
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...browserEnvironment(profile), ...options.environment },
    },
  );
  try {
    const { prepared: session, ...browser } = await connectBrowser(child, path, attachToPage);
    const close = async (): Promise<void> => {
      await browser.close();
      removeFolder(profile);
    };
    return { session, ...browser, close };
  } catch (error) {
    removeFolder(profile);
    throw error;
  }
}

export interface ConnectedBrowser<T> {
  connection: PipeConnection;
  prepared: T;
  engine: RecordingBegin['engine'];
  pid: number;
  /** Ends the browser. Never rejects. */
  close(): Promise<void>;
}

/**
 * A browser that was started with a pipe, once it answers and `prepare` is done with it.
 * @throws HoldfastError 'io-failed' when that does not happen; the browser has ended then.
 */
export async function connectBrowser<T>(
  child: ChildProcess,
  path: string,
  prepare: (connection: PipeConnection) => Promise<T>,
): Promise<ConnectedBrowser<T>> {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = (): Promise<void> => endBrowser(child, ended);
  try {
    const connection = connect(child);
    void ended.then(() => connection.end('the browser ended'));
    const silent = setTimeout(() => connection.end('it did not answer'), startLimit);
    const version = versionSchema.parse(await connection.send('Browser.getVersion'));
    await connection.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    const prepared = await prepare(connection);
    clearTimeout(silent);
    const engine = {
      name: 'chromium' as const,
      version: version.product.replace(/^(Headless)?Chrome\//, 'Chromium '),
      userAgent: version.userAgent,
    };
    return { connection, prepared, engine, pid: child.pid ?? 0, close };
  } catch (error) {
    await close();
    throw new HoldfastError(
      'io-failed',
      `Expected ${path} to start as a browser that can be recorded, but it did not: see that it is a current Chrome or Chromium.`,
      { cause: error },
    );
  }
}

function connect(child: ChildProcess): PipeConnection {
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) {
    throw new Error('the pipes of the browser are missing');
  }
  return new PipeConnection(fromBrowser, toBrowser);
}

/**
 * In Chromium 156 a page that printed itself counts as being printed for ever, in a preview that nobody sees, and no
 * PDF of it can be taken. Elsewhere the dialog of the system could come up instead, so the PDF is left out there.
 */
export function onLinux(): string[] {
  if (process.platform !== 'linux') return [];
  // As root there is no sandbox that Chromium would start in.
  return ['--disable-print-preview', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}

/** Caches and settings that Chromium keeps beside its profile go into it. */
function browserEnvironment(profile: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: profile,
    XDG_CONFIG_HOME: profile,
    XDG_CACHE_HOME: profile,
    // Sockets of what the browser would talk to on the desktop are none of a capture's business.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

async function endBrowser(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}

/** A profile whose owner is no longer there was left by a kill. */
function removeDeadProfiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(profilePrefix)) continue;
    const profile = join(folder, name);
    if (!isOwned(profile)) removeFolder(profile);
  }
}

function isOwned(profile: string): boolean {
  try {
    const file = join(profile, ownerFile);
    // Somebody else may be making it at this moment.
    if (!existsSync(file)) return Date.now() - statSync(profile).mtimeMs < newFolder;
    return isRunning(Number(readFileSync(file, 'utf8')));
  } catch {
    // It belongs to another user, or it is gone already.
    return true;
  }
}

/** Whether there is a process of this number, of any user. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Helpers of the browser can still be writing for a moment. */
function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // The next start tries again.
  }
}
