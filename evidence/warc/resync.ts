/** Finding the next record behind a damaged place. */
import { constants, inflateRawSync } from 'node:zlib';
import { concatBytes } from '../digest/sha256.ts';
import type { ByteSource } from './byte-source.ts';

/** Compressed bytes that are tried: enough for 'WARC/1.0', and they cannot grow beyond 1 MiB. */
const TRIAL_BYTES = 1024;
/** A hostile file can consist of false starts. */
const MAX_TRIALS = 100_000;

const CHUNK = 64 * 1024;
const LINE = /(?:^|\n)WARC\/\d\.\d\r?\n/;
/** Characters of the longest match but one: a match may lie across two pieces. */
const SEAM = 12;

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Takes bytes until a line 'WARC/1.x' begins, or to the end; answers whether one was found. */
export async function toNextPlainRecord(file: ByteSource): Promise<boolean> {
  let tail: Uint8Array = new Uint8Array(0);
  for (;;) {
    const chunk = await file.take(CHUNK);
    if (chunk === null) return false;
    const window = concatBytes(tail, chunk);
    const found = LINE.exec(latin1(window));
    if (found !== null) {
      const at = found.index + (found[0].startsWith('\n') ? 1 : 0);
      file.unread(window.slice(at));
      return true;
    }
    tail = window.slice(-SEAM);
  }
}

/** Whether the bytes begin a gzip member that begins with a WARC record. Members with extra fields are left out. */
function beginsMember(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || bytes[3] !== 0) return false;
  try {
    const start = inflateRawSync(bytes.subarray(10), { finishFlush: constants.Z_SYNC_FLUSH });
    return /^WARC\/\d\.\d/.test(latin1(start.subarray(0, 16)));
  } catch {
    return false;
  }
}

/** Takes bytes until a gzip member with a WARC record begins, or to the end, or until too much was tried. */
export async function toNextMember(file: ByteSource): Promise<'found' | 'end' | 'too-many'> {
  for (let trials = 0; trials < MAX_TRIALS; ) {
    const window = await file.peek(CHUNK);
    if (window.length === 0) return 'end';
    const at = window.indexOf(0x1f);
    if (at < 0) {
      await file.skip(window.length);
      continue;
    }
    await file.skip(at);
    const start = await file.peek(TRIAL_BYTES);
    if (start[1] === 0x8b && start[2] === 8) {
      trials += 1;
      if (beginsMember(start)) return 'found';
    }
    await file.skip(1);
  }
  return 'too-many';
}
