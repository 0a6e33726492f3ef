/** A policy text as lines, each with its place; offsets are in UTF-16 code units, as JavaScript counts. */

export interface Line {
  start: number;
  /** Without the line break. */
  end: number;
  text: string;
}

/** Lines end with LF, CR LF or CR. A text that ends with a line break has no empty last line. */
export function toLines(text: string): Line[] {
  const lines: Line[] = [];
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let found = breaks.exec(text); found !== null; found = breaks.exec(text)) {
    lines.push({ start, end: found.index, text: text.slice(start, found.index) });
    start = found.index + found[0].length;
  }
  if (start < text.length) lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

export const isBlank = (text: string): boolean => text.trim() === '';

/** Widths of letters in thousandths of an em, as in the types that such pages are printed with. */
const widths = new Map<string, number>();
function setWidths(letters: string, each: readonly number[]): void {
  for (const [i, letter] of [...letters].entries()) widths.set(letter, each[i] ?? 540);
}
setWidths('abcdefghijklm', [479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455, 229, 799]);
setWidths('nopqrstuvwxyz', [525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395]);
setWidths('ABCDEFGHIJKLM', [579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855]);
setWidths('NOPQRSTUVWXYZ', [646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468]);
setWidths(" .,:;'’‘-()/", [226, 252, 250, 268, 268, 221, 250, 250, 306, 303, 303, 386]);
setWidths('“”&—–"!?@', [418, 418, 682, 906, 498, 401, 326, 463, 894]);
setWidths('0123456789', new Array<number>(10).fill(507));

/** About how wide a line prints: good enough to say whether one more word would have fitted. */
export function printedWidth(text: string): number {
  let width = 0;
  for (const char of text) width += widths.get(char) ?? 540;
  return width;
}
