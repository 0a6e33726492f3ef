/** A real Electron for tests, driven by Playwright; on a display of its own where there is none. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What the scripts, which are plain JavaScript, export. */
interface RuntimeScript {
  resolveElectron(): { path: string; version: string; kind: string };
  sandboxArguments(electronPath: string): string[];
}
interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

export interface LaunchOptions {
  /** The folder whose package.json names the app; the project itself where none is given (needs `npm run build`). */
  appFolder?: string;
  /** Arguments for the app, such as an archive's path. */
  args?: readonly string[];
  env?: Record<string, string>;
  /** Where strace is to write down the network calls of the app and all its processes. */
  networkLog?: string;
}

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
  /** Empty home of this run: HOME, the profile and the temporary folder lie below it. */
  home: string;
  version: string;
  /** Starts the same app in the same home beside this one, as a second click would; its exit code. */
  startAgain(...args: string[]): Promise<number | null>;
  /** Quits as a person would and removes `home`. */
  close(): Promise<void>;
}

/** Starts the app in a home of its own and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const runtime: RuntimeScript = await importScript('electron-runtime.mjs');
  const display: DisplayScript = await importScript('display.mjs');
  const { path, version } = runtime.resolveElectron();
  const { environment, stop } = await display.ensureDisplay();
  const home = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const args = [
    ...runtime.sandboxArguments(path),
    '--ozone-platform=x11',
    options.appFolder ?? projectRoot,
    `--user-data-dir=${join(home, 'profile')}`,
  ];
  const env = { ...inherited(), ...environment, HOME: home, TMPDIR: temporary, ...options.env };
  const app = await electron.launch({
    executablePath: options.networkLog === undefined ? path : tracing(home, path, options.networkLog),
    args: [...args, ...(options.args ?? [])],
    env,
    cwd: home,
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return {
    app,
    page,
    home,
    version,
    startAgain: (...more) => run(path, [...args, ...more], { env, cwd: home }),
    close: async () => {
      try {
        await app.close();
      } finally {
        stop();
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

/** A program that starts another one under strace: Playwright takes one executable, and no arguments before its own. */
function tracing(folder: string, path: string, log: string): string {
  const wrapper = join(folder, 'traced');
  writeFileSync(wrapper, `#!/bin/sh\nexec strace -f -qq -yy -e trace=network -o '${log}' '${path}' "$@"\n`, {
    mode: 0o755,
  });
  return wrapper;
}

function run(path: string, args: string[], options: { env: Record<string, string>; cwd: string }) {
  return new Promise<number | null>((resolve, reject) => {
    const child = spawn(path, args, { ...options, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
}

async function importScript(name: string) {
  return import(pathToFileURL(join(projectRoot, 'scripts', name)).href);
}

/** Only what a desktop session gives a program: a test must not depend on what else the developer has set. */
function inherited(): Record<string, string> {
  const names = [
    'PATH',
    'LANG',
    'LC_ALL',
    'TZ',
    'DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'LD_LIBRARY_PATH',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
