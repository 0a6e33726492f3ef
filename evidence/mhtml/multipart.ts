/** Where the parts of a multipart body lie (RFC 2046, section 5.1.1): offsets only, nothing is decoded. */

export interface PartRange {
  /** Offset in bytes of the part's first header line. */
  start: number;
  /** Offset behind its last byte; the line break before the next delimiter belongs to the delimiter. */
  end: number;
  /** A delimiter ended it; otherwise the data did. */
  closed: boolean;
}

export interface PartRanges {
  parts: PartRange[];
  /** The closing delimiter was found. */
  closed: boolean;
  /** Offset at which the search stopped because there are more parts than asked for; null where it did not. */
  stoppedAt: number | null;
}

const LF = 10;
const CR = 13;
const DASH = 45;

type Delimiter = 'open' | 'close' | null;

/** What the line from `at` to `end` (without its line break) is. */
function delimiterAt(bytes: Uint8Array, at: number, end: number, boundary: Uint8Array): Delimiter {
  if (end - at < boundary.length + 2 || bytes[at] !== DASH || bytes[at + 1] !== DASH) return null;
  for (let i = 0; i < boundary.length; i += 1) {
    if (bytes[at + 2 + i] !== boundary[i]) return null;
  }
  let rest = at + 2 + boundary.length;
  const closes = bytes[rest] === DASH && bytes[rest + 1] === DASH && rest + 2 <= end;
  if (closes) rest += 2;
  for (; rest < end; rest += 1) {
    const byte = bytes[rest];
    if (byte !== 32 && byte !== 9 && byte !== CR) return null;
  }
  return closes ? 'close' : 'open';
}

function beforeLineBreak(bytes: Uint8Array, start: number, lineStart: number): number {
  if (lineStart - 1 < start) return lineStart;
  return lineStart - 2 >= start && bytes[lineStart - 2] === CR ? lineStart - 2 : lineStart - 1;
}

/**
 * Finds the parts of the multipart body between the offsets `start` and `end` of `bytes`.
 * Preamble and epilogue belong to no part. At most `most` parts are listed.
 */
export function findParts(
  bytes: Uint8Array,
  start: number,
  end: number,
  boundary: string,
  most: number,
): PartRanges {
  const mark = new TextEncoder().encode(boundary);
  const parts: PartRange[] = [];
  let open: number | null = null;
  for (let line = start; line < end; ) {
    const lf = bytes.indexOf(LF, line);
    const lineEnd = lf < 0 || lf >= end ? end : lf;
    const found = delimiterAt(bytes, line, lineEnd, mark);
    if (found !== null) {
      if (open !== null) parts.push({ start: open, end: beforeLineBreak(bytes, open, line), closed: true });
      if (found === 'close') return { parts, closed: true, stoppedAt: null };
      if (parts.length >= most) return { parts, closed: false, stoppedAt: line };
      open = Math.min(lineEnd + 1, end);
    }
    line = lineEnd + 1;
  }
  if (open !== null && open < end) parts.push({ start: open, end, closed: false });
  return { parts, closed: false, stoppedAt: null };
}
