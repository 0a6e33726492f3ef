/** Zip files as other programs write them: deflated, with data descriptors, comments, Zip64; and with contradictions. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ForeignFile {
  name: string;
  content: Uint8Array | string;
  /** Default: stored. */
  deflate?: boolean;
  /** Sizes and checksum follow the content, and are 0 in the local header. */
  descriptor?: boolean;
  zip64?: boolean;
  /** Unix mode; default: a regular file. */
  mode?: number;
  /** What the local header says instead. */
  local?: { name?: string; crc?: number; size?: number; method?: number };
  /** What the directory says instead. */
  central?: {
    crc?: number;
    size?: number;
    compressedSize?: number;
    method?: number;
    flags?: number;
    offset?: number;
  };
}

type Field = readonly [width: 2 | 4 | 8, value: number];

function record(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) bytes.writeUInt16LE(value, at);
    else if (width === 4) bytes.writeUInt32LE(value, at);
    else bytes.writeBigUInt64LE(BigInt(value), at);
    at += width;
  }
  return bytes;
}

const time = 0x5a21;
const date = 0x5a99;

function entry(file: ForeignFile, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(file.content);
  const packed = file.deflate ? deflateRawSync(content) : content;
  const method = file.deflate ? 8 : 0;
  const crc = crc32(content);
  const flags = file.central?.flags ?? (file.descriptor ? 0x808 : 0x800);
  const name = Buffer.from(file.name);
  const localName = Buffer.from(file.local?.name ?? file.name);
  const later = file.descriptor === true;
  const localHeader = record(
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, file.local?.method ?? method],
    [2, time],
    [2, date],
    [4, file.local?.crc ?? (later ? 0 : crc)],
    [4, later ? 0 : packed.length],
    [4, file.local?.size ?? (later ? 0 : content.length)],
    [2, localName.length],
    [2, 0],
  );
  const descriptor = later
    ? record([4, 0x08074b50], [4, crc], [4, packed.length], [4, content.length])
    : Buffer.alloc(0);
  const size = file.central?.size ?? content.length;
  const compressedSize = file.central?.compressedSize ?? packed.length;
  const place = file.central?.offset ?? offset;
  const extra = file.zip64
    ? record([2, 1], [2, 24], [8, size], [8, compressedSize], [8, place])
    : Buffer.alloc(0);
  const short = (value: number) => (file.zip64 ? 0xffffffff : value);
  const centralHeader = record(
    [4, 0x02014b50],
    [2, (3 << 8) | 45],
    [2, 20],
    [2, flags],
    [2, file.central?.method ?? method],
    [2, time],
    [2, date],
    [4, file.central?.crc ?? crc],
    [4, short(compressedSize)],
    [4, short(size)],
    [2, name.length],
    [2, extra.length],
    [2, 4],
    [2, 0],
    [2, 0],
    [4, (file.mode ?? 0o100644) * 0x10000],
    [4, short(place)],
  );
  return {
    local: Buffer.concat([localHeader, localName, packed, descriptor]),
    central: Buffer.concat([centralHeader, name, extra, Buffer.from('note')]),
  };
}

/** The bytes of a zip file with these entries, in this order. */
export function foreignZip(
  files: readonly ForeignFile[],
  { comment = '', zip64End = false }: { comment?: string; zip64End?: boolean } = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = entry(file, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const at = offset + directory.length;
  const end64 = zip64End
    ? Buffer.concat([
        record(
          ...([
            [4, 0x06064b50],
            [8, 44],
            [2, 45],
            [2, 45],
            [4, 0],
            [4, 0],
            [8, files.length],
            [8, files.length],
            [8, directory.length],
            [8, offset],
          ] as const),
        ),
        record([4, 0x07064b50], [4, 0], [8, at], [4, 1]),
      ])
    : Buffer.alloc(0);
  const end = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, zip64End ? 0xffff : files.length],
    [2, zip64End ? 0xffff : files.length],
    [4, zip64End ? 0xffffffff : directory.length],
    [4, zip64End ? 0xffffffff : offset],
    [2, Buffer.byteLength(comment)],
  );
  return Buffer.concat([...locals, directory, end64, end, Buffer.from(comment)]);
}
