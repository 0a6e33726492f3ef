/** The holdfast command of an installed app: the program of the command line, run by the app without a window. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { canRunHost } from './host-launcher.ts';
import { findFitNode } from './host-under-node.ts';

export interface CommandProgram {
  /** The bundled program, a file outside any asar. */
  programPath: string;
  nodeRoots: readonly string[];
}

const programSchema = z.object({ finished: z.instanceof(Promise) });

/**
 * Runs one command to its end; its exit code. It has this process's terminal and environment, which may hold a
 * passphrase. HOLDFAST_APP tells it which app to start where only Chromium can do the work.
 * @throws HoldfastError 'unfit-node' where Electron is too old for the program and no Node lies beside the app.
 */
export async function runCommand(program: CommandProgram, args: readonly string[]): Promise<number> {
  process.env.HOLDFAST_APP = process.execPath;
  if (canRunHost(process.versions)) return runHere(program.programPath, args);
  return runUnderNode(program, args);
}

/** In this process: it is the one that has a standard input. Exported for a test with a program that any Electron can run. */
export async function runHere(programPath: string, args: readonly string[]): Promise<number> {
  process.argv = [process.execPath, programPath, ...args];
  // Electron goes on for ever, so the program says itself when it is done.
  const { finished } = programSchema.parse(createRequire(programPath)(programPath));
  await finished;
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  return Number(process.exitCode ?? 0);
}

async function runUnderNode(
  { programPath, nodeRoots }: CommandProgram,
  args: readonly string[],
): Promise<number> {
  const { path } = await findFitNode(nodeRoots);
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_|ELECTRON_)/i.test(name)),
  );
  const child = spawn(path, [programPath, ...args], { env, stdio: 'inherit', windowsHide: true });
  // A terminal sends Ctrl-C to the child as well, which then decides when it ends; a kill reaches this process alone.
  const ignore = (): void => undefined;
  const pass = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
