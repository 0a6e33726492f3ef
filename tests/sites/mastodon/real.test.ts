/** What the reader makes of real answers, held against: python3 tests/sites/mastodon/count.py FILE.yaml */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mastodonReader } from '../../../sites/mastodon/reader.ts';
import { countsOf, type GivenAnswer, none } from '../counts.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';
import { hasRealAnswers, realFile, realFiles } from '../real-answers.ts';
import { exchangesOf } from './cassette.ts';

const known = {
  'test_account.yaml': none,
  'test_account_followers.yaml': none,
  'test_list_timeline.yaml': { ...none, posts: 7, authors: 1, polls: 1 },
  'test_polls.yaml': { ...none, posts: 1, authors: 1, polls: 1 },
  'test_status.yaml': { ...none, posts: 1, authors: 1 },
  'test_status_card.yaml': { ...none, posts: 1, authors: 1 },
  'test_status_context.yaml': { ...none, posts: 1, authors: 1 },
  'test_status_edit.yaml': { ...none, posts: 1, authors: 1, edited: 1 },
  'test_status_missing.yaml': none,
  'test_status_post_with_quote.yaml': { ...none, posts: 2, authors: 1, quotes: 1 },
};

/** The answers of a cassette that the reader wants. */
function wanted(file: string): GivenAnswer[] {
  return exchangesOf(realFile('mastodon-api', file).toString('utf8')).filter(({ url, status = 200 }) =>
    mastodonReader.wants?.({ url, status, mediaType: 'application/json' }),
  );
}

describe.skipIf(!hasRealAnswers)('real answers', () => {
  test.each(Object.entries(known))('%s', (file, counts) => {
    const { posts } = readAll(mastodonReader, wanted(file));

    expect(countsOf(posts)).toEqual(counts);
    expect(
      posts.flatMap(({ notices = [] }) => notices).filter(({ text }) => /sources of the time/.test(text)),
    ).toEqual([]);
    expect(posts.every(({ otherTimes }) => otherTimes?.length === 1)).toBe(true);
  });

  test('every cassette is among the known ones', () => {
    expect(Object.keys(known).sort()).toEqual(realFiles('mastodon-api'));
  });

  test('an edited post: the last words, and each state with its time', () => {
    const { posts } = readAll(mastodonReader, wanted('test_status_edit.yaml'));

    expect(posts).toMatchObject([
      {
        text: 'the best editor? why, of course it is the KDE Advanced Text Editor, Kate',
        postedAt: { value: '2026-08-01T13:54:00.505Z' },
        // Given a millisecond before, as the server rounds.
        otherTimes: [{ value: '2026-08-01T13:54:00.504Z', raw: '117020586180926938' }],
        versions: [
          {
            text: 'the best editor? why, of course it is VS Code',
            at: { value: '2026-08-01T13:54:00.505Z' },
          },
          { text: 'the best editor? why, of course it is the KDE Advanced Text Editor, Kate' },
        ],
      },
    ]);
    expect(posts[0]?.versions?.[1]?.at?.value).toBe(posts[0]?.editedAt?.value);
  });

  test('a quote without the line that the server puts in front of it', () => {
    const { posts } = readAll(mastodonReader, wanted('test_status_post_with_quote.yaml'));

    expect(posts.map(({ kind, text, author }) => [kind, text, author.name])).toEqual([
      ['post', 'Toot!', 'John Lennon'],
      ['quote', 'yoooooooo', 'John Lennon'],
    ]);
    expect(posts[1]?.references).toMatchObject([
      { relation: 'quotes', platformId: '117020582917124092', handle: 'mastodonpy_test' },
    ]);
  });

  test('a post that is not there is noted', () => {
    expect(readAll(mastodonReader, wanted('test_status_missing.yaml')).notes).toEqual([
      'http://localhost:3000/api/v1/statuses/0 was answered with 404: Not Found',
    ]);
  });

  test('a real answer with anything in it made wrong is read without an error', () => {
    const answers = wanted('test_status_post_with_quote.yaml');
    const { url, body } = answers[1] ?? { url: '', body: new Uint8Array() };
    fc.assert(
      fc.property(mutated(new TextDecoder().decode(body as Uint8Array)), (document) => {
        readAll(mastodonReader, [{ url, body: document }]);
      }),
      { numRuns: 300 },
    );
  });
});
