/** Embedded posts, in the shapes that X's embedding program gets. No real recording was at hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xReader } from '../../../sites/x/reader.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';
import { id, idAt, postedAt } from './answers.ts';

type Json = Record<string, unknown>;

const url = `https://cdn.syndication.twimg.com/tweet-result?id=${id}&lang=en&token=a`;
const user = { id_str: '42', name: 'Ada Example', screen_name: 'ada' };
const tweet = (change: Json = {}): Json => ({
  __typename: 'Tweet',
  id_str: id,
  text: 'words &amp; more https://t.co/abc',
  lang: 'en',
  created_at: postedAt,
  favorite_count: 5,
  conversation_count: 2,
  user,
  entities: { urls: [{ url: 'https://t.co/abc', expanded_url: 'https://example.org/' }] },
  mediaDetails: [
    { type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Abc.jpg', ext_alt_text: 'A pier' },
  ],
  ...change,
});
const read = (body: unknown) => readAll(xReader, [{ url, body }]);

test('an embedded post with its media, links and both times', () => {
  expect(read(tweet()).posts).toMatchObject([
    {
      kind: 'post',
      platformId: id,
      url: `https://twitter.com/ada/status/${id}`,
      text: 'words & more https://t.co/abc',
      author: { name: 'Ada Example', handle: 'ada', platformId: '42' },
      media: [{ url: 'https://pbs.twimg.com/media/Abc.jpg', alt: 'A pier' }],
      counts: [
        { of: 'likes', count: 5 },
        { of: 'replies', count: 2 },
      ],
      links: [{ text: 'https://t.co/abc', url: 'https://example.org/' }],
      otherTimes: [{ value: postedAt }],
      sourceOfText: { found: 'network', exchange: 0, url },
    },
  ]);
});

test('the post that it quotes and the one that it answers are posts, too', () => {
  const quoted = tweet({ id_str: '30', text: 'quoted' });
  const parent = tweet({ id_str: '31', text: 'asked' });
  const { posts } = read(
    tweet({ quoted_tweet: quoted, parent, in_reply_to_status_id_str: '31', in_reply_to_screen_name: 'ada' }),
  );

  expect(posts.map(({ platformId, kind }) => [platformId, kind])).toEqual([
    [id, 'reply'],
    ['30', 'post'],
    ['31', 'post'],
  ]);
  expect(posts[0]?.references).toMatchObject([
    { relation: 'replies-to', platformId: '31' },
    { relation: 'quotes', platformId: '30', accountId: '42' },
  ]);
});

test('a long post is told to be cut, an edited one by its states, one that is gone by what X says', () => {
  const later = idAt('2024-03-01T12:20:00Z');
  const notices = (change: Json) => (read(tweet(change)).posts[0]?.notices ?? []).map(({ text }) => text);

  expect(notices({ note_tweet: { id: 'abc' } })).toEqual([
    'A long post: embedded, X gives its beginning only.',
  ]);
  expect(notices({ edit_control: { edit_tweet_ids: [id, later] } })).toEqual([
    `The post was edited later: its newest state is ${later}.`,
  ]);
  expect(
    read({
      __typename: 'TweetTombstone',
      tombstone: { text: { text: 'This Post is from a suspended account.' } },
    }).notes,
  ).toEqual(['A post is not shown: This Post is from a suspended account.']);
});

test('oEmbed’s quotation gives the words and whose they are; the day without a zone is not taken for a time', () => {
  const body = {
    url: `https://twitter.com/ada/status/${id}`,
    author_name: 'Ada Example',
    author_url: 'https://twitter.com/ada',
    html: `<blockquote class="twitter-tweet"><p lang="fa" dir="rtl">اول<br>دوم</p>&mdash; Ada Example (@ada) <a href="https://twitter.com/ada/status/${id}">March 1, 2024</a></blockquote>`,
  };

  expect(readAll(xReader, [{ url: 'https://publish.twitter.com/oembed?url=x', body }]).posts).toMatchObject([
    {
      platformId: id,
      text: 'اول\nدوم',
      language: 'fa',
      author: { name: 'Ada Example', handle: 'ada', platformId: null },
      postedAt: { value: postedAt, readFrom: 'the id of the post (snowflake)' },
      readFrom: 'X embedded post (oEmbed)',
    },
  ]);
});

test('anything in an embedded post made wrong is read without an error', () => {
  const whole = JSON.stringify(
    tweet({ quoted_tweet: tweet({ id_str: '30' }), parent: tweet({ id_str: '31' }) }),
  );
  fc.assert(
    fc.property(mutated(whole), (document) => {
      read(document);
    }),
    { numRuns: 150 },
  );
});
