/** A holdfast command that is killed at a random moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { logVariable } from './acknowledged.ts';

export const passphrase = 'four words that nobody guesses';
export const person = { name: 'Tess Ter' };

export interface Command {
  /** Of `buildTracedCommand`. */
  program: string;
  words: readonly string[];
  /** HOME and the temporary folder are made in it. */
  folder: string;
  /** Where what was acknowledged is written down. */
  log: string;
  /** Further variables. */
  environment?: NodeJS.ProcessEnv;
  /** What the command says on its standard output is written to this file. */
  said?: string;
}

/** How long it ran, and its exit code: null where it was killed. */
export interface Ran {
  milliseconds: number;
  code: number | null;
}

/** Runs it to its end, or until `at` milliseconds are over; these are counted from when `begun` resolves, if it is given. */
export async function runCommand(
  { program, words, folder, log, environment = {}, said }: Command,
  at: number | null = null,
  begun: Promise<unknown> = Promise.resolve(),
): Promise<Ran> {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const output = said === undefined ? 'ignore' : openSync(said, 'a');
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      TMPDIR: temporary,
      HOLDFAST_PASSPHRASE: passphrase,
      [logVariable]: log,
      ...environment,
    },
    stdio: ['ignore', output, 'ignore'],
  });
  if (output !== 'ignore') closeSync(output);
  const ended = once(child, 'exit');
  if (at !== null) {
    await Promise.race([ended, begun.then(() => after(at, null, { ref: false }))]);
    child.kill('SIGKILL');
  }
  const [code] = await ended;
  return { milliseconds: performance.now() - started, code };
}

/** Resolves when something of that name is made in the folder. `stop` ends the watch. */
export function appearance(folder: string, name: string): { seen: Promise<number>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<number>();
  const watcher = watch(folder, (_event, changed) => {
    if (changed === name) resolve(performance.now());
  });
  return { seen: promise, stop: () => watcher.close() };
}
