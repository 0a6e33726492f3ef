/** A persona that could not be put on, whichever browser was to wear it. */
import { HoldfastError } from '../../contract/errors.ts';

/** `cause`: an error, or the end of the sentence that says why. */
export function notApplied(cause: unknown): HoldfastError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HoldfastError(
    'persona-not-applied',
    `Nothing was asked for, because the persona could not be put on: ${why}. Clear its session, or change it, then try again.`,
    { cause },
  );
}

/** `lost`: origins whose storage the browser did not take back. Throws where there are any. */
export function requireAllPut(lost: readonly string[]): void {
  if (lost.length > 0) throw new Error(`what ${lost[0]} keeps in the browser could not be put back`);
}
