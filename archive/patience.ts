/** Waiting for the other side of a byte stream, which may never do its part, without outliving a signal. */

/** `promise`, or the signal's reason as soon as it is aborted. */
export function orStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** What `bytes` gives, until the signal is aborted: then its reason is thrown, also in the middle of a wait. */
export async function* untilStopped(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  for (;;) {
    const next = await orStopped(iterator.next(), signal);
    if (next.done === true) return;
    yield next.value;
  }
}
