/** The holdfast command as a user runs it: a process of its own, with its own HOME and temporary folder. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildState } from '../../scripts/sources.mjs';
import { passphrase } from './archive.ts';
import { temporaryFolder } from './temporary.ts';

export interface CommandLine {
  /** The folder in which the commands run; HOME and TMPDIR lie in it. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  run(...args: string[]): SpawnSyncReturns<string>;
  /** With `--json`: what was printed, parsed. */
  json(...args: string[]): unknown;
}

const root = join(import.meta.dirname, '..', '..');

/**
 * What users run, where it is built from the sources as they are; otherwise the sources themselves, which take four
 * times as long to start.
 */
export const program =
  buildState(root) === 'current' ? join(root, 'dist', 'cli', 'holdfast.cjs') : join(root, 'cli', 'main.ts');

export function commandLine(
  environment: NodeJS.ProcessEnv = { HOLDFAST_PASSPHRASE: passphrase },
): CommandLine {
  const folder = temporaryFolder();
  const own = {
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    PATH: process.env.PATH,
    ...environment,
  };
  mkdirSync(own.HOME);
  mkdirSync(own.TMPDIR);
  const run = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [program, ...args], { cwd: folder, env: own, encoding: 'utf8' });
  return {
    folder,
    environment: own,
    run,
    json: (...args) => JSON.parse(run(...args, '--json').stdout) as unknown,
  };
}
