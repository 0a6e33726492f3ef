/** Raw deflate by node:zlib. */
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { type Deflate, MemberDamaged } from './gzip-member.ts';

const CHUNK = 64 * 1024;

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

/** Of members that are salvaged, as decompressed: attacker-controlled. */
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

async function* inflated(file: ByteSource): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: CHUNK });
  const feeding = feed(file, inflater);
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

export const nodeDeflate: Deflate = {
  inflated,
  salvaged,
  crc32: (bytes, previous) => crc32(bytes, previous),
};
