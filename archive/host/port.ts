/** What a handler is given, and what stands between the archive host and whoever asks it. */
import type { Progress } from '../../contract/model/common.ts';
import type { FromHost } from '../../contract/wire.ts';

/** What a handler may use while it works on one call. */
export interface CallContext {
  /** Aborted when the caller cancels or the host shuts down; its reason is a `HoldfastError` 'cancelled'. */
  signal: AbortSignal;
  /** As often as the handler likes: at most 20 messages a second leave, and the last one always does. */
  progress(progress: Progress): void;
  /** The bytes that came with the request, to be read once. A piece is given back when the next is asked for. */
  bytesIn(): AsyncIterable<Uint8Array>;
  /** Sends bytes ahead of the reply; resolves when all of `chunk` is on its way, so awaiting it holds the handler back. */
  bytesOut(chunk: Uint8Array): Promise<void>;
}

/** Sends a stream ahead of the reply. Errors: the reason of the signal. */
export async function send(
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { signal, bytesOut }: CallContext,
): Promise<void> {
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    await bytesOut(chunk);
  }
}

/** The way to the process that asks. */
export interface HostPort {
  post(message: FromHost): void;
  onMessage(listener: (raw: unknown) => void): void;
  /** Told once when the other side is gone without saying so. */
  onGone?(listener: () => void): void;
  /** Ends this process; called when the other side has read everything, or is gone. */
  exit?(code: number): void;
}
