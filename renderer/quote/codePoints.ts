/**
 * The window counts UTF-16 code units, the archive counts code points.
 * A code point is what string iteration yields: a surrogate pair is one, a lone surrogate is one.
 */
import type { Quote } from '../../contract/model/clause.ts';

function isInsidePair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** In: an offset in UTF-16 code units, not inside a pair. Out: the same place in code points. */
export function codePointsBefore(text: string, codeUnits: number): number {
  let count = 0;
  for (let at = 0; at < codeUnits && at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
    count += 1;
  }
  return count;
}

/** In: an offset in code points. Out: the same place in UTF-16 code units; past the end gives the end. */
export function codeUnitsBefore(text: string, codePoints: number): number {
  let at = 0;
  for (let count = 0; count < codePoints && at < text.length; count += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/**
 * The quote between two offsets in UTF-16 code units, in either order.
 * White space at its ends is left out, a half pair is taken whole; null where nothing but white space remains.
 */
export function quoteBetween(text: string, one: number, other: number): Quote | null {
  let start = Math.max(0, Math.min(one, other));
  let end = Math.min(text.length, Math.max(one, other));
  if (start >= end) return null;
  if (isInsidePair(text, start)) start -= 1;
  if (isInsidePair(text, end)) end += 1;
  while (start < end && /\s/u.test(text.charAt(start))) start += 1;
  while (end > start && /\s/u.test(text.charAt(end - 1))) end -= 1;
  if (start >= end) return null;
  const codePointStart = codePointsBefore(text, start);
  const quoted = text.slice(start, end);
  return {
    text: quoted,
    start: codePointStart,
    end: codePointStart + codePointsBefore(quoted, quoted.length),
  };
}

/** Whether the quoted words really stand at the quote's offsets. */
export function standsIn(text: string, quote: Quote): boolean {
  const start = codeUnitsBefore(text, quote.start);
  return text.slice(start, codeUnitsBefore(text, quote.end)) === quote.text;
}
