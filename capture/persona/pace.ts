/** Waiting for the time at which a page may be asked for under a persona: the archive says when, nobody is faster. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Turn } from '../../contract/model/persona.ts';

/** The archive, in this process or behind its host. */
export interface PaceDesk {
  /** Books when a page may be asked for under a persona. */
  takeTurn(persona: string): Promise<Turn>;
}

/** Hears until when it is waited; null: no longer. */
export type OnWaiting = (until: string | null) => void;

/**
 * Resolves when the page may be asked for under this persona; null: at once. Errors: those of the desk; `cancelled` where
 * `signal` aborts first.
 */
export async function waitForTurn(
  desk: PaceDesk,
  persona: string | null,
  signal: AbortSignal,
  onWaiting: OnWaiting,
): Promise<void> {
  if (persona === null) return;
  const { at, milliseconds } = await desk.takeTurn(persona);
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
