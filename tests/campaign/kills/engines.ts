/** Starting a capture in each engine, and finding the processes that work on it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../../../capture/chromium.ts';
import type { CaptureJob } from '../../../contract/capture-job.ts';
import { usualLimits } from '../../../contract/model/autopilot.ts';
import { projectRoot } from '../../support/electron.ts';
import type { Process } from '../../support/processes.ts';
import { logVariable } from '../support/acknowledged.ts';
import { buildTracedApp, buildTracedCommand } from '../support/traced-programs.ts';

export const passphrase = 'four words that nobody guesses';

export interface Order {
  archive: string;
  url: string;
  /** HOME, the profile and the temporary folder lie in it; empty. */
  home: string;
  /** Where what was acknowledged is written down. */
  log: string;
  /** Name of the persona under which the autopilot goes through the page; null: neither. */
  persona: string | null;
}

export interface KillEngine {
  name: string;
  /** Whom a kill can hit; each finds its processes among those of the run. */
  victims: Record<string, (tree: readonly Process[]) => Process[]>;
  start(order: Order): ChildProcess;
  close(): void;
}

interface RuntimeScript {
  resolveElectron(): { path: string };
  sandboxArguments(electronPath: string): string[];
}
interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

async function script(name: string) {
  return import(pathToFileURL(join(projectRoot, 'scripts', name)).href);
}

function environmentIn({ home, log }: Order): NodeJS.ProcessEnv {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  return { ...process.env, HOME: home, TMPDIR: temporary, [logVariable]: log };
}

const renderers = (tree: readonly Process[]): Process[] =>
  tree.filter(({ words }) => words.includes('--type=renderer'));
const everyone = (tree: readonly Process[]): Process[] => [...tree];

/** The app without a window, which the command line starts for a capture; real Electron, real archive host. */
export async function electronApp(folder: string): Promise<KillEngine> {
  const runtime: RuntimeScript = await script('electron-runtime.mjs');
  const display: DisplayScript = await script('display.mjs');
  const { path } = runtime.resolveElectron();
  const { environment, stop } = await display.ensureDisplay();
  const app = join(folder, 'app');
  await buildTracedApp(app);
  return {
    name: 'electron',
    victims: {
      host: (tree) => tree.filter(({ words }) => words.some((word) => word.endsWith('host.cjs'))),
      main: (tree) => tree.slice(0, 1),
      renderer: renderers,
      all: everyone,
    },
    start: (order) => {
      const child = spawn(
        path,
        [
          ...runtime.sandboxArguments(path),
          '--ozone-platform=x11',
          app,
          `--user-data-dir=${join(order.home, 'profile')}`,
          '--capture-job',
        ],
        {
          cwd: order.home,
          env: { ...environmentIn(order), ...environment },
          stdio: ['pipe', 'ignore', 'ignore'],
        },
      );
      const job: CaptureJob = {
        archivePath: order.archive,
        passphrase,
        actorName: 'Tess Ter',
        urls: [order.url],
        ...(order.persona !== null && {
          circumstances: { persona: order.persona },
          autopilot: usualLimits,
        }),
      };
      child.stdin?.on('error', () => undefined).end(JSON.stringify(job));
      return child;
    },
    close: stop,
  };
}

/** `holdfast capture --engine chromium`: the command line holds the archive, a Chromium of this machine the page. */
export async function chromiumCommand(folder: string): Promise<KillEngine> {
  findChromium();
  const program = await buildTracedCommand(join(folder, 'command'));
  const isBrowser = ({ words }: Process): boolean =>
    words.some((word) => word.startsWith('--user-data-dir='));
  const typed = ({ words }: Process): boolean => words.some((word) => word.startsWith('--type='));
  return {
    name: 'chromium',
    victims: {
      host: (tree) => tree.slice(0, 1),
      browser: (tree) => tree.filter((one) => isBrowser(one) && !typed(one)),
      renderer: renderers,
      all: everyone,
    },
    start: (order) =>
      spawn(
        process.execPath,
        [
          ...[program, 'capture', order.archive, order.url, '--engine', 'chromium'],
          ...(order.persona === null ? [] : ['--persona', order.persona, '--autopilot']),
        ],
        {
          cwd: order.home,
          env: { ...environmentIn(order), HOLDFAST_PASSPHRASE: passphrase },
          stdio: ['ignore', 'ignore', 'ignore'],
        },
      ),
    close: () => undefined,
  };
}
