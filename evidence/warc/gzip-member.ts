/**
 * One gzip member out of a file of many (RFC 1952), as WARC keeps its records (WARC 1.1, annex D.2).
 *
 * What undoes gzip as a whole joins members and does not say where one ends, so the container is read here, and
 * `Deflate` does the rest (`gzip-node.ts`, `gzip-portable.ts`).
 */
import type { ByteSource } from './byte-source.ts';
import type { Member, MemberEnd } from './tools.ts';

/** Bytes of a member's own header: it may carry names and extra fields, which nobody makes long. */
const MAX_HEADER = 256 * 1024;

/** `message`: the end of a sentence that begins 'The gzip member'. */
export class MemberDamaged extends Error {}

async function exactly(file: ByteSource, count: number): Promise<Uint8Array> {
  const bytes = (await file.peek(count)).slice();
  if (bytes.length < count) throw new MemberDamaged('is cut short: the file ends inside it');
  await file.skip(count);
  return bytes;
}

async function skipText(file: ByteSource, start: number): Promise<void> {
  for (;;) {
    const [byte] = await exactly(file, 1);
    if (byte === 0) return;
    if (file.position - start > MAX_HEADER) throw new MemberDamaged('has a header without end');
  }
}

async function readHeader(file: ByteSource): Promise<void> {
  const start = file.position;
  const fixed = await exactly(file, 10);
  const flags = fixed[3] ?? 0;
  if (fixed[0] !== 0x1f || fixed[1] !== 0x8b || fixed[2] !== 8 || (flags & 0xe0) !== 0) {
    throw new MemberDamaged('has a header that is not gzip with deflate');
  }
  if (flags & 4) {
    const size = await exactly(file, 2);
    await exactly(file, (size[0] ?? 0) + 256 * (size[1] ?? 0));
  }
  if (flags & 8) await skipText(file, start);
  if (flags & 16) await skipText(file, start);
  if (flags & 2) await exactly(file, 2);
}

async function checkTrailer(file: ByteSource, crc: number, size: number): Promise<void> {
  const trailer = await exactly(file, 8);
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== size % 2 ** 32) {
    throw new MemberDamaged('does not have the checksum or length that it states');
  }
}

/** Members that are salvaged, as they are compressed: attacker-controlled. */
const SALVAGE_INPUT = 1024 * 1024;

/** What undoes deflate where this runs. */
export interface Deflate {
  /**
   * The decompressed bytes of the stream that `file` stands at; afterwards it stands behind it. Throws `MemberDamaged`.
   */
  inflated(file: ByteSource): AsyncGenerator<Uint8Array>;
  /** What can be decompressed before the damage. Behind the true place of the damage it may be nonsense. */
  salvaged(bytes: Uint8Array): Uint8Array;
  crc32(bytes: Uint8Array, previous: number): number;
}

export class GzipMember implements Member {
  end: MemberEnd = { state: 'reading' };
  readonly #file: ByteSource;
  readonly #salvage: { left: number };
  readonly #deflate: Deflate;

  /**
   * @param file stands at the member's first byte
   * @param salvage how many damaged members of this file may still be salvaged
   */
  constructor(file: ByteSource, salvage: { left: number }, deflate: Deflate) {
    this.#file = file;
    this.#salvage = salvage;
    this.#deflate = deflate;
  }

  /** The decompressed bytes. Never throws for what the file holds: `end` says how it went. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    let deflated = false;
    let crc = 0;
    let size = 0;
    let start = this.#file.position;
    try {
      await readHeader(this.#file);
      start = this.#file.position;
      for await (const chunk of this.#deflate.inflated(this.#file)) {
        crc = this.#deflate.crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
      deflated = true;
      await checkTrailer(this.#file, crc, size);
      this.end = { state: 'whole' };
    } catch (error) {
      if (!(error instanceof MemberDamaged)) throw error;
      if (!deflated) yield* this.#lost(start, size);
      this.end = { state: 'damaged', reason: error.message, boundaryKnown: deflated };
    }
  }

  /** What lies before the damage and was not given yet. */
  async *#lost(start: number, given: number): AsyncGenerator<Uint8Array> {
    const length = this.#file.position - start;
    if (length === 0 || length > SALVAGE_INPUT || this.#salvage.left === 0) return;
    this.#salvage.left -= 1;
    this.#file.rewind(start);
    const bytes = (await this.#file.peek(length)).slice();
    await this.#file.skip(length);
    const rest = this.#deflate.salvaged(bytes).subarray(given);
    if (rest.length > 0) yield rest;
  }
}
