/**
 * Bytes with random access, wherever they come from: a file, memory, a file that a browser page was given.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';

export interface ByteSource {
  /** Bytes in all, as of when the source was opened. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`. Rejects when the source cannot give them. They may stand in `scratch`,
   * where one of at least that length is given: fresh memory for each piece costs as much as hashing it.
   */
  read(offset: number, length: number, scratch?: Uint8Array): Promise<Uint8Array>;
}

/** How much one read asks for when bytes are streamed. */
const pieceLength = 1024 * 1024;

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      checkRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Throws `bad-input` for a range that the source does not have. */
export function checkRange(size: number, offset: number, length: number): void {
  if (
    !Number.isSafeInteger(offset) ||
    !Number.isSafeInteger(length) ||
    offset < 0 ||
    length < 0 ||
    offset + length > size
  ) {
    throw new HoldfastError(
      'bad-input',
      `Expected a range within ${size} bytes; asked for ${length} bytes at ${offset}.`,
    );
  }
}

/**
 * The bytes of a range in pieces. The next piece is on its way while the caller works on the one it has; what it had
 * is then overwritten, so whoever keeps a piece must copy it.
 */
export async function* pieces(
  source: ByteSource,
  offset: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  checkRange(source.size, offset, length);
  const end = offset + length;
  const scratch = length > pieceLength ? [new Uint8Array(pieceLength), new Uint8Array(pieceLength)] : [];
  const ask = (from: number, turn: number) => {
    const reading = source.read(from, Math.min(pieceLength, end - from), scratch[turn % 2]);
    // It is awaited one turn later; until then a failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  };
  let turn = 0;
  let next = offset < end ? ask(offset, turn) : null;
  for (let at = offset; next !== null; ) {
    const piece: Uint8Array = await next;
    at += piece.length;
    turn += 1;
    next = at < end ? ask(at, turn) : null;
    yield piece;
  }
}

/** The same pieces for whoever keeps them while the next ones come. */
export async function* copied(
  given: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of given) yield new Uint8Array(piece);
}

/** The digest of all bytes, in hexadecimal. `passing` is called before each piece, and may throw to end it. */
export async function digestOf(
  source: ByteSource,
  sha256: Sha256,
  passing: () => void = () => undefined,
): Promise<string> {
  const running = sha256.start();
  for await (const piece of pieces(source, 0, source.size)) {
    passing();
    running.update(piece);
  }
  return toHex(running.digest());
}

/** Answers small reads that lie close together from one larger read. */
export function windowed(source: ByteSource, windowLength = 64 * 1024): ByteSource {
  let start = 0;
  let held = new Uint8Array();
  return {
    size: source.size,
    read: async (offset, length) => {
      checkRange(source.size, offset, length);
      if (length > windowLength) return source.read(offset, length);
      if (offset < start || offset + length > start + held.length) {
        held = new Uint8Array(await source.read(offset, Math.min(windowLength, source.size - offset)));
        start = offset;
      }
      return held.subarray(offset - start, offset - start + length);
    },
  };
}

/** A range of a source as a source of its own. Throws `bad-input` for a range that it does not have. */
export function within(source: ByteSource, start: number, size: number): ByteSource {
  checkRange(source.size, start, size);
  return {
    size,
    read: async (offset, length, scratch) => {
      checkRange(size, offset, length);
      return source.read(start + offset, length, scratch);
    },
  };
}
