/**
 * One gzip member out of a file of many (RFC 1952), as WARC keeps its records (WARC 1.1, annex D.2).
 *
 * Node's gunzip joins members and does not say where one ends, so the container is read here, and zlib does
 * the raw deflate.
 */
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import type { Member, MemberEnd } from './tools.ts';

const CHUNK = 64 * 1024;
/** Bytes of a member's own header: it may carry names and extra fields, which nobody makes long. */
const MAX_HEADER = 256 * 1024;

class MemberDamaged extends Error {}

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

/** Feeds `inflater` from the file until it has its last byte, and puts back what lies behind. */
async function feed(file: ByteSource, inflater: InflateRaw): Promise<void> {
  const closed = new Promise<void>((done) => inflater.once('close', done));
  let fed = 0;
  for (;;) {
    const chunk = await file.take(CHUNK);
    if (chunk === null || inflater.destroyed) {
      if (chunk !== null) file.unread(chunk);
      inflater.end();
      return;
    }
    fed += chunk.length;
    // After an error zlib never acknowledges the write, but it always closes.
    await Promise.race([new Promise<void>((done) => void inflater.write(chunk, () => done())), closed]);
    // Where in the chunk it failed is not known: `bytesWritten` speaks of what succeeded.
    if (inflater.errored !== null) return;
    const behind = fed - inflater.bytesWritten;
    if (behind > 0) {
      file.unread(chunk.subarray(chunk.length - Math.min(behind, chunk.length)));
      return;
    }
  }
}

async function checkTrailer(file: ByteSource, crc: number, size: number): Promise<void> {
  const trailer = await exactly(file, 8);
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== size % 2 ** 32) {
    throw new MemberDamaged('does not have the checksum or length that it states');
  }
}

/** Members that are salvaged, as they are compressed and as decompressed: both are attacker-controlled. */
const SALVAGE_INPUT = 1024 * 1024;
const SALVAGE_OUTPUT = 16 * 1024 * 1024;

function inflatedStart(bytes: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: SALVAGE_OUTPUT });
  } catch {
    return null;
  }
}

/**
 * What can be decompressed before the damage. The stream drops what it had decompressed when it fails, so the
 * longest start that does not fail is searched for. Behind the true place of the damage it may be nonsense.
 */
function salvaged(bytes: Uint8Array): Uint8Array {
  const whole = inflatedStart(bytes);
  if (whole !== null) return whole;
  let best: Uint8Array = new Uint8Array(0);
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const start = inflatedStart(bytes.subarray(0, middle));
    if (start === null) bad = middle;
    else {
      good = middle;
      best = start;
    }
  }
  return best;
}

export class GzipMember implements Member {
  end: MemberEnd = { state: 'reading' };
  readonly #file: ByteSource;
  readonly #salvage: { left: number };

  /**
   * @param file stands at the member's first byte
   * @param salvage how many damaged members of this file may still be salvaged
   */
  constructor(file: ByteSource, salvage: { left: number }) {
    this.#file = file;
    this.#salvage = salvage;
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
      for await (const chunk of this.#inflated()) {
        crc = crc32(chunk, crc);
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
    const rest = salvaged(bytes).subarray(given);
    if (rest.length > 0) yield rest;
  }

  async *#inflated(): AsyncGenerator<Uint8Array> {
    const inflater = createInflateRaw({ chunkSize: CHUNK });
    const feeding = feed(this.#file, inflater);
    // Awaited below; without this an error of the file while nobody waits would end the process.
    feeding.catch((cause: unknown) => inflater.destroy(cause instanceof Error ? cause : undefined));
    try {
      for await (const chunk of inflater) yield chunk as Uint8Array;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'Z_BUF_ERROR') throw new MemberDamaged('is cut short: the file ends inside it');
      if (code === 'Z_DATA_ERROR') throw new MemberDamaged('holds data that cannot be decompressed');
      throw error;
    } finally {
      inflater.destroy();
      await feeding.catch(() => undefined);
    }
  }
}
