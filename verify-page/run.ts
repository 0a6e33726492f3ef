/**
 * Starts a check in a worker made from this page's own script, so that the page stays usable; where the browser allows
 * no such worker, in the page itself, which then works between two pieces of the file.
 */
import { HoldfastError } from '../contract/errors.ts';
import type { Verification } from '../contract/model/bundle.ts';
import { check, type Question } from './check.ts';
import type { Said } from './worker.ts';

export type Report = (done: number, total: number) => void;

/** Rejects with `HoldfastError`: `cancelled`, `file-unreadable`, `internal`. */
export async function run(
  script: string,
  question: Question,
  report: Report,
  signal: AbortSignal,
): Promise<Verification> {
  const worker = await startWorker(script);
  if (worker === null) return inPage(question, report, signal);
  try {
    return await inWorker(worker, question, report, signal);
  } finally {
    worker.terminate();
  }
}

/** Null where there can be none, or it could not check a signature. */
function startWorker(script: string): Promise<Worker | null> {
  let worker: Worker;
  try {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    worker = new Worker(address);
  } catch {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
    worker.onmessage = ({ data }: MessageEvent<Said>) =>
      resolve(data.kind === 'ready' && data.able ? worker : null);
  });
}

function inWorker(
  worker: Worker,
  question: Question,
  report: Report,
  signal: AbortSignal,
): Promise<Verification> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()));
    worker.onerror = () =>
      reject(new HoldfastError('internal', 'The check stopped before its end. Try again.'));
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.kind === 'progress') report(data.done, data.total);
      if (data.kind === 'answer') resolve(data.verification);
      if (data.kind === 'failure') reject(new HoldfastError('internal', data.message));
    };
    worker.postMessage(question);
  });
}

async function inPage(question: Question, report: Report, signal: AbortSignal): Promise<Verification> {
  if (globalThis.crypto.subtle === undefined) {
    throw new HoldfastError(
      'internal',
      'The browser gives this page no access to its cryptography. Save the page, and open the saved file.',
    );
  }
  return check(question, ({ done, total }) => report(done, total ?? done), signal);
}

function cancelled(): HoldfastError {
  return new HoldfastError('cancelled', 'Cancelled; the bundle was not checked completely.');
}
