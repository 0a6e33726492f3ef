/** The worker's side: one question, one answer. */
import { toFailure } from '../contract/errors.ts';
import type { Verification } from '../contract/model/bundle.ts';
import { check, type Question } from './check.ts';

/** What the worker says. `ready` comes first; `able`: whether it has the browser's cryptography. */
export type Said =
  | { kind: 'ready'; able: boolean }
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'answer'; verification: Verification }
  | { kind: 'failure'; message: string };

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: { data: Question }) => void) | null;
  postMessage(said: Said): void;
}

/** Milliseconds between two reports: more would only be shown over each other. */
const interval = 100;

export function serve(): void {
  const scope = globalThis as unknown as Scope;
  let last = 0;
  scope.onmessage = ({ data }) => {
    check(data, ({ done, total }) => {
      const now = performance.now();
      if (now - last < interval) return;
      last = now;
      scope.postMessage({ kind: 'progress', done, total: total ?? done });
    }).then(
      (verification) => scope.postMessage({ kind: 'answer', verification }),
      (error: unknown) => scope.postMessage({ kind: 'failure', message: toFailure(error).message }),
    );
  };
  scope.postMessage({ kind: 'ready', able: globalThis.crypto.subtle !== undefined });
}
