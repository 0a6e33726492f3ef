/** Raw deflate and gzip in JavaScript, for where there is no Node. */
import { concatBytes } from '../digest/sha256.ts';
import { portableCrc32 } from '../zip/crc32.ts';
import { ByteSource } from './byte-source.ts';
import { type Deflate, GzipMember, MemberDamaged } from './gzip-member.ts';
import { DeflateDamaged, Inflater } from './inflate.ts';
import { GzipDamaged } from './tools.ts';

const CHUNK = 64 * 1024;
/** Of members that are salvaged, as decompressed: attacker-controlled. */
const SALVAGE_OUTPUT = 16 * 1024 * 1024;

async function* inflated(file: ByteSource): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  while (!inflater.ended) {
    const chunk = await file.take(CHUNK);
    if (chunk === null) throw new MemberDamaged('is cut short: the file ends inside it');
    try {
      yield* inflater.inflate(chunk);
    } catch (error) {
      if (error instanceof DeflateDamaged) throw new MemberDamaged('holds data that cannot be decompressed');
      throw error;
    }
    if (inflater.ended) file.unread(chunk.subarray(chunk.length - Math.min(inflater.rest(), chunk.length)));
  }
}

function salvaged(bytes: Uint8Array): Uint8Array {
  return startOf(bytes, SALVAGE_OUTPUT);
}

/** What decompresses of `bytes` before their end or damage, and at least `most` of it where there is so much. */
export function startOf(bytes: Uint8Array, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (const part of new Inflater().inflate(bytes)) {
      parts.push(part);
      length += part.length;
      if (length >= most) break;
    }
  } catch (error) {
    if (!(error instanceof DeflateDamaged)) throw error;
  }
  return concatBytes(...parts);
}

export const portableDeflate: Deflate = { inflated, salvaged, crc32: portableCrc32 };

/**
 * Undoes gzip of one or several members. Rejects with `GzipDamaged` where they are damaged or end early, and with what `chunks`
 * throws. Deflate makes a thousandfold of nothing: whoever reads bounds what comes.
 */
export async function* portableGunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const file = new ByteSource(copied(chunks));
  for (let first = true; ; first = false) {
    const start = await file.peek(2);
    // What lies behind the last member and is none, node:zlib passes over, too.
    if (!first && (start[0] !== 0x1f || start[1] !== 0x8b)) return;
    const member = new GzipMember(file, { left: 0 }, portableDeflate);
    yield* member.bytes();
    if (member.end.state !== 'whole') throw new GzipDamaged('it cannot be decompressed to its end');
  }
}

/** The next piece may overwrite this one before it was taken. */
async function* copied(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}
