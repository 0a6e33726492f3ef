/** The end of a zip file that another program wrote: its directory, wherever a comment or Zip64 put the end. */
import type { ByteSource } from '../source/byte-source.ts';
import { maxDirectorySize, maxEntries } from './end.ts';
import { ZipError } from './error.ts';
import { length, signature } from './format.ts';

export interface ForeignDirectory {
  entries: number;
  offset: number;
  size: number;
}

/** Reads the end records. Bytes behind the end, or between directory and end, are refused. Errors: ZipError. */
export async function readForeignEnd(source: ByteSource): Promise<ForeignDirectory> {
  const { at, fields } = await findEnd(source);
  const short = {
    entries: fields.getUint16(10, true),
    size: fields.getUint32(12, true),
    offset: fields.getUint32(16, true),
  };
  const needs64 = short.entries === 0xffff || short.size === 0xffffffff || short.offset === 0xffffffff;
  const found = needs64 ? await readEnd64(source, at) : { ...short, end: at };
  if (found.entries > maxEntries || found.size > maxDirectorySize) {
    throw new ZipError(
      'too-many-entries',
      `Expected at most ${maxEntries} files; the zip file says ${found.entries}.`,
    );
  }
  if (found.offset + found.size !== found.end) {
    throw new ZipError(
      'directory-damaged',
      'The directory of the zip file is not where its end says that it is.',
    );
  }
  return { entries: found.entries, offset: found.offset, size: found.size };
}

/** The last record whose comment reaches exactly to the end of the file. */
async function findEnd(source: ByteSource): Promise<{ at: number; fields: DataView }> {
  const span = Math.min(source.size, length.end + 0xffff);
  const from = source.size - span;
  const bytes = new Uint8Array(await source.read(from, span));
  const tail = new DataView(bytes.buffer);
  let added = false;
  for (let at = span - length.end; at >= 0; at--) {
    if (tail.getUint32(at, true) !== signature.end) continue;
    if (at + length.end + tail.getUint16(at + 20, true) === span) {
      return { at: from + at, fields: new DataView(bytes.buffer, at, length.end) };
    }
    added = true;
  }
  if (added) {
    throw new ZipError('trailing-bytes', 'The zip file was cut off, or bytes were added after its end.');
  }
  throw new ZipError('not-a-zip', 'Expected a zip file; no end of one was found. Was it copied completely?');
}

async function readEnd64(source: ByteSource, endAt: number): Promise<ForeignDirectory & { end: number }> {
  const damaged = () =>
    new ZipError('directory-damaged', 'The Zip64 end of the zip file is missing or damaged.');
  const locatorAt = endAt - length.locator64;
  if (locatorAt < 0) throw damaged();
  const locator = await view(source, locatorAt, length.locator64);
  if (locator.getUint32(0, true) !== signature.locator64) throw damaged();
  const end = safe(locator.getBigUint64(8, true));
  if (end === null || end + length.end64 > locatorAt) throw damaged();
  const end64 = await view(source, end, length.end64);
  // The record may be longer than we know (APPNOTE 4.3.14.1), but not reach elsewhere than to its locator.
  const recordSize = safe(end64.getBigUint64(4, true));
  if (end64.getUint32(0, true) !== signature.end64 || recordSize === null) throw damaged();
  if (end + 12 + recordSize !== locatorAt) throw damaged();
  const [entries, size, offset] = [32, 40, 48].map((at) => safe(end64.getBigUint64(at, true)));
  if (entries == null || size == null || offset == null) throw damaged();
  return { entries, size, offset, end };
}

async function view(source: ByteSource, offset: number, size: number): Promise<DataView> {
  const bytes = new Uint8Array(await source.read(offset, size));
  return new DataView(bytes.buffer);
}

function safe(value: bigint): number | null {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}
