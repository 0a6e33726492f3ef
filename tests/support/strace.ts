/** The holdfast command with one of its system calls broken, or killed at it, by the system itself. */
import { spawnSync } from 'node:child_process';
import { program } from './cli.ts';

export interface BrokenCall {
  /** The files that the call must be about. */
  paths: readonly string[];
  syscall: string;
  /** `error=ENOSPC`, or `signal=SIGKILL`: then the call itself is not carried out. */
  how: string;
  /** Which of these calls of a thread; `2+`: from the second on. */
  when?: string;
}

/** `hit`: whether the call came at all; a fault that never strikes shows nothing. */
export function runBroken(
  { paths, syscall, how, when = '1' }: BrokenCall,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): { code: string | null; killed: boolean; hit: boolean } {
  const { status, signal, stderr } = spawnSync(
    'strace',
    [
      ...['-f', '-qq', '-e', `trace=${syscall}`, '-e', `inject=${syscall}:${how}:when=${when}`],
      ...paths.flatMap((path) => ['-P', path]),
      ...[process.execPath, program, ...args],
    ],
    { env: environment, encoding: 'utf8' },
  );
  const killed = signal === 'SIGKILL' || status === 137;
  return {
    code: /^holdfast: .*\[([a-z-]+)\]$/m.exec(stderr)?.[1] ?? null,
    killed,
    hit: killed || stderr.includes('(INJECTED)'),
  };
}
