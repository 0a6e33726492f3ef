/**
 * Reads zip files that Holdfast wrote, and refuses all others. Every byte is attacker-controlled: nothing is read
 * before its bounds are known, and there is exactly one way to understand an accepted file.
 */
import { sameBytes } from '../digest/sha256.ts';
import { type ByteSource, pieces, windowed } from '../source/byte-source.ts';
import type { Crc32 } from './crc32.ts';
import { type Directory, readEnd } from './end.ts';
import { ZipError } from './error.ts';
import {
  type DosTime,
  encodeCentral,
  encodeLocal,
  length,
  regularFile,
  signature,
  type ZipEntry,
} from './format.ts';
import { foldName, isEntryName } from './name.ts';

export interface StoredEntry extends ZipEntry {
  /** Where the content starts in the file. */
  readonly contentOffset: number;
}

export interface ZipContents {
  /** In the order of the file. */
  readonly entries: readonly StoredEntry[];
  readonly modified: DosTime;
}

/**
 * Reads and checks the whole structure: end, directory, local headers, that entries follow each other from the first
 * byte to the directory without gap or overlap. Contents are not read. Errors: ZipError; what the source throws.
 */
export async function openZip(source: ByteSource): Promise<ZipContents> {
  const directory = await readEnd(source);
  const { entries, modified } = await readDirectory(source, directory);
  const near = windowed(source);
  for (const entry of entries) {
    const expected = encodeLocal(entry, modified);
    if (!sameBytes(await near.read(entry.offset, expected.length), expected)) {
      throw new ZipError('local-differs', 'A file is described in two ways by the zip file.', entry.name);
    }
  }
  return { entries, modified };
}

async function readDirectory(source: ByteSource, directory: Directory): Promise<ZipContents> {
  const bytes = await source.read(directory.offset, directory.size);
  const entries: StoredEntry[] = [];
  const names = new Set<string>();
  let modified: DosTime = { date: 0, time: 0 };
  let at = 0;
  let expectedOffset = 0;
  for (let i = 0; i < directory.entries; i++) {
    const header = readCentral(bytes, at);
    if (i === 0) modified = header.modified;
    const entry = checkCentral(header, modified);
    if (names.has(foldName(entry.name))) {
      throw new ZipError(
        'duplicate-name',
        'Two files have the same name, or names that differ only in case.',
        entry.name,
      );
    }
    names.add(foldName(entry.name));
    const contentOffset = entry.offset + encodeLocal(entry, modified).length;
    checkPlace(entry, { expected: expectedOffset, contentOffset, limit: directory.offset });
    entries.push({ ...entry, contentOffset });
    expectedOffset = contentOffset + entry.size;
    at += header.bytes.length;
  }
  if (at !== directory.size) {
    throw new ZipError('directory-damaged', 'The directory of the zip file holds more than its entries.');
  }
  if (expectedOffset !== directory.offset) {
    throw new ZipError('gap', 'Bytes stand between the last file of the zip file and its directory.');
  }
  return { entries, modified };
}

interface CentralHeader {
  bytes: Uint8Array;
  fields: DataView;
  name: string;
  extra: DataView;
  modified: DosTime;
}

/** Cuts one header out of the directory. */
function readCentral(directory: Uint8Array, at: number): CentralHeader {
  const damaged = () =>
    new ZipError('directory-damaged', 'The directory of the zip file is damaged or cut off.');
  if (at + length.central > directory.length) throw damaged();
  const fields = new DataView(directory.buffer, directory.byteOffset + at, length.central);
  if (fields.getUint32(0, true) !== signature.central) throw damaged();
  const nameEnd = at + length.central + fields.getUint16(28, true);
  const extraEnd = nameEnd + fields.getUint16(30, true);
  if (extraEnd > directory.length) throw damaged();
  const name = new TextDecoder().decode(directory.subarray(at + length.central, nameEnd));
  if (fields.getUint16(32, true) !== 0) {
    throw new ZipError('comment', 'A file in the zip file carries a comment; Holdfast writes none.', name);
  }
  return {
    bytes: directory.subarray(at, extraEnd),
    fields,
    name,
    extra: new DataView(directory.buffer, directory.byteOffset + nameEnd, extraEnd - nameEnd),
    modified: { time: fields.getUint16(12, true), date: fields.getUint16(14, true) },
  };
}

/** What the header says, after every field was found to be as Holdfast writes it. */
function checkCentral(header: CentralHeader, modified: DosTime): ZipEntry {
  const { fields, name } = header;
  checkName(name);
  checkKind(fields, name);
  const entry = { name, crc32: fields.getUint32(16, true), ...readNumbers(header) };
  if (header.modified.date !== modified.date || header.modified.time !== modified.time) {
    throw new ZipError('times', 'The files in the zip file have different times; Holdfast writes one.', name);
  }
  if (!sameBytes(encodeCentral(entry, modified), header.bytes)) {
    throw new ZipError('not-canonical', 'A file is described in a form that Holdfast does not write.', name);
  }
  return entry;
}

function checkName(name: string): void {
  const escapes =
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes(':') ||
    name.split('/').some((part) => part === '..');
  if (escapes) throw new ZipError('path-escape', 'A name leads out of the folder of the bundle.', name);
  if (!isEntryName(name))
    throw new ZipError('name-not-allowed', 'A name is none that Holdfast writes.', name);
}

function checkKind(fields: DataView, name: string): void {
  const flags = fields.getUint16(8, true);
  const attributes = fields.getUint32(38, true);
  if ((flags & 1) !== 0) throw new ZipError('encrypted', 'A file in the zip file is encrypted.', name);
  if (fields.getUint16(10, true) !== 0)
    throw new ZipError(
      'compressed',
      'A file in the zip file is compressed; Holdfast stores them as they are.',
      name,
    );
  if (flags !== 0x0800)
    throw new ZipError('flags', 'A file in the zip file has flags that Holdfast does not set.', name);
  // The upper half is the Unix mode; 0120000 is a symbolic link.
  if (((attributes >>> 16) & 0o170000) === 0o120000)
    throw new ZipError('link', 'An entry is a link, not a file.', name);
  if (attributes !== regularFile)
    throw new ZipError('attributes', 'An entry is not marked as an ordinary file.', name);
}

/** Size and offset, from the Zip64 extra field where the short fields say so. */
function readNumbers({ fields, name, extra }: CentralHeader): { size: number; offset: number } {
  let size = fields.getUint32(24, true);
  let offset = fields.getUint32(42, true);
  if (fields.getUint32(20, true) !== size) {
    throw new ZipError('sizes', 'A file has two different sizes though it is not compressed.', name);
  }
  let at = 4;
  const next = () => {
    if (at + 8 > extra.byteLength) throw new ZipError('sizes', 'A large size or offset is missing.', name);
    const value = Number(extra.getBigUint64(at, true));
    at += 8;
    if (!Number.isSafeInteger(value))
      throw new ZipError('sizes', 'A size or offset is impossibly large.', name);
    return value;
  };
  if (size === 0xffffffff) {
    size = next();
    if (next() !== size)
      throw new ZipError('sizes', 'A file has two different sizes though it is not compressed.', name);
  }
  if (offset === 0xffffffff) offset = next();
  return { size, offset };
}

function checkPlace(
  entry: ZipEntry,
  place: { expected: number; contentOffset: number; limit: number },
): void {
  if (entry.offset > place.expected) {
    const where = place.expected === 0 ? 'prefix' : 'gap';
    throw new ZipError(where, 'Bytes stand before a file of the zip file that belong to none.', entry.name);
  }
  if (entry.offset < place.expected) {
    throw new ZipError(
      'overlap',
      'Two files of the zip file share bytes, or stand in another order than listed.',
      entry.name,
    );
  }
  if (place.contentOffset + entry.size > place.limit) {
    throw new ZipError(
      'out-of-bounds',
      'A file is said to be larger than the zip file has room for.',
      entry.name,
    );
  }
}

/**
 * The content of an entry in pieces, each of which the next overwrites. After the last one it throws ZipError
 * 'checksum' where the CRC-32 differs: whoever hashes as well has then seen all bytes.
 */
export async function* contentOf(
  source: ByteSource,
  entry: StoredEntry,
  crc32: Crc32,
): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for await (const piece of pieces(source, entry.contentOffset, entry.size)) {
    crc = crc32(piece, crc);
    yield piece;
  }
  if (crc !== entry.crc32) {
    throw new ZipError(
      'checksum',
      'The content of a file differs from its checksum in the zip file.',
      entry.name,
    );
  }
}
