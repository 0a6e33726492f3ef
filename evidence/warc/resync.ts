/** Finding the next record behind a damaged place, plain or compressed. */
import { constants, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';

/** Compressed bytes that are tried: enough for 'WARC/1.0', and they cannot grow beyond 1 MiB. */
const TRIAL_BYTES = 1024;
/** A hostile file can consist of false starts. */
const MAX_TRIALS = 100_000;

const WINDOW = 64 * 1024;
/** Either may lie at the end of one window and in the next: so much is looked at again. */
const SEAM = 16;

/** One character a byte; which one matters for ASCII alone. */
const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Whether the bytes begin a gzip member that begins with a WARC record. Members with a name and such are left out. */
function beginsMember(bytes: Uint8Array): boolean {
  if (bytes[3] !== 0) return false;
  try {
    const start = inflateRawSync(bytes.subarray(10), { finishFlush: constants.Z_SYNC_FLUSH });
    return /^WARC\/\d\.\d/.test(latin1(start.subarray(0, 16)));
  } catch {
    return false;
  }
}

function indexOfMember(window: Uint8Array): number {
  for (let at = window.indexOf(0x1f); at >= 0; at = window.indexOf(0x1f, at + 1)) {
    if (window[at + 1] === 0x8b && window[at + 2] === 8) return at;
  }
  return -1;
}

/** The next place in the window where a record may begin, and of which kind it would be. */
function candidate(window: Uint8Array): { at: number; gzip: boolean } | null {
  const text = latin1(window);
  const plain = /\nWARC\/\d\.\d\r?\n/.exec(text);
  const gzip = indexOfMember(window);
  if (gzip >= 0 && (plain === null || gzip < plain.index)) return { at: gzip, gzip: true };
  return plain === null ? null : { at: plain.index + 1, gzip: false };
}

/**
 * Takes bytes until a record begins: a line 'WARC/1.x', or a gzip member with a record inside; or to the end;
 * or until too much was tried.
 */
export async function toNextRecord(file: ByteSource): Promise<'found' | 'end' | 'too-many'> {
  for (let trials = 0; trials < MAX_TRIALS; ) {
    const window = await file.peek(WINDOW);
    const found = candidate(window);
    if (found === null) {
      if (window.length < WINDOW) {
        await file.skip(window.length);
        return 'end';
      }
      await file.skip(window.length - SEAM);
      continue;
    }
    await file.skip(found.at);
    if (!found.gzip) return 'found';
    trials += 1;
    if (beginsMember(await file.peek(TRIAL_BYTES))) return 'found';
    await file.skip(1);
  }
  return 'too-many';
}
