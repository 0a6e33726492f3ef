/** Answers that a test gives to a reader, and what is counted of what it reads. */
import type { PostContent } from '../../contract/model/post.ts';

export interface GivenAnswer {
  url: string;
  /** JSON, or the body itself. */
  body: unknown;
  status?: number;
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
