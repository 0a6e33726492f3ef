/** One call while it runs in the archive host: its bytes both ways, its progress, its end. */
import { ByteQueue, CreditGate, pieces } from '../../contract/credit.ts';
import { type Failure, fromFailure, HoldfastError, type Result, toFailure } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { CallContext, HostPort } from './port.ts';

/** Milliseconds between two progress messages of a call: 20 a second. */
const progressInterval = 50;

export class HostCall {
  readonly context: CallContext;
  readonly #id: number;
  readonly #port: HostPort;
  readonly #abort = new AbortController();
  readonly #gate = new CreditGate();
  readonly #queue: ByteQueue;
  #answered = false;
  #latest: Progress | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `takesBytes`: whether the channel lets the caller send bytes along. */
  constructor(id: number, port: HostPort, takesBytes: boolean) {
    this.#id = id;
    this.#port = port;
    this.#queue = new ByteQueue((bytes) => {
      if (!this.#answered) port.post({ type: 'credit', id, bytes });
    });
    if (!takesBytes) this.#queue.end();
    this.context = {
      signal: this.#abort.signal,
      progress: (progress) => this.#progress(progress),
      bytesIn: () => this.#queue,
      bytesOut: (chunk) => this.#send(chunk),
    };
  }

  cancel(message: string): void {
    this.#stop(new HoldfastError('cancelled', message));
  }

  receive(bytes: Uint8Array): void {
    this.#guard(() => this.#queue.push(bytes));
  }

  receiveEnd(failure: Failure | null): void {
    this.#queue.end(failure === null ? undefined : fromFailure(failure));
  }

  credit(bytes: number): void {
    this.#guard(() => this.#gate.give(bytes));
  }

  /** What the caller is told when the handler threw `error`. */
  failure(error: unknown): Failure {
    // A handler that was cancelled may fail with whatever its streams throw when they are torn down.
    const ours = error instanceof HoldfastError || !this.#abort.signal.aborted;
    return toFailure(ours ? error : this.#abort.signal.reason);
  }

  /** The last progress, then the answer; nothing of this call leaves afterwards. */
  reply(result: Result<unknown>): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#flush();
    this.#answered = true;
    this.#gate.close(new HoldfastError('internal', 'Bytes were sent after the call had been answered.'));
    this.#queue.abort(new HoldfastError('internal', 'Bytes were read after the call had been answered.'));
    try {
      this.#port.post({ type: 'reply', id: this.#id, result });
    } catch (error) {
      // A value that cannot be cloned must not leave the caller waiting for ever.
      this.#port.post({ type: 'reply', id: this.#id, result: { ok: false, error: toFailure(error) } });
    }
  }

  async #send(chunk: Uint8Array): Promise<void> {
    for (const bytes of pieces(chunk)) {
      await this.#gate.take(bytes.byteLength);
      this.#port.post({ type: 'bytes', id: this.#id, bytes });
    }
  }

  #progress(progress: Progress): void {
    if (this.#answered) return;
    this.#latest = progress;
    if (this.#timer !== null) return;
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#latest !== null) this.#progress(this.#latest);
    }, progressInterval);
  }

  #flush(): void {
    if (this.#latest === null) return;
    this.#port.post({ type: 'progress', id: this.#id, progress: this.#latest });
    this.#latest = null;
  }

  /** A caller that breaks the rules of the stream ends this call, not the host. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#stop(error);
    }
  }

  #stop(reason: unknown): void {
    this.#abort.abort(reason);
    this.#gate.close(reason);
    this.#queue.abort(reason);
  }
}
