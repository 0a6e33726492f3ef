/** One call while it waits for the archive host: its bytes both ways, its progress, its answer. */
import { ByteQueue, CreditGate, pieces } from '../contract/credit.ts';
import { HoldfastError, type Result, toFailure } from '../contract/errors.ts';
import type { Progress } from '../contract/model/common.ts';
import type { FromHost, ToHost } from '../contract/wire.ts';

export interface CallOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** The bytes that go with a call whose channel takes some. Read no faster than the host consumes them. */
  bytesIn?: AsyncIterable<Uint8Array> | undefined;
  /** Takes the bytes that come before the answer, in order; the host waits while its promise is open. */
  onBytes?: ((bytes: Uint8Array) => void | Promise<void>) | undefined;
}

/** What the host says about one call. */
export type CallMessage = Extract<FromHost, { id: number }>;

export class PendingCall {
  /** Never rejects. */
  readonly result: Promise<Result<unknown>>;
  readonly #id: number;
  readonly #post: (message: ToHost) => void;
  readonly #options: CallOptions;
  readonly #gate = new CreditGate();
  readonly #queue: ByteQueue;
  readonly #received: Promise<void>;
  #settle: (result: Result<unknown>) => void = () => undefined;
  #receiverFailed: { error: unknown } | null = null;
  readonly #onAbort = (): void => this.#post({ type: 'cancel', id: this.#id });

  constructor(id: number, post: (message: ToHost) => void, options: CallOptions) {
    this.#id = id;
    this.#post = post;
    this.#options = options;
    this.#queue = new ByteQueue((bytes) => post({ type: 'credit', id, bytes }));
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#received = this.#receive();
  }

  /** Posts the request; the bytes follow it. */
  start(channel: string, input: unknown): void {
    this.#post({ type: 'request', id: this.#id, channel, input });
    this.#options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (this.#options.bytesIn !== undefined) void this.#send(this.#options.bytesIn);
  }

  message(message: CallMessage): void {
    try {
      if (message.type === 'progress') this.#options.onProgress?.(message.progress);
      else if (message.type === 'bytes') this.#queue.push(message.bytes);
      else if (message.type === 'credit') this.#gate.give(message.bytes);
      else this.#end(message.result);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The host is gone: nothing more will come. */
  stopped(failure: HoldfastError): void {
    this.#queue.abort(failure);
    this.#finish({ ok: false, error: toFailure(failure) });
  }

  /** The bytes that came before the answer are handed over before the answer is. */
  #end(result: Result<unknown>): void {
    this.#gate.close(new HoldfastError('cancelled', 'The call was answered before all bytes were read.'));
    this.#queue.end();
    void this.#received.then(() => {
      const failed = this.#receiverFailed;
      this.#finish(failed === null ? result : { ok: false, error: toFailure(failed.error) });
    });
  }

  #finish(result: Result<unknown>): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#gate.close(new HoldfastError('cancelled', 'The call has ended.'));
    this.#settle(result);
  }

  async #receive(): Promise<void> {
    try {
      for await (const bytes of this.#queue) await this.#options.onBytes?.(bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #send(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of source) {
        for (const bytes of pieces(chunk)) {
          await this.#gate.take(bytes.byteLength);
          this.#post({ type: 'bytes', id: this.#id, bytes });
        }
      }
      this.#post({ type: 'bytes-end', id: this.#id, failure: null });
    } catch (error) {
      this.#post({ type: 'bytes-end', id: this.#id, failure: toFailure(error) });
    }
  }

  /** Something at this end broke: the host is asked to stop, and its answer ends the call. */
  #fail(error: unknown): void {
    this.#receiverFailed ??= { error };
    this.#queue.abort(error);
    this.#post({ type: 'cancel', id: this.#id });
  }
}
