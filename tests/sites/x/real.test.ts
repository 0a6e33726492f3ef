/**
 * What the reader makes of real answers, held against counts that jq made of the same files:
 *
 *   jq -c -f tests/sites/x/count-graphql.jq FILE         for GraphQL
 *   jq -s -c -f tests/sites/x/count-api-v2.jq FILE       for the API v2 (of streaming_output_with_error.jsonl the
 *                                                        first seven lines: the eighth is cut off)
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { xReader } from '../../../sites/x/reader.ts';
import { countsOf, none } from '../counts.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';
import { hasRealAnswers, realFile, realFiles } from '../real-answers.ts';

const graphql = 'https://x.com/i/api/graphql/nBS-WpgA6ZG0CyNHD517JQ/TweetDetail?variables=%7B%7D';
const api = 'https://api.twitter.com/2/tweets/search/all';

const graphqlKnown = {
  '_issue_42.json': { ...none, posts: 2, authors: 2, reposts: 1, media: 1, likes: 27, views: 5188 },
  'card_poll.json': {
    ...none,
    posts: 31,
    authors: 30,
    replies: 3,
    quotes: 5,
    media: 25,
    polls: 1,
    edited: 1,
    long: 1,
    likes: 1690482,
    views: 190532831,
  },
  'manual_tweet_with_video_1.json': {
    ...none,
    posts: 11,
    authors: 10,
    replies: 10,
    threads: 1,
    media: 3,
    likes: 31362,
    views: 3616012,
  },
  'raw_following.json': none,
  'raw_retweeters.json': none,
  'raw_tweet_details.json': {
    ...none,
    posts: 37,
    authors: 31,
    replies: 36,
    threads: 2,
    media: 2,
    described: 1,
    likes: 1255,
    views: 1725290,
  },
  'raw_user_by_login.json': none,
  'raw_user_tweets.json': {
    ...none,
    posts: 41,
    authors: 14,
    reposts: 16,
    replies: 1,
    quotes: 14,
    media: 5,
    long: 2,
    likes: 24080,
    views: 6557123,
  },
};

/** What jq does not count of this API is not compared. */
const { described: _described, long: _long, views: _views, ...noneCounted } = none;
const apiKnown = {
  'brexit.jsonl': {
    ...noneCounted,
    posts: 155,
    authors: 148,
    reposts: 67,
    replies: 17,
    quotes: 24,
    threads: 2,
    media: 8,
    polls: 1,
    likes: 32144,
  },
  'cotweet.jsonl': { ...noneCounted, posts: 1, authors: 1, likes: 4 },
  'edited.jsonl': { ...noneCounted, posts: 2, authors: 1, edited: 2, likes: 27 },
  'edited_after.jsonl': { ...noneCounted, posts: 2, authors: 1, edited: 2, likes: 32 },
  'edited_before.jsonl': { ...noneCounted, posts: 2, authors: 1, media: 1, edited: 2, likes: 32 },
  'entities_test.jsonl': {
    ...noneCounted,
    posts: 650,
    authors: 577,
    reposts: 314,
    replies: 126,
    quotes: 21,
    likes: 233730,
  },
  'geo_tweets.jsonl': { ...noneCounted, posts: 3, authors: 3, replies: 1, likes: 8 },
  'media_tweet.jsonl': { ...noneCounted, posts: 1, authors: 1, media: 1, likes: 93 },
  'mentions_tweet.jsonl': { ...noneCounted, posts: 2, authors: 2, reposts: 1, likes: 6 },
  'noflat.jsonl': {
    ...noneCounted,
    posts: 164,
    authors: 153,
    reposts: 47,
    replies: 50,
    quotes: 17,
    threads: 25,
    media: 6,
    likes: 46800,
  },
  'quoted_edit.jsonl': { ...noneCounted, posts: 3, authors: 2, replies: 1, quotes: 1, edited: 2, likes: 40 },
  'streaming_output_with_error.jsonl': {
    ...noneCounted,
    posts: 11,
    authors: 11,
    replies: 3,
    quotes: 1,
    media: 2,
    likes: 2500,
  },
  'tweets_compliance.jsonl': noneCounted,
  'users.jsonl': { ...noneCounted, posts: 52, authors: 52, reposts: 1, quotes: 6, likes: 87692 },
  'users_compliance.jsonl': noneCounted,
};

describe.skipIf(!hasRealAnswers)('real answers', () => {
  test.each(Object.entries(graphqlKnown))('GraphQL: %s', (file, known) => {
    const { posts } = readAll(xReader, [{ url: graphql, body: realFile('x-graphql', file) }]);

    expect(countsOf(posts)).toEqual(known);
    expect(posts.every(({ sourceOfText, text }) => text === '' || sourceOfText?.found === 'network')).toBe(
      true,
    );
    expect(
      posts.every(({ text, readFrom }) => readFrom.endsWith('(note_tweet)') || !/&(?:amp|lt|gt);/.test(text)),
    ).toBe(true);
  });

  test('every file of these folders is among the known ones', () => {
    expect(Object.keys(graphqlKnown).sort()).toEqual(realFiles('x-graphql'));
    expect(Object.keys(apiKnown).sort()).toEqual(realFiles('x-api-v2'));
  });

  test.each(Object.entries(apiKnown))('API v2: %s', (file, known) => {
    const { posts } = readAll(xReader, [{ url: api, body: realFile('x-api-v2', file) }]);

    expect(countsOf(posts)).toMatchObject(known);
  });

  test('no time that is stated differs from the time in its id', () => {
    const { posts } = readAll(
      xReader,
      Object.keys(graphqlKnown).map((file) => ({ url: graphql, body: realFile('x-graphql', file) })),
    );

    expect(
      posts.flatMap(({ notices = [] }) => notices).filter(({ text }) => /sources of the time/.test(text)),
    ).toEqual([]);
    expect(posts.every(({ otherTimes }) => otherTimes?.length === 1)).toBe(true);
  });

  test('what X says is missing is noted', () => {
    const body = (file: string) => [{ url: api, body: realFile('x-api-v2', file) }];

    expect(readAll(xReader, body('noflat.jsonl')).notes).toContain(
      'X says: User has been suspended: [gatewaypundit].',
    );
    expect(readAll(xReader, body('tweets_compliance.jsonl')).notes).toContain(
      'X says: delete of 1170025343920402432, protected',
    );
    expect(readAll(xReader, body('streaming_output_with_error.jsonl')).notes).toContain(
      'The answer of https://api.twitter.com/2/tweets/search/all has 1 lines that are not valid JSON.',
    );
  });

  test('a real answer with anything in it made wrong is read without an error', () => {
    const file = realFile('x-graphql', 'raw_tweet_details.json').toString('utf8');
    fc.assert(
      fc.property(mutated(file), (document) => {
        readAll(xReader, [{ url: graphql, body: document }]);
      }),
      { numRuns: 40 },
    );
  });
});
