/** How like the words of two clauses are. */
import { listLead, plain } from './markup.ts';

/**
 * The words of a clause as they read: without marks of emphasis, list leads and targets of links, with plain quotation
 * marks. Two texts with the same words say the same, however their page was written.
 */
export function wordsOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => {
    const lead = listLead(line);
    return lead === null ? line : lead.rest;
  });
  return plain(lines.join('\n').replace(/^ {0,3}[#>]+ /gm, ''))
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\(\d{8}\*?\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Pairs of neighbouring words, in small letters, and how often each stands there. */
export function wordPairs(words: string): Map<string, number> {
  const list = words.toLowerCase().match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
  const pairs = new Map<string, number>();
  const add = (pair: string): void => void pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  for (const [i, word] of list.entries()) {
    add(word);
    const next = list[i + 1];
    if (next !== undefined) add(`${word} ${next}`);
  }
  return pairs;
}

const total = (pairs: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const count of pairs.values()) sum += count;
  return sum;
};

/** Dice's measure over words and pairs of words: 0 nothing in common, 1 the same words in the same order. */
export function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const [pair, count] of small) common += Math.min(count, large.get(pair) ?? 0);
  const all = total(a) + total(b);
  return all === 0 ? 0 : (2 * common) / all;
}
