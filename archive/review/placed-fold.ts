/**
 * Text in the writing that the search index folds together, of which each character knows where it stood: a phrase is
 * found in it as a search would find it, and named by the exact words of the original.
 */
import { fold } from '../../db/search/fold.ts';

export interface PlacedFold {
  folded: string;
  /** For each code unit of `folded`: which character, as a reader sees it, it came from. */
  pieceOf: readonly number[];
  /** Where each of these characters begins in the original, in code points; and, last, where the text ends. */
  starts: readonly number[];
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const isAscii = /^[\0-\x7f]*$/;

/** A letter with its marks, an emoji of several code points, a syllable: what no quote should cut apart. */
function piecesOf(text: string): Iterable<string> {
  // Of ASCII only a line break is more than one code unit, and white space is one space in what follows.
  return isAscii.test(text) ? text : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** White space of any kind and length is one space. */
export function placedFold(text: string): PlacedFold {
  const folded: string[] = [];
  const pieceOf: number[] = [];
  const starts: number[] = [];
  let [at, piece, isSpace] = [0, 0, false];
  for (const segment of piecesOf(text)) {
    starts.push(at);
    // A capital sigma at the end of a word becomes another letter than inside; piece by piece nothing is at an end.
    for (const unit of fold(segment).replaceAll('ς', 'σ').split('')) {
      const wasSpace = isSpace;
      isSpace = /\s/.test(unit);
      if (isSpace && wasSpace) continue;
      folded.push(isSpace ? ' ' : unit);
      pieceOf.push(piece);
    }
    at += [...segment].length;
    piece += 1;
  }
  starts.push(at);
  return { folded: folded.join(''), pieceOf, starts };
}
