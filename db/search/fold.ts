/**
 * Folding text for the search index, never for what is kept: case, width, diacritics, Arabic letter variants,
 * invisible joiners, digits of any script; and spaces around characters of scripts that write without them, so that
 * each is a word and a run of them a phrase.
 */

/** Letters that people type in several ways, and the one that stands for all. */
const variants: Record<string, string> = {
  ي: 'ی', // Arabic yeh
  ى: 'ی', // alef maksura
  ئ: 'ی',
  ك: 'ک', // Arabic kaf
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ة: 'ه', // teh marbuta
  ۀ: 'ه',
  ؤ: 'و',
};
const variant = new RegExp(`[${Object.keys(variants).join('')}]`, 'gu');
/** Soft hyphen, tatweel, joiners, direction marks, byte-order mark: nobody types them when searching. */
const invisible = /[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const isAscii = /^[\0-\x7f]*$/;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** The decimal value of a digit: each script has its ten in a row, beginning at a code point that `\p{Nd}` starts. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code < 0x80 ? digit : String(code - zero);
}

/** `text` as the index holds it. Not reversible, and not for showing. */
export function fold(text: string): string {
  // Of all that follows, only the case concerns ASCII.
  if (isAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(invisible, '')
    .replace(variant, (letter) => variants[letter] ?? letter)
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(unspaced, ' $& ');
}
