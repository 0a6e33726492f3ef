/**
 * How a text is cut into the smallest pieces that can be shown or withheld one by one.
 *
 * A segment is a run of characters that are not white space with the white space that follows it; white space at
 * the beginning is a segment of its own. Scripts that write without spaces are cut after every character. The sets
 * are written out here, not taken from a Unicode library: a later Unicode version must not change a commitment.
 */

/** Unicode White_Space, as of Unicode 16; the property is stable for these. */
const whiteSpace =
  '\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** Thai, Lao, Tibetan, Myanmar, Khmer; CJK radicals to Yi; compatibility ideographs; half-width kana; planes 2 and 3. */
const unspaced =
  '\\u0e00-\\u0fff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fff\\u3001-\\ua4cf\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}';

const segment = new RegExp(
  `^[${whiteSpace}]+|(?:[${unspaced}]|[^${whiteSpace}${unspaced}]+)[${whiteSpace}]*`,
  'gu',
);

/** Segments whose concatenation is `text`, exactly; one empty segment for the empty text. */
export function segments(text: string): string[] {
  return text === '' ? [''] : (text.match(segment) ?? [text]);
}
