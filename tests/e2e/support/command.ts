/** The holdfast command, as a user has it, with what it printed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../support/electron.ts';

/** `--json` is added; what it says on standard error is dropped. */
export async function runCommand(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<{ status: number | null; printed: unknown }> {
  const child = spawn(process.execPath, [join(projectRoot, 'cli', 'holdfast.mjs'), ...args, '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [printed, status] = await Promise.all([text(child.stdout), ended]);
  return { status, printed: JSON.parse(printed) };
}
