/** Which parts of a post say what is to be hidden. */
import type { PostContent } from '../../contract/model/post.ts';
import { canonicalJson, type Json } from '../log/canonical.ts';
import { toParts } from '../post/parts.ts';
import { Needles, type Sought } from './needles.ts';
import { LeakScan } from './scan.ts';

/** Made once, and looked for in many things. */
export interface HiddenWords {
  words: readonly string[];
  /** As they are looked for, under `hiddenCode`. */
  sought: readonly Sought[];
  needles: Needles;
}

export const hiddenCode = 'hidden';

/** A short word of letters that stand everywhere counts only by itself. */
export function hiddenWords(words: readonly string[]): HiddenWords {
  const sought = words.map((value) => ({
    code: hiddenCode,
    value,
    alone: /^[A-Za-z0-9]{1,4}$/.test(value),
  }));
  return { words, sought, needles: new Needles(sought) };
}

/** Whether one of the words stands in it, in any spelling. */
export function says({ needles }: HiddenWords, bytes: Uint8Array): boolean {
  const scan = new LeakScan({ sought: needles, shapes: false });
  scan.look('', Buffer.from(bytes));
  return scan.found.length > 0;
}

function saysValue(hidden: HiddenWords, value: Json): boolean {
  return says(hidden, Buffer.from(typeof value === 'string' ? value : canonicalJson(value)));
}

export interface HiddenParts {
  /** Places of the parts that are to be withheld. */
  places: ReadonlySet<number>;
  /** Where the first hidden word of the text begins, in code points; null: the text is shown whole. */
  textFrom: number | null;
}

/**
 * The parts that hold one of the words, in any spelling, and those that name one of the files. Of title and text the
 * words around it stay; where a word is still found in what stays, all of it goes.
 */
export function hiddenParts(
  content: PostContent,
  hidden: HiddenWords,
  files: ReadonlySet<string>,
): HiddenParts {
  const parts = toParts(content);
  const places = new Set<number>();
  for (const [i, { name, value }] of parts.entries()) {
    if (name === 'media' && namesFile(value, files)) places.add(i);
    else if (name !== 'text' && name !== 'title' && saysValue(hidden, value)) places.add(i);
  }
  for (const name of ['title', 'text']) for (const i of hiddenSegments(parts, name, hidden)) places.add(i);
  let textFrom: number | null = null;
  let at = 0;
  for (const [i, { name, value }] of parts.entries()) {
    if (name !== 'text' || typeof value !== 'string') continue;
    if (places.has(i)) textFrom ??= at;
    at += [...value].length;
  }
  return { places, textFrom };
}

function namesFile(value: Json, files: ReadonlySet<string>): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sha256' in value &&
    typeof value.sha256 === 'string' &&
    files.has(value.sha256)
  );
}

function hiddenSegments(parts: ReturnType<typeof toParts>, name: string, sought: HiddenWords): number[] {
  const own = parts.flatMap((part, i) =>
    part.name === name && typeof part.value === 'string' ? [{ i, value: part.value }] : [],
  );
  const text = own.map(({ value }) => value).join('');
  if (!saysValue(sought, text)) return [];
  const ranges = sought.words.flatMap((word) => rangesOf(text, word));
  let at = 0;
  const hidden = new Set<number>();
  for (const { i, value } of own) {
    const end = at + value.length;
    if (ranges.some(([from, to]) => from < end && to > at)) hidden.add(i);
    at = end;
  }
  // What stands apart in what is shown must not be read together, nor be another spelling that was not placed.
  const shown = own.map(({ i, value }) => (hidden.has(i) ? '\u{fffc}' : value)).join('');
  return saysValue(sought, shown) ? own.map(({ i }) => i) : [...hidden];
}

/** Where a word stands, small and capital letters alike, and whatever nobody sees between its letters. */
function rangesOf(text: string, word: string): [number, number][] {
  const unseen = '[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]*';
  return [...new Set([word, word.normalize('NFC'), word.normalize('NFD')])].flatMap((form) => {
    const letters = [...form].map((letter) =>
      /\s/.test(letter) ? '\\s+' : letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
    );
    return [...text.matchAll(new RegExp(letters.join(unseen), 'giu'))].map((match): [number, number] => [
      match.index,
      match.index + match[0].length,
    ]);
  });
}
