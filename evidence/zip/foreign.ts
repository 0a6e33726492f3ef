/**
 * Reads zip files that other programs wrote (PKWARE APPNOTE 6.3.10): stored and deflated entries, data descriptors,
 * Zip64, comments. The central directory decides; whatever contradicts it is refused, for another program could
 * take it for the truth. Every byte is attacker-controlled.
 */
import { type ByteSource, pieces, windowed } from '../source/byte-source.ts';
import type { Crc32 } from './crc32.ts';
import { ZipError } from './error.ts';
import { type ForeignDirectory, readForeignEnd } from './foreign-end.ts';
import { length, signature } from './format.ts';
import { inflated } from './inflate.ts';

export interface ForeignEntry {
  /** As it stands in the file; may try to lead out of a folder. Ends with '/' for a folder. */
  readonly name: string;
  /** Bytes of the content. */
  readonly size: number;
  readonly compressedSize: number;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  /** A symbolic link, by its Unix mode: its content is where it leads to. */
  readonly isLink: boolean;
  readonly contentOffset: number;
}

/** Deflate cannot make more of a byte. */
const maxRatio = 1032;

/** Bytes that a zip file may become without question; beyond them it may grow 200-fold. */
const freeExpansion = 8 * 1024 ** 3;
const maxGrowth = 200;

interface Header {
  fields: DataView;
  nameBytes: Uint8Array;
  extra: Uint8Array;
  /** Bytes of the whole header. */
  length: number;
}

/**
 * The entries in the order of the directory; contents are not read. Errors: ZipError; what the source throws.
 */
export async function openForeignZip(source: ByteSource): Promise<ForeignEntry[]> {
  const directory = await readForeignEnd(source);
  const bytes = await source.read(directory.offset, directory.size);
  const near = windowed(source);
  const entries: ForeignEntry[] = [];
  const names = new Set<string>();
  const places: { from: number; to: number; name: string }[] = [];
  let at = 0;
  for (let i = 0; i < directory.entries; i++) {
    const header = readHeader(bytes, at);
    at += header.length;
    const { entry, from } = await checkEntry(near, header, directory);
    if (names.has(entry.name)) {
      throw new ZipError('duplicate-name', 'Two files in the zip file have the same name.', entry.name);
    }
    names.add(entry.name);
    entries.push(entry);
    places.push({ from, to: entry.contentOffset + entry.compressedSize, name: entry.name });
  }
  if (at !== directory.size) {
    throw new ZipError('directory-damaged', 'The directory of the zip file holds more than its entries.');
  }
  checkPlaces(places);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > freeExpansion && total > source.size * maxGrowth) {
    throw new ZipError(
      'expansion',
      `The zip file would become ${total} bytes, more than ${maxGrowth} times its own.`,
    );
  }
  return entries;
}

/** Entries that share bytes let a small file claim an endless content. */
function checkPlaces(places: { from: number; to: number; name: string }[]): void {
  let end = 0;
  for (const { from, to, name } of places.sort((a, b) => a.from - b.from)) {
    if (from < end) throw new ZipError('overlap', 'Two files of the zip file share bytes.', name);
    end = to;
  }
}

function readHeader(directory: Uint8Array, at: number): Header {
  const damaged = () =>
    new ZipError('directory-damaged', 'The directory of the zip file is damaged or cut off.');
  if (at + length.central > directory.length) throw damaged();
  const fields = new DataView(directory.buffer, directory.byteOffset + at, length.central);
  if (fields.getUint32(0, true) !== signature.central) throw damaged();
  const nameEnd = at + length.central + fields.getUint16(28, true);
  const extraEnd = nameEnd + fields.getUint16(30, true);
  const end = extraEnd + fields.getUint16(32, true);
  if (end > directory.length) throw damaged();
  return {
    fields,
    nameBytes: directory.subarray(at + length.central, nameEnd),
    extra: directory.subarray(nameEnd, extraEnd),
    length: end - at,
  };
}

/** UTF-8 where it is that, whatever its flag says; else one character a byte, so that two names stay two. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

async function checkEntry(
  near: ByteSource,
  header: Header,
  directory: ForeignDirectory,
): Promise<{ entry: ForeignEntry; from: number }> {
  const { fields, nameBytes } = header;
  const name = nameOf(nameBytes);
  const method = methodOf(fields, name);
  const { size, compressedSize, offset: from } = readNumbers(header, name);
  const plausible = method === 'stored' ? size === compressedSize : size <= compressedSize * maxRatio + 64;
  if (!plausible) throw new ZipError('sizes', 'The size of a file in the zip file cannot be right.', name);
  const crc32 = fields.getUint32(16, true);
  const numbers = { size, compressedSize, crc32, from };
  const contentOffset = await checkLocal(near, header, name, numbers, directory.offset);
  if (contentOffset + compressedSize > directory.offset) {
    throw new ZipError('out-of-bounds', 'A file is said to be larger than the zip file has room for.', name);
  }
  const isLink = ((fields.getUint32(38, true) >>> 16) & 0o170000) === 0o120000;
  return { entry: { name, size, compressedSize, method, crc32, isLink, contentOffset }, from };
}

function methodOf(fields: DataView, name: string): ForeignEntry['method'] {
  if ((fields.getUint16(8, true) & 0x2041) !== 0) {
    throw new ZipError('encrypted', 'A file in the zip file is encrypted.', name);
  }
  const method = fields.getUint16(10, true);
  if (method === 0) return 'stored';
  if (method === 8) return 'deflated';
  throw new ZipError(
    'compressed',
    `A file in the zip file is compressed by method ${method}; stored and deflate are read.`,
    name,
  );
}

/** Sizes and offset, from the Zip64 extra field where the short fields say so (APPNOTE 4.5.3). */
function readNumbers({ fields, extra }: Header, name: string) {
  const long = zip64Field(extra);
  let at = 0;
  const number = (short: number): number => {
    if (short !== 0xffffffff) return short;
    if (long === null || at + 8 > long.byteLength)
      throw new ZipError('sizes', 'A large size or offset is missing.', name);
    const value = Number(long.getBigUint64(at, true));
    at += 8;
    if (!Number.isSafeInteger(value))
      throw new ZipError('sizes', 'A size or offset is impossibly large.', name);
    return value;
  };
  const size = number(fields.getUint32(24, true));
  const compressedSize = number(fields.getUint32(20, true));
  const offset = number(fields.getUint32(42, true));
  return { size, compressedSize, offset };
}

function zip64Field(extra: Uint8Array): DataView | null {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length; ) {
    const size = view.getUint16(at + 2, true);
    if (at + 4 + size > extra.length) return null;
    if (view.getUint16(at, true) === 1) return new DataView(extra.buffer, extra.byteOffset + at + 4, size);
    at += 4 + size;
  }
  return null;
}

const localDiffers = (name: string) =>
  new ZipError('local-differs', 'A file is described in two ways by the zip file.', name);

interface Numbers {
  size: number;
  compressedSize: number;
  crc32: number;
  /** Of the local header. */
  from: number;
}

/** Where the content begins, after the local header was found to agree with the directory. */
async function checkLocal(
  near: ByteSource,
  header: Header,
  name: string,
  numbers: Numbers,
  limit: number,
): Promise<number> {
  const { fields, nameBytes } = header;
  const { from } = numbers;
  const outside = () => new ZipError('out-of-bounds', 'A file lies outside of the zip file.', name);
  if (from + length.local > limit) throw outside();
  const local = viewOf(await near.read(from, length.local));
  if (local.getUint32(0, true) !== signature.local) throw localDiffers(name);
  const nameLength = local.getUint16(26, true);
  const contentOffset = from + length.local + nameLength + local.getUint16(28, true);
  if (contentOffset > limit) throw outside();
  const rest = new Uint8Array(await near.read(from + length.local, contentOffset - from - length.local));
  const sameName = nameLength === nameBytes.length && nameBytes.every((byte, i) => byte === rest[i]);
  const sameMethod = local.getUint16(8, true) === fields.getUint16(10, true);
  if (!sameName || !sameMethod || !sameNumbers(local, rest.subarray(nameLength), numbers)) {
    throw localDiffers(name);
  }
  return contentOffset;
}

/** With bit 3 the numbers follow the content in a data descriptor (APPNOTE 4.3.9), and stand as 0 here. */
function sameNumbers(local: DataView, extra: Uint8Array, { size, compressedSize, crc32 }: Numbers): boolean {
  if ((local.getUint16(6, true) & 8) !== 0) return true;
  const long = zip64Field(extra);
  let at = 0;
  const number = (short: number): number | null => {
    if (short !== 0xffffffff) return short;
    if (long === null || at + 8 > long.byteLength) return null;
    at += 8;
    return Number(long.getBigUint64(at - 8, true));
  };
  return (
    local.getUint32(14, true) === crc32 &&
    number(local.getUint32(22, true)) === size &&
    number(local.getUint32(18, true)) === compressedSize
  );
}

/** A view of a copy: windows of a source move on. */
function viewOf(bytes: Uint8Array): DataView {
  return new DataView(new Uint8Array(bytes).buffer);
}

/**
 * The content of an entry, decompressed, in pieces, each of which the next may overwrite. Never more than its `size`.
 * Throws ZipError 'checksum' after the last piece where the CRC-32 differs, 'content-damaged' for what cannot be
 * decompressed or has another size.
 */
export async function* foreignContent(
  source: ByteSource,
  entry: ForeignEntry,
  crc32: Crc32,
): AsyncGenerator<Uint8Array> {
  const raw = pieces(source, entry.contentOffset, entry.compressedSize);
  let crc = 0;
  let size = 0;
  for await (const piece of entry.method === 'stored' ? raw : decompressed(raw, entry)) {
    size += piece.length;
    // The size is attacker-controlled, and so is the stream: neither may outgrow the other.
    if (size > entry.size) throw damaged(entry);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size !== entry.size) throw damaged(entry);
  if (crc !== entry.crc32) {
    throw new ZipError(
      'checksum',
      'The content of a file differs from its checksum in the zip file.',
      entry.name,
    );
  }
}

async function* decompressed(
  raw: AsyncIterable<Uint8Array>,
  entry: ForeignEntry,
): AsyncGenerator<Uint8Array> {
  try {
    yield* inflated(raw);
  } catch (error) {
    // What the source throws is an error of ours or of the system; zlib's are these.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof TypeError || code.startsWith('Z_')) throw damaged(entry);
    throw error;
  }
}

function damaged(entry: ForeignEntry): ZipError {
  return new ZipError(
    'content-damaged',
    'The content of a file cannot be decompressed to the size that is stated.',
    entry.name,
  );
}
