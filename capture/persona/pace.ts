/** Waiting for the time at which a page may be asked for under a persona: the archive says when, nobody is faster. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Turn } from '../../contract/model/persona.ts';

/** Hears until when it is waited; null: no longer. */
export type OnWaiting = (until: string | null) => void;

/**
 * Resolves when the page may be asked for. `take` books the time, in the archive. Errors: those of `take`; `cancelled`
 * where `signal` aborts first.
 */
export async function waitForTurn(
  take: () => Promise<Turn>,
  signal: AbortSignal,
  onWaiting: OnWaiting,
): Promise<void> {
  const { at, milliseconds } = await take();
  if (milliseconds <= 0) return;
  onWaiting(at);
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(new HoldfastError('cancelled', `Stopped while waiting until ${at}: nothing was asked for.`));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  } finally {
    onWaiting(null);
  }
}
