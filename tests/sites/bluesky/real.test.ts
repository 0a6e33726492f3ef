/** What the reader makes of real answers, held against: jq -c -f tests/sites/bluesky/count.jq FILE */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blueskyReader } from '../../../sites/bluesky/reader.ts';
import { countsOf, none } from '../counts.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';
import { hasRealAnswers, realFile, realFiles } from '../real-answers.ts';

const url = 'https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Fa';

const known = {
  'feed_record.json': none,
  'get_follows.json': none,
  'post_record.json': { ...none, posts: 1, authors: 1 },
  'thread_view_post_with_embed_media.json': { ...none, posts: 2, authors: 1, quotes: 1, media: 1 },
};

describe.skipIf(!hasRealAnswers)('real answers', () => {
  test.each(Object.entries(known))('%s', (file, counts) => {
    const { posts } = readAll(blueskyReader, [{ url, body: realFile('bluesky', file) }]);

    expect(countsOf(posts)).toEqual(counts);
  });

  test('every file is among the known ones', () => {
    expect(Object.keys(known).sort()).toEqual(realFiles('bluesky'));
  });

  test('a quote with a picture, and the quoted post', () => {
    const { posts } = readAll(blueskyReader, [
      { url, body: realFile('bluesky', 'thread_view_post_with_embed_media.json') },
    ]);
    const did = 'did:plc:kvwvcn5iqfooopmyzvb4qzba';

    expect(posts).toMatchObject([
      {
        kind: 'quote',
        text: '',
        author: { name: 'Python SDK', handle: 'test.marshal.dev', platformId: did },
        postedAt: { value: '2023-09-28T12:49:36.735Z' },
        language: 'en',
        references: [{ relation: 'quotes', platformId: `at://${did}/app.bsky.feed.post/3kahesw26il2z` }],
        media: [{ kind: 'image', url: expect.stringContaining('/feed_fullsize/') }],
      },
      { kind: 'post', text: 'test', platformId: `at://${did}/app.bsky.feed.post/3kahesw26il2z` },
    ]);
    for (const { postedAt, otherTimes } of posts)
      for (const { value } of otherTimes ?? [])
        expect(Math.abs(Date.parse(value) - Date.parse(postedAt?.value ?? ''))).toBeLessThan(5000);
  });

  test('a real answer with anything in it made wrong is read without an error', () => {
    const file = realFile('bluesky', 'thread_view_post_with_embed_media.json').toString('utf8');
    fc.assert(
      fc.property(mutated(file), (document) => {
        readAll(blueskyReader, [{ url, body: document }]);
      }),
      { numRuns: 500 },
    );
  });
});
