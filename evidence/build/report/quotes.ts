/** Marking the quoted words in a post's text. */
import type { Quote } from '../../../contract/model/clause.ts';

export interface Stretch {
  text: string;
  marked: boolean;
}

/** `text` cut where a quote starts or ends. Offsets are code points, ends exclusive; quotes may overlap. */
export function markQuotes(text: string, quotes: readonly Quote[]): Stretch[] {
  const characters = [...text];
  const edges = new Set([0, characters.length]);
  for (const { start, end } of quotes) {
    edges.add(Math.min(start, characters.length));
    edges.add(Math.min(end, characters.length));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (const [i, end] of cuts.entries()) {
    const start = cuts[i - 1];
    if (start === undefined) continue;
    const marked = quotes.some((quote) => quote.start <= start && end <= quote.end);
    const last = stretches[stretches.length - 1];
    const piece = characters.slice(start, end).join('');
    if (last?.marked === marked) last.text += piece;
    else stretches.push({ text: piece, marked });
  }
  return stretches;
}
