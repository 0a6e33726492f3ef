/** Memory of the processes that this one started, and of theirs (Linux). */
import { readFileSync } from 'node:fs';
import { treeOf } from '../../support/processes.ts';

/** Bytes; what several of them share is counted once (proportional set size). */
export function memoryOfChildren(): number {
  return treeOf(process.pid)
    .filter(({ pid }) => pid !== process.pid)
    .reduce((sum, { pid }) => sum + sizeOf(pid), 0);
}

/** A process that has ended meanwhile has none. */
function sizeOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
