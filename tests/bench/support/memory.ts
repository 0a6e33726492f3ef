/** Memory of a program and of all that it starts, by what each process is for. */
import type { ChildProcess } from 'node:child_process';
import { memoryOf, type Process, treeOf } from '../../support/processes.ts';

export type Roles = Record<string, number>;

/** In the words of the process's own arguments; the first process is the command. */
function roleOf({ words }: Process, isFirst: boolean): string {
  if (words.some((word) => word.endsWith('host.cjs'))) return 'host';
  const type = words.find((word) => word.startsWith('--type='))?.slice('--type='.length);
  if (type === 'utility') return words.some((word) => word.includes('network')) ? 'network' : 'utility';
  if (type !== undefined) return type;
  if (isFirst) return 'command';
  if (words.includes('--capture-job')) return 'main';
  return words.some((word) => word.startsWith('--user-data-dir=')) ? 'browser' : 'other';
}

export class MemoryWatch {
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  readonly peak: Roles = {};
  /** What all had together at the worst moment. */
  peakOfAll = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#timer = setInterval(() => this.#look(), 30);
  }

  /** Resident bytes by role now. */
  now(): Roles {
    const found: Roles = {};
    for (const [n, one] of treeOf(this.#child.pid ?? 0).entries()) {
      const role = roleOf(one, n === 0);
      found[role] = (found[role] ?? 0) + (memoryOf(one.pid)?.now ?? 0);
    }
    return found;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = this.now();
    this.peakOfAll = Math.max(this.peakOfAll, sum(now));
    for (const [role, bytes] of Object.entries(now)) this.peak[role] = Math.max(this.peak[role] ?? 0, bytes);
  }
}

export function sum(roles: Roles): number {
  return Object.values(roles).reduce((total, bytes) => total + bytes, 0);
}
