/** A holdfast command that is killed at a random moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
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
}

/** Runs it to its end, or until `at` milliseconds are over. How long it ran, and its exit code: null where it was killed. */
export async function runCommand(
  { program, words, folder, log }: Command,
  at: number | null = null,
): Promise<{ milliseconds: number; code: number | null }> {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      TMPDIR: temporary,
      HOLDFAST_PASSPHRASE: passphrase,
      [logVariable]: log,
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  if (at !== null) {
    await Promise.race([ended, after(at, null, { ref: false })]);
    child.kill('SIGKILL');
  }
  const [code] = await ended;
  return { milliseconds: performance.now() - started, code };
}
