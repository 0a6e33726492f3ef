/** What is packed inside bytes, unpacked as they pass: gzip, deflated entries of zip files, streams of PDF, Brotli. */
import { createBrotliDecompress, createInflate, createInflateRaw } from 'node:zlib';

export type Packing = 'deflate' | 'zlib' | 'brotli';

export interface PackedStart {
  packing: Packing;
  /** Where its bytes begin. */
  at: number;
}

const gzipMark = Buffer.from([0x1f, 0x8b, 8]);
const zipMark = Buffer.from('PK\x03\x04', 'latin1');
const streamMark = Buffer.from('stream');
const encodingMarks = ['\nContent-Encoding', '\ncontent-encoding'].map((mark) => Buffer.from(mark));
const brotliHeader = /\ncontent-encoding:[ \t]*br\b/i;

/** A piece of a file that looks packed in a way that nobody here unpacks. */
export type Closed = 'encrypted-zip' | 'unknown-packing' | 'too-much' | 'chunked-brotli' | 'breaks-off';

/** The first beginning of something packed at or after `from`; null: none. `closed` is told of what cannot be opened. */
export function findPacked(
  bytes: Buffer,
  from: number,
  { isPdf, closed }: { isPdf: boolean; closed(why: Closed): void },
): PackedStart | null {
  const finders = [gzipAt, zipEntryAt, brotliAt, ...(isPdf ? [pdfStreamAt] : [])];
  let first: PackedStart | null = null;
  for (const find of finders) {
    // What begins behind that is looked for when that is unpacked: it may lie inside.
    const found = find(first === null ? bytes : bytes.subarray(0, first.at), from, closed);
    if (found !== null && (first === null || found.at < first.at)) first = found;
  }
  return first;
}

function gzipAt(bytes: Buffer, from: number): PackedStart | null {
  for (let at = bytes.indexOf(gzipMark, from); at >= 0; at = bytes.indexOf(gzipMark, at + 1)) {
    const content = afterGzipHeader(bytes, at);
    if (content !== null) return { packing: 'deflate', at: content };
  }
  return null;
}

/** Where the compressed bytes of a member begin (RFC 1952, section 2.3); null: that is no header, or not all of one. */
function afterGzipHeader(bytes: Buffer, at: number): number | null {
  const flags = bytes[at + 3] ?? 0xff;
  // Reserved flags are zero.
  if ((flags & 0xe0) !== 0) return null;
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] ?? 0) + (bytes[end + 1] ?? 0) * 256;
  for (const named of [8, 16]) {
    if ((flags & named) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero < 0 || zero > end + 4096) return null;
    end = zero + 1;
  }
  if ((flags & 2) !== 0) end += 2;
  return end < bytes.length ? end : null;
}

/** By its local header (APPNOTE, 4.3.7). A stored entry needs no unpacking. */
function zipEntryAt(bytes: Buffer, from: number, closed: (why: Closed) => void): PackedStart | null {
  for (let at = bytes.indexOf(zipMark, from); at >= 0; at = bytes.indexOf(zipMark, at + 4)) {
    if (at + 30 > bytes.length) return null;
    const content = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const method = bytes.readUInt16LE(at + 8);
    const isEntry =
      bytes.readUInt16LE(at + 4) < 100 && bytes.readUInt16LE(at + 26) > 0 && content < at + 2000;
    if (!isEntry) continue;
    if ((bytes.readUInt16LE(at + 6) & 1) === 1) closed('encrypted-zip');
    else if (method === 8) return { packing: 'deflate', at: content };
    else if (method !== 0) closed('unknown-packing');
  }
  return null;
}

function pdfStreamAt(bytes: Buffer, from: number): PackedStart | null {
  for (let at = bytes.indexOf(streamMark, from); at >= 0; at = bytes.indexOf(streamMark, at + 6)) {
    const begin = at + 6 + (bytes[at + 6] === 13 ? 1 : 0) + 1;
    // The header of zlib: deflate with a window of 32 KiB, its two bytes a multiple of 31.
    if (
      ((bytes[begin] ?? 0) & 0x0f) === 8 &&
      (((bytes[begin] ?? 0) << 8) | (bytes[begin + 1] ?? 0)) % 31 === 0
    )
      return { packing: 'zlib', at: begin };
  }
  return null;
}

/** Brotli has no mark of its own: only the header before it tells. */
function brotliAt(bytes: Buffer, from: number, closed: (why: Closed) => void): PackedStart | null {
  if (!encodingMarks.some((mark) => bytes.includes(mark, from))) return null;
  const text = bytes.toString('latin1', from);
  const header = brotliHeader.exec(text);
  const end = header === null ? -1 : text.indexOf('\r\n\r\n', header.index);
  if (header === null || end < 0) return null;
  const start = text.lastIndexOf('\r\n\r\n', header.index);
  if (/\ntransfer-encoding:[ \t]*chunked/i.test(text.slice(Math.max(0, start), end))) {
    closed('chunked-brotli');
    return null;
  }
  return { packing: 'brotli', at: from + end + 4 };
}

const mostUnpacked = 4 * 1024 ** 3;
/** At once, which bounds what is held. At the beginning less: what a failing piece would have given is lost. */
const slice = 16 * 1024;
const firstSlice = 512;

/** Unpacks as bytes arrive. What is no such stream ends at once, in silence: it only looked like one. */
export class Unpacking {
  readonly #stream;
  readonly #out: Buffer[] = [];
  #ended = false;
  #broken = false;
  /** Bytes given so far. */
  produced = 0;
  tooMuch = false;

  constructor(packing: Packing) {
    const make = { deflate: createInflateRaw, zlib: createInflate, brotli: createBrotliDecompress };
    this.#stream = make[packing]({ chunkSize: 64 * 1024 });
    this.#stream.on('data', (piece: Buffer) => {
      this.#out.push(piece);
      this.produced += piece.length;
    });
    this.#stream.on('end', () => {
      this.#ended = true;
    });
    this.#stream.on('error', () => {
      this.#broken = true;
    });
  }

  get isOver(): boolean {
    return this.#ended || this.#broken || this.tooMuch;
  }

  /** It broke off before anything came out: it never was what it looked like. */
  get isMistaken(): boolean {
    return this.#broken && this.produced === 0;
  }

  /** It began as such a stream and is none to its end, as when a server sent it in chunks. */
  get breaksOff(): boolean {
    return this.#broken && this.produced >= 1024;
  }

  /** Takes bytes, and gives each piece that comes out. Returns how many of them belong to the stream. */
  async push(bytes: Buffer, give: (piece: Buffer) => Promise<void>): Promise<number> {
    const before = this.#stream.bytesWritten;
    let at = 0;
    while (at < bytes.length && !this.isOver) {
      const size = this.#stream.bytesWritten < slice ? firstSlice : slice;
      await this.#write(bytes.subarray(at, at + size));
      at += size;
      for (const piece of this.#out.splice(0)) await give(piece);
      if (this.produced > mostUnpacked) this.tooMuch = true;
    }
    return Math.min(bytes.length, Math.max(0, this.#stream.bytesWritten - before));
  }

  #write(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off('error', done);
        // 'end' is told after the callback of the write that brought it.
        setImmediate(resolve);
      };
      this.#stream.once('error', done);
      this.#stream.write(bytes, () => done());
    });
  }

  close(): void {
    this.#stream.destroy();
  }
}
