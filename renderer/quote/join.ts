/** Several quotes of one text: in its order, and none over another. */
import type { Quote } from '../../contract/model/clause.ts';
import { codeUnitsBefore } from './codePoints.ts';

/** Quotes that overlap become one that covers both; quotes that only touch stay two. */
export function joinQuotes(text: string, quotes: readonly Quote[]): Quote[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of [...quotes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = spans.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans.map(({ start, end }) => ({
    text: text.slice(codeUnitsBefore(text, start), codeUnitsBefore(text, end)),
    start,
    end,
  }));
}
