/** Words of a post, by code points of its exact text. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Quote } from '../../contract/model/clause.ts';

/** All places at which `quoted` stands in `text`, as offsets in code points; places may overlap. */
export function quotePlaces(text: string, quoted: string): Quote[] {
  const words = [...quoted];
  const points = [...text];
  const [first] = words;
  if (first === undefined) return [];
  const places: Quote[] = [];
  for (let start = points.indexOf(first); start >= 0; start = points.indexOf(first, start + 1)) {
    if (words.every((point, i) => points[start + i] === point))
      places.push({ text: quoted, start, end: start + words.length });
  }
  return places;
}

/**
 * Where `quoted` stands in `text`, as offsets in code points: the first of its places that overlaps none of `taken`, and
 * at how many places it stands. Errors: `quote-not-in-post`.
 */
export function quoteFrom(
  text: string,
  quoted: string,
  taken: readonly Quote[],
): { quote: Quote; places: number } {
  const places = quotePlaces(text, quoted);
  const free = places.find(({ start, end }) =>
    taken.every((other) => other.end <= start || end <= other.start),
  );
  const quote = free ?? places[0];
  if (quote === undefined) {
    throw new HoldfastError(
      'quote-not-in-post',
      'These words do not stand in the text of the post. Quote them exactly, with their spelling and spaces.',
    );
  }
  return { quote, places: places.length };
}

/** The first place where `quoted` stands in `text`. Errors: `quote-not-in-post`. */
export function findQuote(text: string, quoted: string): Quote {
  return quoteFrom(text, quoted, []).quote;
}

/**
 * The quotes in the order of the text, once each is proven by its words. Errors: `quote-not-in-post` where the words do
 * not stand at their offsets, `bad-input` for two that overlap or are the same.
 */
export function checkedQuotes(text: string, quotes: readonly Quote[]): Quote[] {
  if (quotes.length === 0) return [];
  const points = [...text];
  const sorted = quotes
    .map(({ text: words, start, end }) => ({ text: words, start, end }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [i, { text: words, start, end }] of sorted.entries()) {
    // Slicing would count a negative offset from the end.
    if (start < 0 || end <= start || end > points.length || points.slice(start, end).join('') !== words) {
      throw new HoldfastError(
        'quote-not-in-post',
        `At ${start}–${end} the post does not say the quoted words. Select them again.`,
      );
    }
    const before = sorted[i - 1];
    if (before === undefined || before.end <= start) continue;
    const isSame = before.start === start && before.end === end;
    throw new HoldfastError(
      'bad-input',
      isSame
        ? `The words at ${start}–${end} are quoted twice. Quote them once.`
        : `Two quotes overlap, at ${before.start}–${before.end} and ${start}–${end}. Make them one, or select less.`,
    );
  }
  return sorted;
}
