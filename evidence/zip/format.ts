/**
 * The records of a zip file (PKWARE APPNOTE 6.3.10), in the one form that Holdfast writes: stored entries only,
 * sizes known beforehand, names in ASCII, one time for all, Zip64 exactly where a number needs it.
 *
 * The reader encodes what it decoded and compares: whatever these functions would not write is refused.
 */
import { concatBytes } from '../digest/sha256.ts';

export const signature = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;

export const length = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 } as const;

/** A regular file, readable by all, writable by its owner (Unix mode 0100644) in the upper 16 bits. */
export const regularFile = 0o100644 * 0x10000;

const utf8Names = 0x0800;
const madeByUnix = 3 << 8;
const max16 = 0xffff;
const max32 = 0xffffffff;
const versionStored = 10;
const version64 = 45;

/** MS-DOS date and time as zip holds them. */
export interface DosTime {
  date: number;
  time: number;
}

export interface ZipEntry {
  readonly name: string;
  /** Bytes of the content, which is stored as it is. */
  readonly size: number;
  readonly crc32: number;
  /** Of the local header. */
  readonly offset: number;
}

/**
 * The time in the form that zip entries carry: no zone (Holdfast writes UTC), even seconds.
 * Throws a RangeError before 1980 and after 2107, which the form cannot say.
 */
export function dosTime(instant: Date): DosTime {
  const year = instant.getUTCFullYear();
  if (!(year >= 1980 && year <= 2107))
    throw new RangeError('a zip file cannot carry a time before 1980 or after 2107');
  return {
    date: ((year - 1980) << 9) | ((instant.getUTCMonth() + 1) << 5) | instant.getUTCDate(),
    time: (instant.getUTCHours() << 11) | (instant.getUTCMinutes() << 5) | (instant.getUTCSeconds() >> 1),
  };
}

/** Numbers one after the other, little endian: pairs of width in bytes and value. */
function record(...fields: readonly [width: 2 | 4 | 8, value: number][]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function ascii(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/** The Zip64 extra field (APPNOTE 4.5.3) with these numbers; nothing without any. */
function extra64(values: readonly number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array();
  return record([2, 1], [2, values.length * 8], ...values.map((value): [8, number] => [8, value]));
}

/** Local file header (APPNOTE 4.3.7). */
export function encodeLocal(entry: Omit<ZipEntry, 'offset'>, modified: DosTime): Uint8Array {
  const large = entry.size >= max32;
  const name = ascii(entry.name);
  const extra = extra64(large ? [entry.size, entry.size] : []);
  const size = large ? max32 : entry.size;
  const header = record(
    [4, signature.local],
    [2, large ? version64 : versionStored],
    [2, utf8Names],
    [2, 0],
    [2, modified.time],
    [2, modified.date],
    [4, entry.crc32],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
  );
  return concatBytes(header, name, extra);
}

/** Where the CRC-32 stands in a local header. */
export const crcOffsetInLocal = 14;

/** Central directory header (APPNOTE 4.3.12). */
export function encodeCentral(entry: ZipEntry, modified: DosTime): Uint8Array {
  const large = entry.size >= max32;
  const far = entry.offset >= max32;
  const name = ascii(entry.name);
  const extra = extra64([...(large ? [entry.size, entry.size] : []), ...(far ? [entry.offset] : [])]);
  const size = large ? max32 : entry.size;
  const version = large || far ? version64 : versionStored;
  const header = record(
    [4, signature.central],
    [2, madeByUnix | version64],
    [2, version],
    [2, utf8Names],
    [2, 0],
    [2, modified.time],
    [2, modified.date],
    [4, entry.crc32],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, regularFile],
    [4, far ? max32 : entry.offset],
  );
  return concatBytes(header, name, extra);
}

/** What stands after the central directory: with Zip64 its own end and locator (APPNOTE 4.3.14 to 4.3.16). */
export function encodeEnd(directory: { entries: number; offset: number; size: number }): Uint8Array {
  const { entries, offset, size } = directory;
  const large = entries >= max16 || offset >= max32 || size >= max32;
  const end = record(
    [4, signature.end],
    [2, 0],
    [2, 0],
    [2, Math.min(entries, max16)],
    [2, Math.min(entries, max16)],
    [4, Math.min(size, max32)],
    [4, Math.min(offset, max32)],
    [2, 0],
  );
  if (!large) return end;
  const end64 = record(
    [4, signature.end64],
    [8, length.end64 - 12],
    [2, madeByUnix | version64],
    [2, version64],
    [4, 0],
    [4, 0],
    [8, entries],
    [8, entries],
    [8, size],
    [8, offset],
  );
  return concatBytes(end64, record([4, signature.locator64], [4, 0], [8, offset + size], [4, 1]), end);
}
