/** A byte stream as lines, with bounds: what a stranger calls a text file may be one line without end. */

export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its line break. */
  readonly bytes: Uint8Array;
}

/** How reading lines stops before the end. */
export class LinesTooLong extends Error {}

/**
 * Lines end with LF, CR LF or CR; the last one may end with the stream. Throws `LinesTooLong` for a line over `maxLine`
 * bytes or more than `maxLines` lines, and what `chunks` throws. A line stays as it is until the next is asked for.
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  { maxLine, maxLines }: { maxLine: number; maxLines: number },
): AsyncGenerator<TextLine> {
  let held = new Uint8Array(256);
  let size = 0;
  let number = 0;
  let afterReturn = false;
  const line = (): TextLine => {
    number += 1;
    if (number > maxLines) throw new LinesTooLong(`more than ${maxLines} lines`);
    return { number, bytes: held.subarray(0, size) };
  };
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const end = endOfLine(chunk, at);
      const part = chunk.subarray(at, end);
      if (size + part.length > maxLine) throw new LinesTooLong(`a line of more than ${maxLine} bytes`);
      held = withRoom(held, size, part.length);
      held.set(part, size);
      size += part.length;
      at = end + 1;
      if (end === chunk.length) {
        if (part.length > 0) afterReturn = false;
        continue;
      }
      // CR LF is one line break, wherever the pieces are cut.
      const isSecondHalf = chunk[end] === 10 && afterReturn && part.length === 0;
      afterReturn = chunk[end] === 13;
      if (isSecondHalf) continue;
      yield line();
      size = 0;
    }
  }
  if (size > 0) yield line();
}

function endOfLine(chunk: Uint8Array, from: number): number {
  const lf = chunk.indexOf(10, from);
  const until = lf < 0 ? chunk.length : lf;
  const cr = chunk.subarray(from, until).indexOf(13);
  return cr < 0 ? until : from + cr;
}

function withRoom(held: Uint8Array<ArrayBuffer>, size: number, more: number): Uint8Array<ArrayBuffer> {
  if (size + more <= held.length) return held;
  const larger = new Uint8Array(Math.max(held.length * 2, size + more));
  larger.set(held.subarray(0, size));
  return larger;
}
