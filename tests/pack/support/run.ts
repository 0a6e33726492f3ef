/** Runs a command to its end without blocking this process. */
import { spawn } from 'node:child_process';
import type { Outcome } from '../../support/no-network.ts';
import type { Desk } from './packs.ts';

export interface RunOptions {
  input?: string | undefined;
  /** File descriptors 3 and 4 as pipes, for Chromium's debugging pipe. */
  debuggingPipe?: boolean | undefined;
}

export function run(
  desk: Desk,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const more = options.debuggingPipe === true ? (['pipe', 'pipe'] as const) : [];
    const child = spawn(command, args, {
      cwd: desk.home,
      env: desk.env,
      stdio: ['pipe', 'pipe', 'pipe', ...more],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // A program that ends without reading what it is sent has not failed by that.
    child.stdin?.on('error', () => undefined).end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
