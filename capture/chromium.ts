/**
 * The user's own Chrome or Chromium as a recorder's browser: found on this machine, started for one capture with a
 * profile that goes with it.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { RecordingBegin } from '../contract/model/recording.ts';
import type { CdpSession } from './cdp-session.ts';
import { attachToPage } from './pipe-session.ts';
import { startPiped } from './piped-browser.ts';

const profilePrefix = 'holdfast-browser-';
const ownerFile = 'holdfast-owner';
/** Milliseconds in which whoever makes a profile has written its name into it. */
const newFolder = 60_000;

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
  const start = {
    ...{ path, profile },
    switches: [...unseenSwitches, ...(options.extra ?? [])],
    environment: { ...browserEnvironment(profile), ...options.environment },
  };
  try {
    const { prepared: session, ...browser } = await startPiped(start, attachToPage);
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
