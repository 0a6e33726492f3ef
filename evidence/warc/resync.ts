/** Finding the next record behind a damaged place, plain or compressed. */
import type { ByteSource } from './byte-source.ts';
import type { WarcTools } from './tools.ts';

/** Compressed bytes that are tried: enough for 'WARC/1.0', and they cannot grow beyond 1 MiB. */
const TRIAL_BYTES = 1024;
/** A hostile file can consist of false starts. */
const MAX_TRIALS = 20_000;

const WINDOW = 64 * 1024;

/** One character a byte; which one matters for ASCII alone. */
const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Where in the window, before `limit`, a record begins; null where none does. Counts what it tries. */
function recordWithin(
  window: Uint8Array,
  limit: number,
  trials: { left: number },
  { beginsMember }: Pick<WarcTools, 'beginsMember'>,
): number | null {
  const line = /\nWARC\/\d\.\d\r?\n/.exec(latin1(window));
  const plain = line === null || line.index + 1 >= limit ? limit : line.index + 1;
  for (let at = window.indexOf(0x1f); at >= 0 && at < plain; at = window.indexOf(0x1f, at + 1)) {
    if (window[at + 1] !== 0x8b || window[at + 2] !== 8) continue;
    trials.left -= 1;
    if (trials.left < 0) return null;
    if (beginsMember(window.subarray(at, at + TRIAL_BYTES))) return at;
  }
  return plain < limit ? plain : null;
}

/**
 * Takes bytes until a record begins: a line 'WARC/1.x', or a gzip member with a record inside; or to the end;
 * or until too much was tried.
 */
export async function toNextRecord(
  file: ByteSource,
  tools: Pick<WarcTools, 'beginsMember'>,
): Promise<'found' | 'end' | 'too-many'> {
  const trials = { left: MAX_TRIALS };
  while (trials.left >= 0) {
    const window = await file.peek(WINDOW);
    const isLast = window.length < WINDOW;
    // What begins in the last bytes of a window is looked at with the next one, when there is enough of it.
    const limit = isLast ? window.length : WINDOW - TRIAL_BYTES;
    const at = recordWithin(window, limit, trials, tools);
    if (at !== null) {
      await file.skip(at);
      return 'found';
    }
    // One byte less: the line break before a line belongs to what is looked for.
    await file.skip(isLast ? window.length : limit - 1);
    if (isLast) return trials.left < 0 ? 'too-many' : 'end';
  }
  return 'too-many';
}
