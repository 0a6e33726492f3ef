/** All site readers, in the order in which they are asked. */
import { HoldfastError } from '../contract/errors.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../contract/reading.ts';
import { blueskyReader } from './bluesky/reader.ts';
import { generalReader } from './general.ts';
import { mastodonReader } from './mastodon/reader.ts';
import { telegramReader } from './telegram/reader.ts';
import { xReader } from './x/reader.ts';

/** Readers of one platform come first; the general one reads what is left. */
export const siteReaders: readonly SiteReader[] = [
  xReader,
  mastodonReader,
  blueskyReader,
  telegramReader,
  generalReader,
];

export interface ReadBy {
  reader: SiteReader;
  reading: SiteReading;
}

/**
 * Reads a page with the first reader that finds a post in it; where none does, the general reader's notes say
 * why. Never throws for what the input holds.
 */
export function readPage(input: ReadingInput): ReadBy {
  for (const reader of siteReaders) {
    const reading = reader.read(input);
    if (reader === generalReader) return { reader, reading };
    if (reading.posts.length > 0)
      return { reader, reading: { ...reading, notes: [checkedNote(reader), ...reading.notes] } };
  }
  throw new HoldfastError(
    'internal',
    'The list of site readers lacks the general reader, which must be its last.',
  );
}

function checkedNote({ name, version, lastCheckedAgainst }: SiteReader): string {
  return `Reader ${name} ${version}, last checked against: ${lastCheckedAgainst}.`;
}

/** Whether some reader reads posts out of such answers, beside the page itself. */
export function isWanted(answer: AnswerHead): boolean {
  return siteReaders.some((reader) => reader.wants?.(answer) ?? false);
}

/**
 * Reads the answers beside a page, each with the readers that want it: one reading a reader, of those that found
 * posts, or have to say why not. Its notes begin with the data that the reader was last checked against.
 */
export function readAnswers(input: ReadingInput): ReadBy[] {
  return siteReaders.flatMap((reader) => {
    const wanted = input.exchanges.filter((answer) => reader.wants?.(answer) ?? false);
    if (wanted.length === 0) return [];
    const { posts, notes, limits } = reader.read({ ...input, exchanges: wanted });
    if (posts.length === 0 && notes.length === 0) return [];
    return [{ reader, reading: { posts, notes: [checkedNote(reader), ...notes], limits } }];
  });
}

/** Whether what was read from the answers is what the page at this address shows: the page is not read then. */
export function isCovered(url: string | null, read: readonly ReadBy[]): boolean {
  return (
    url !== null &&
    read.some(({ reader, reading: { posts } }) => posts.length > 0 && (reader.covers?.(url, posts) ?? false))
  );
}
