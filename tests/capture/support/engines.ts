/** The two browsers that the recorder is tested in. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, startChromium } from '../../../capture/chromium.ts';
import { bundle } from '../../support/bundle.ts';
import { projectRoot } from '../../support/electron.ts';
import type { Answer, Order } from './electron-app.ts';
import { type Recorded, type RunOptions, run } from './run.ts';

export interface TestEngine {
  record(url: string, options?: RunOptions): Promise<Recorded>;
  close(): Promise<void>;
}

/** A Chromium started anew for each recording, as the command line does. `extra`: switches. */
export async function chromium(...extra: string[]): Promise<TestEngine> {
  const path = findChromium();
  return {
    record: async (url, options = {}) => {
      const running = await startChromium(path, { extra });
      try {
        return await run({ ...running, kill: () => process.kill(running.pid, 'SIGKILL') }, url, options);
      } finally {
        await running.close();
      }
    },
    close: () => Promise.resolve(),
  };
}

interface RuntimeScript {
  resolveElectron(): { path: string };
  sandboxArguments(electronPath: string): string[];
}
interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

/** One Electron for all recordings, each in a window of its own. `extra`: switches. */
export async function electron(...extra: string[]): Promise<TestEngine> {
  const runtime: RuntimeScript = await script('electron-runtime.mjs');
  const display: DisplayScript = await script('display.mjs');
  const { path } = runtime.resolveElectron();
  const { environment, stop } = await display.ensureDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-recorder-'));
  await buildApp(folder);
  const child = spawn(
    path,
    [
      ...runtime.sandboxArguments(path),
      ...['--ozone-platform=x11', '--disable-gpu', ...extra, join(folder, 'app')],
      `--user-data-dir=${join(folder, 'profile')}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...environment, HOME: folder },
    },
  );
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = (id: number): Promise<Answer> =>
    Promise.race([
      new Promise<Answer>((resolve) => waiting.set(id, resolve)),
      ended.then(() => Promise.reject(new Error('Electron ended'))),
    ]);
  await answer(0);
  return {
    record: async (url, options = {}) => {
      const id = nextId++;
      const answered = answer(id);
      const order: Order = { id, url, options };
      child.send(order);
      const { recorded, error } = await answered;
      if (recorded === undefined) throw new Error(error);
      return recorded;
    },
    close: async () => {
      child.disconnect();
      await ended;
      stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function buildApp(folder: string): Promise<void> {
  mkdirSync(join(folder, 'app'));
  writeFileSync(
    join(folder, 'app', 'package.json'),
    JSON.stringify({ name: 'recorder', version: '0.0.1', main: 'main.cjs' }),
  );
  await bundle('tests/capture/support/electron-app.ts', join(folder, 'app', 'main.cjs'));
}

async function script(name: string) {
  return import(pathToFileURL(join(projectRoot, 'scripts', name)).href);
}
