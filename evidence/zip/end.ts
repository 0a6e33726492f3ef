/** Finding the end of a zip file, and saying what kind of file it is when there is none. */

import { sameBytes } from '../digest/sha256.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { ZipError } from './error.ts';
import { encodeEnd, length, signature } from './format.ts';

export interface Directory {
  entries: number;
  offset: number;
  size: number;
}

/** Beyond these a reader would need more memory than it should. */
export const maxEntries = 250_000;
export const maxDirectorySize = 64 * 1024 * 1024;

/** Reads the end records, which must be the last bytes of the file. Errors: ZipError. */
export async function readEnd(source: ByteSource): Promise<Directory> {
  const start = source.size - length.end;
  const last = start < 0 ? null : view(await source.read(start, length.end));
  if (last === null || last.getUint32(0, true) !== signature.end) throw await explainMissingEnd(source);
  if (last.getUint16(20, true) !== 0) {
    throw new ZipError(
      'truncated',
      'The zip file says that a comment follows its end, but the file stops there.',
    );
  }
  const short = {
    entries: last.getUint16(10, true),
    size: last.getUint32(12, true),
    offset: last.getUint32(16, true),
  };
  const needs64 = short.entries === 0xffff || short.size === 0xffffffff || short.offset === 0xffffffff;
  const directory = needs64 ? await readEnd64(source, start) : short;
  if (directory.entries > maxEntries || directory.size > maxDirectorySize) {
    throw new ZipError(
      'too-many-entries',
      `Expected at most ${maxEntries} files; the zip file says ${directory.entries}.`,
    );
  }
  await checkTail(source, directory);
  return directory;
}

async function readEnd64(source: ByteSource, endStart: number): Promise<Directory> {
  const damaged = () =>
    new ZipError(
      'directory-damaged',
      'The Zip64 end of the zip file is missing, damaged or not where it belongs.',
    );
  const start = endStart - length.locator64 - length.end64;
  if (start < 0) throw damaged();
  const end64 = view(await source.read(start, length.end64));
  if (end64.getUint32(0, true) !== signature.end64) throw damaged();
  const [entries, size, offset] = [32, 40, 48].map((at) => Number(end64.getBigUint64(at, true)));
  if (entries === undefined || size === undefined || offset === undefined) throw damaged();
  if (![entries, size, offset].every(Number.isSafeInteger)) throw damaged();
  return { entries, size, offset };
}

/** The end must be exactly what Holdfast writes for this directory, and follow it without a gap. */
async function checkTail(source: ByteSource, directory: Directory): Promise<void> {
  const expected = encodeEnd(directory);
  const start = directory.offset + directory.size;
  if (start + expected.length !== source.size) {
    throw new ZipError(
      'directory-damaged',
      'The directory of the zip file is not where its end says that it is.',
    );
  }
  if (!sameBytes(await source.read(start, expected.length), expected)) {
    throw new ZipError('directory-damaged', 'The end of the zip file differs from what Holdfast writes.');
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A file without an end where it belongs: another kind of file, one cut in half, or one with bytes added. */
async function explainMissingEnd(source: ByteSource): Promise<ZipError> {
  const startsAsZip =
    source.size >= 4 && view(await source.read(0, 4)).getUint32(0, true) === signature.local;
  const found = await findEnd(source);
  if (found?.isComment) {
    return new ZipError('comment', 'The zip file carries a comment; Holdfast writes none.');
  }
  if (found !== null) {
    return new ZipError('trailing-bytes', 'Bytes were added after the end of the zip file.');
  }
  if (startsAsZip) {
    return new ZipError(
      'truncated',
      'The zip file has no end: it was cut off, or not copied completely. Copy it again.',
    );
  }
  return new ZipError('not-a-zip', 'This is not a bundle: expected a zip file as Holdfast writes it.');
}

/** Looks for an end whose directory fits, within the longest comment that a zip file can have. */
async function findEnd(source: ByteSource): Promise<{ isComment: boolean } | null> {
  const span = Math.min(source.size, length.end + 0xffff);
  const from = source.size - span;
  const tail = view(await source.read(from, span));
  for (let at = span - length.end; at >= 0; at--) {
    if (tail.getUint32(at, true) !== signature.end) continue;
    const directory = { size: tail.getUint32(at + 12, true), offset: tail.getUint32(at + 16, true) };
    // The end of a zip file stored inside this one does not fit the place where it stands.
    const fits = directory.offset + directory.size === from + at || directory.offset === 0xffffffff;
    if (fits) return { isComment: at + length.end + tail.getUint16(at + 20, true) === span };
  }
  return null;
}
