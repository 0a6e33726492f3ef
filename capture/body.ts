/** The body of one answer on its way through the recorder, and what the network layer counted of it. */
import type { Withheld } from '../contract/model/recording.ts';
import { type BodyMemory, BodyQueue } from './body-queue.ts';
import { BodyStream } from './secrets/body-stream.ts';
import { isSearchableText } from './secrets/discover.ts';
import type { KnownSecrets } from './secrets/known.ts';

/**
 * How the bytes of a body are got. 'streamed': as the renderer receives them. 'late': the same, asked for once the
 * answer is there. 'whole': at once, before the page gets them. 'taken': read in the page's stead, then given to
 * it. 'none': there is none. 'unrecorded': this engine cannot. 'undecided': the answer was never held.
 */
export type BodyMode = 'undecided' | 'streamed' | 'late' | 'whole' | 'taken' | 'none' | 'unrecorded';

export class Body {
  readonly queue: BodyQueue;
  readonly #secrets: KnownSecrets;
  #stream: BodyStream | null = null;
  #ended = false;
  /** Data that came before what was buffered earlier; null: nothing is awaited. */
  #early: Uint8Array[] | null = null;
  mode: BodyMode = 'undecided';
  /** Lower case, as the answer's header names it. */
  mediaType = '';
  /** Bytes got, after content decoding. */
  received = 0;
  /** Bytes that the network layer counted, after and before content decoding; null: it counted none. */
  counted: number | null = null;
  encoded: number | null = null;
  /** Bytes of the body on the wire by the network layer's own total; null: it told none. */
  wire: number | null = null;
  /** What Content-Length says, where the body is not encoded. */
  declared: number | null = null;
  /** Asked for as a whole, and all here: nothing more is expected of it. */
  isHere = false;
  /** The engine gave text instead of bytes, with signs for bytes that are no text. */
  isAltered = false;
  /** Why it broke off although the engine does not say so. */
  broken: string | null = null;

  constructor(memory: BodyMemory, secrets: KnownSecrets) {
    this.queue = new BodyQueue(memory);
    this.#secrets = secrets;
  }

  count(decoded: number, encoded: number): void {
    this.counted = (this.counted ?? 0) + decoded;
    if (encoded > 0) this.encoded = (this.encoded ?? 0) + encoded;
  }

  /** What is pushed from now on waits for what the browser had buffered. */
  awaitBuffered(): void {
    this.#early = [];
  }

  buffered(bytes: Uint8Array): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const one of [bytes, ...early]) this.push(one);
  }

  push(bytes: Uint8Array): void {
    if (this.#ended || bytes.length === 0) return;
    if (this.#early !== null) {
      this.#early.push(bytes);
      return;
    }
    this.received += bytes.length;
    this.queue.push(this.#searched().push(bytes));
  }

  whole(bytes: Uint8Array): void {
    this.isHere = true;
    this.received += bytes.length;
    this.queue.push(this.#searched().whole(bytes));
  }

  /** No more will come; gives what was withheld. */
  end(): Withheld[] {
    if (!this.#ended && this.#stream !== null) this.queue.push(this.#stream.end());
    this.#ended = true;
    this.queue.end();
    return this.#stream?.withheld ?? [];
  }

  #searched(): BodyStream {
    this.#stream ??= new BodyStream(this.#secrets, isSearchableText(this.mediaType));
    return this.#stream;
  }
}
