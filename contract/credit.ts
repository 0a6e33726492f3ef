/**
 * Byte streams between two processes, the same at both ends: what may be sent, and what was received.
 * Messages are copied and know no back-pressure, so the sender counts what the receiver has not consumed yet.
 */
import { HoldfastError } from './errors.ts';
import { creditWindow, maxBytesMessage } from './wire.ts';

/**
 * Cuts bytes into messages of at most `maxBytesMessage` bytes, none of them empty.
 * Each piece owns its buffer: structured clone would copy the whole buffer behind a view.
 */
export function* pieces(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let offset = 0; offset < bytes.byteLength; offset += maxBytesMessage) {
    yield new Uint8Array(bytes.subarray(offset, offset + maxBytesMessage));
  }
}

interface Waiter {
  bytes: number;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** The sending end: never lets more than `creditWindow` bytes be outstanding. */
export class CreditGate {
  #outstanding = 0;
  #closed: { reason: unknown } | null = null;
  readonly #waiting: Waiter[] = [];

  get outstanding(): number {
    return this.#outstanding;
  }

  /** Resolves, first come first served, once `bytes` more may be sent; rejects with the reason after `close`. */
  take(bytes: number): Promise<void> {
    if (this.#closed !== null) return Promise.reject(this.#closed.reason);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, resolve, reject });
      this.#admit();
    });
  }

  /** The receiver has consumed `bytes`. Throws `internal` when it claims more than was sent. */
  give(bytes: number): void {
    if (bytes > this.#outstanding) {
      throw new HoldfastError(
        'internal',
        `Expected credit for at most ${this.#outstanding} bytes on their way, got credit for ${bytes}. Please report this.`,
      );
    }
    this.#outstanding -= bytes;
    this.#admit();
  }

  /** Whoever waits, now or later, is refused with this reason. */
  close(reason: unknown): void {
    this.#closed ??= { reason };
    for (const waiter of this.#waiting.splice(0)) waiter.reject(this.#closed.reason);
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#outstanding + first.bytes > creditWindow) return;
      this.#outstanding += first.bytes;
      this.#waiting.shift();
      first.resolve();
    }
  }
}

/**
 * The receiving end: an async iterable that can be read once. A piece counts as consumed when the reader asks
 * for the next one, so a reader that waits for its disk holds the sender back.
 */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  readonly #onConsumed: (bytes: number) => void;
  readonly #pieces: Uint8Array[] = [];
  #held = 0;
  #end: { reason: unknown } | null = null;
  #wake: (() => void) | null = null;

  /** `onConsumed` is told how many bytes were consumed, to give credit for them. */
  constructor(onConsumed: (bytes: number) => void) {
    this.#onConsumed = onConsumed;
  }

  /** Throws `internal` when the sender kept neither to the size of a message nor to its credit. */
  push(bytes: Uint8Array): void {
    if (this.#end !== null) return;
    if (bytes.byteLength > maxBytesMessage || this.#held + bytes.byteLength > creditWindow) {
      throw new HoldfastError(
        'internal',
        `Expected at most ${maxBytesMessage} bytes a message and ${creditWindow} on their way, found a message of ${bytes.byteLength} with ${this.#held} on their way. Please report this.`,
      );
    }
    this.#held += bytes.byteLength;
    this.#pieces.push(bytes);
    this.#wake?.();
  }

  /** No more will come. `reason` undefined: complete; otherwise the reader gets it thrown after what is queued. */
  end(reason?: unknown): void {
    this.#end ??= { reason };
    this.#wake?.();
  }

  /** Like `end` with a reason, but what is queued is given up: nobody wants it any more. */
  abort(reason: unknown): void {
    this.#pieces.length = 0;
    this.#end = { reason };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        yield piece;
        this.#held -= piece.byteLength;
        this.#onConsumed(piece.byteLength);
      } else if (this.#end !== null) {
        if (this.#end.reason !== undefined) throw this.#end.reason;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = null;
      }
    }
  }
}
