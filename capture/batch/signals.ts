/** Signals put together; `AbortSignal.any` is not there in the oldest engine that this runs in. */

/** Aborts with the first of them that does, for its reason. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const abort = new AbortController();
  for (const signal of signals) {
    const pass = (): void => abort.abort(signal.reason);
    if (signal.aborted) pass();
    else signal.addEventListener('abort', pass, { once: true, signal: abort.signal });
  }
  return abort.signal;
}

/** Runs `act` with a signal that also aborts, as a timeout, after so many milliseconds. */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const end = (): void => limit.abort(new DOMException('The time for it was over.', 'TimeoutError'));
  const timer = setTimeout(end, milliseconds);
  try {
    return await act(anySignal(signal, limit.signal));
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a signal aborted because of `within`, or of `AbortSignal.timeout`: nobody stopped it. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}
