/** Where a phrase stands in a text. */
import type { Quote } from '../../contract/model/clause.ts';
import { type PlacedFold, placedFold } from './placed-fold.ts';

/** What the search index takes for a part of a word. */
const word = '[\\p{L}\\p{N}\\p{M}\\p{Co}]';
const endsInWord = new RegExp(`${word}$`, 'u');
const beginsWithWord = new RegExp(`^${word}`, 'u');

export interface SearchableText {
  points: readonly string[];
  placed: PlacedFold;
}

export function searchable(text: string): SearchableText {
  return { points: [...text], placed: placedFold(text) };
}

/** The phrase as it is looked for; '' where nothing of it is left, as of a joiner alone. */
export function foldedPhrase(text: string): string {
  return placedFold(text).folded.trim();
}

/** No word goes on before `from` or after `to`. */
function isWhole(folded: string, from: number, to: number): boolean {
  const goesOn = (before: string, after: string): boolean =>
    endsInWord.test(before) && beginsWithWord.test(after);
  const around = (at: number): boolean =>
    goesOn(folded.slice(Math.max(0, at - 2), at), folded.slice(at, at + 2));
  return !around(from) && !around(to);
}

/** The characters that a place covers, if it covers each of them whole; spaces that a fold put around one do not count. */
function coveredPieces({ folded, pieceOf }: PlacedFold, from: number, to: number): [number, number] | null {
  const [first, last] = [pieceOf[from] ?? 0, pieceOf[to - 1] ?? 0];
  for (let at = from - 1; pieceOf[at] === first; at -= 1) if (folded[at] !== ' ') return null;
  for (let at = to; pieceOf[at] === last; at += 1) if (folded[at] !== ' ') return null;
  return [first, last];
}

/**
 * Every place where the phrase stands as whole words, in the order of the text and not overlapping each other: the exact
 * words there, and their offsets in code points. `phrase`: as `foldedPhrase` gives it.
 */
export function findPhrase({ points, placed }: SearchableText, phrase: string): Quote[] {
  const found: Quote[] = [];
  if (phrase === '') return found;
  const { folded, starts } = placed;
  for (let from = folded.indexOf(phrase); from >= 0; ) {
    const to = from + phrase.length;
    const pieces = isWhole(folded, from, to) ? coveredPieces(placed, from, to) : null;
    if (pieces !== null) {
      const [start, end] = [starts[pieces[0]] ?? 0, starts[pieces[1] + 1] ?? 0];
      found.push({ text: points.slice(start, end).join(''), start, end });
    }
    from = folded.indexOf(phrase, pieces === null ? from + 1 : to);
  }
  return found;
}
