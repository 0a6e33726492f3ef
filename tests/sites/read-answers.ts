/** Reads answers that a test writes down, and checks in full what comes out. */
import { expect } from 'vitest';
import { type PostContent, postContentSchema } from '../../contract/model/post.ts';
import type { SiteReader, SiteReading } from '../../contract/reading.ts';
import { canonicalJson } from '../../evidence/log/canonical.ts';
import { fromParts, toParts } from '../../evidence/post/parts.ts';

export interface GivenAnswer {
  url: string;
  /** JSON, or the body itself. */
  body: unknown;
  status?: number;
}

/** Every reading of every test can be stored, committed to, and taken apart and put together again. */
function checkReading(reading: SiteReading): void {
  for (const post of reading.posts) {
    expect(postContentSchema.parse(post)).toEqual(post);
    expect(canonicalJson(fromParts(toParts(post)))).toBe(canonicalJson(post));
  }
  if (/[\p{Surrogate}\0]/u.test(reading.notes.join(''))) throw new Error('a note is not well-formed');
}

export function readAll(
  reader: SiteReader,
  answers: readonly GivenAnswer[],
  addresses: readonly string[] = [],
): SiteReading {
  const exchanges = answers.map(({ url, body, status = 200 }, n) => ({
    n,
    url,
    status,
    mediaType: 'application/json',
    charset: 'utf-8',
    body: body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)),
  }));
  for (const exchange of exchanges) expect(reader.wants?.(exchange)).toBe(true);
  const reading = reader.read({ url: null, exchanges, addresses: new Set(addresses) });
  checkReading(reading);
  return reading;
}

/** What is counted of a reading, to be held against a count that was made another way. */
export function countsOf(posts: readonly PostContent[]) {
  const written = posts.filter(({ kind }) => kind !== 'repost');
  const related = (relation: string) =>
    posts.filter(({ references = [] }) => references.some((each) => each.relation === relation)).length;
  const counted = (of: string) =>
    written
      .flatMap(({ counts = [] }) => counts.filter((each) => each.of === of))
      .reduce((sum, { count }) => sum + count, 0);
  const media = posts.flatMap((post) => post.media);
  return {
    posts: posts.length,
    authors: new Set(posts.map(({ author }) => author.platformId)).size,
    reposts: related('reposts'),
    replies: related('replies-to'),
    quotes: related('quotes'),
    threads: related('thread'),
    media: media.length,
    described: media.filter(({ alt }) => alt !== null).length,
    polls: posts.filter(({ poll }) => poll !== undefined).length,
    edited: posts.filter(({ versions }) => versions !== undefined).length,
    long: posts.filter(({ readFrom }) => readFrom.endsWith('(note_tweet)')).length,
    likes: counted('likes'),
    views: counted('views'),
  };
}

/** Counts of an answer in which no post stands: known answers name what is there beside it. */
export const none: ReturnType<typeof countsOf> = {
  ...{ posts: 0, authors: 0, reposts: 0, replies: 0, quotes: 0, threads: 0, media: 0, described: 0 },
  ...{ polls: 0, edited: 0, long: 0, likes: 0, views: 0 },
};
