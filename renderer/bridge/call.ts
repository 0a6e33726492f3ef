import type { Failure, Result } from '../../contract/errors.ts';

/** A failed call, as react-query carries it. */
export class CallFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CallFailure';
    this.failure = failure;
  }
}

/** Turns an answered `Result` into its value. Throws `CallFailure`. */
export async function unwrap<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new CallFailure(result.error);
  return result.value;
}

/** What to show for anything that react-query hands out as an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailure) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something went wrong in the window: ${message}`, details: {} };
}

let lastCallId = 0;

/** A number that no other call of this window carries. */
export function nextCallId(): number {
  lastCallId += 1;
  return lastCallId;
}

/** A call that is cancelled in the host when nobody waits for its answer any more. */
export function cancellable<T>(
  signal: AbortSignal,
  call: (callId: number) => Promise<Result<T>>,
): Promise<T> {
  const callId = nextCallId();
  const stop = () => window.holdfast.cancel(callId);
  signal.addEventListener('abort', stop, { once: true });
  return unwrap(call(callId)).finally(() => signal.removeEventListener('abort', stop));
}
