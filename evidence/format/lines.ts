/** A byte stream as lines of text, with bounds: what a stranger calls a text file may be one line without end. */

/** What makes text of bytes that come in pieces: a TextDecoder, or something like it. */
export interface TextPieces {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its line break. */
  readonly text: string;
}

/** Why reading lines stopped before the end: the end of a sentence that begins 'it has'. */
export class LinesTooLong extends Error {}

/**
 * Lines end with LF, CR LF or CR; the last one may end with the stream. Throws `LinesTooLong` for a line of more than
 * `maxLine` UTF-16 units or more than `maxLines` lines, and what `chunks` and the decoder throw.
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  decoder: TextPieces,
  { maxLine, maxLines }: { maxLine: number; maxLines: number },
): AsyncGenerator<TextLine> {
  let pending = '';
  let number = 0;
  const line = (text: string): TextLine => {
    number += 1;
    if (number > maxLines) throw new LinesTooLong(`more than ${maxLines} lines`);
    if (text.length > maxLine) throw tooLong(maxLine);
    return { number, text };
  };
  for await (const chunk of chunks) {
    const parts = (pending + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    // A CR at the end may be half of a line break: it waits for what follows.
    pending = parts.pop() ?? '';
    if (pending.length > maxLine + 1) throw tooLong(maxLine);
    for (const part of parts) yield line(part);
  }
  const rest = (pending + decoder.decode()).split(/\r\n|\n|\r/);
  if (rest.at(-1) === '') rest.pop();
  for (const part of rest) yield line(part);
}

const tooLong = (maxLine: number) => new LinesTooLong(`a line of more than ${maxLine} characters`);
