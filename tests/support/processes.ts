/** The processes that a program started, by /proc: Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  pid: number;
  parent: number;
  /** Its arguments. */
  words: string[];
}

function readProcess(pid: number): Process | null {
  try {
    // The name in brackets may hold anything, brackets too: what follows the last one is fixed.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    // As long as a thread of it is still on its way out, such as one that waits for the disk, its files are open.
    if (state === 'Z' && readdirSync(`/proc/${pid}/task`).length <= 1) return null;
    return { pid, parent: Number(parent), words: wordsOf(pid) };
  } catch {
    return null;
  }
}

/** A process that Chromium forked names itself in one string, with spaces between the words. */
function wordsOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
}

function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null);
}

/** The process and all that it started, directly or through others. */
export function treeOf(root: number): Process[] {
  const listed = all();
  const found = listed.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...listed.filter(({ parent }) => parent === pid));
  return found;
}

/** Processes that name `word` in one of their arguments: those whose parent is gone, too. */
export function naming(word: string): Process[] {
  return all().filter(({ words }) => words.some((one) => one.includes(word)));
}

/** Those of them that are still there. */
export function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => readProcess(pid) !== null);
}

/** SIGKILL, to each; those that are gone already are no matter. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Resident memory in bytes now and at its highest; null where the process is gone. */
export function memoryOf(pid: number): { now: number; peak: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { now: kilobytes('VmRSS'), peak: kilobytes('VmHWM') };
  } catch {
    return null;
  }
}
