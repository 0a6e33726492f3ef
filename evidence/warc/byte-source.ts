/** Bytes of a file as they come, with a position, and a way back for what was taken a moment ago. */
import { concatBytes } from '../digest/sha256.ts';

const EMPTY = new Uint8Array(0);
/** What is kept is dropped in pieces of about this size. */
const KEPT_PIECE = 64 * 1024;

/**
 * `first` with `second` behind it. Two neighbours of one buffer become one view of it: copying would cost the rest of
 * a chunk at every record, and each copy would stay for as long as one byte of it is kept.
 */
function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  return areNeighbours(first, second)
    ? new Uint8Array(first.buffer, first.byteOffset, first.length + second.length)
    : concatBytes(first, second);
}

function areNeighbours(first: Uint8Array, second: Uint8Array): boolean {
  return first.buffer === second.buffer && first.byteOffset + first.length === second.byteOffset;
}

export class ByteSource {
  /** Offset of the next byte to be taken. */
  position = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #pending: Uint8Array = EMPTY;
  #ended = false;
  readonly #kept: Uint8Array[] = [];
  #keptBytes = 0;
  readonly #keep: number;

  /** @param keep bytes behind the position that `rewind` can return to */
  constructor(chunks: AsyncIterable<Uint8Array>, keep = 0) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#keep = keep;
  }

  async #load(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const next = await this.#chunks.next();
      if (next.done) this.#ended = true;
      else if (next.value.length > 0) return next.value;
    }
    return null;
  }

  #remember(bytes: Uint8Array): void {
    if (this.#keep === 0) return;
    const last = this.#kept.at(-1);
    // Line breaks are taken one by one: four million entries of one byte would make each `shift` slow.
    if (last !== undefined && last.length < KEPT_PIECE && areNeighbours(last, bytes)) {
      this.#kept[this.#kept.length - 1] = joined(last, bytes);
    } else this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
    while (this.#kept[0] && this.#keptBytes - this.#kept[0].length >= this.#keep) {
      this.#keptBytes -= this.#kept.shift()?.length ?? 0;
    }
  }

  /** The next bytes, at least one and at most `most` of them; null at the end. */
  async take(most: number): Promise<Uint8Array | null> {
    if (this.#pending.length === 0) this.#pending = (await this.#load()) ?? EMPTY;
    if (this.#pending.length === 0) return null;
    const taken = this.#pending.subarray(0, most);
    this.#pending = this.#pending.subarray(taken.length);
    this.position += taken.length;
    this.#remember(taken);
    return taken;
  }

  /** Up to `count` bytes without taking them; fewer only at the end. `count` is ours and small. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#pending.length < count) {
      const parts = [this.#pending];
      let have = this.#pending.length;
      while (have < count) {
        const more = await this.#load();
        if (more === null) break;
        parts.push(more);
        have += more.length;
      }
      this.#pending = concatBytes(...parts);
    }
    return this.#pending.subarray(0, count);
  }

  /** Puts back the last `bytes` that were taken. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pending = joined(bytes, this.#pending);
    this.position -= bytes.length;
    this.#forget(bytes.length);
  }

  #forget(count: number): void {
    let left = Math.min(count, this.#keptBytes);
    this.#keptBytes -= left;
    while (left > 0) {
      const last = this.#kept.pop();
      if (last === undefined) return;
      if (last.length > left) this.#kept.push(last.subarray(0, last.length - left));
      left -= Math.min(left, last.length);
    }
  }

  /** Goes back to `position`, or as near to it as is still kept. */
  rewind(position: number): void {
    const back = Math.min(this.position - position, this.#keptBytes);
    if (back <= 0) return;
    const kept = concatBytes(...this.#kept);
    this.unread(kept.slice(kept.length - back));
  }

  /** Takes and drops up to `count` bytes; answers how many there were. */
  async skip(count: number): Promise<number> {
    let skipped = 0;
    while (skipped < count) {
      const taken = await this.take(count - skipped);
      if (taken === null) break;
      skipped += taken.length;
    }
    return skipped;
  }
}
