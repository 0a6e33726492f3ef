import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeOfKey } from '../../../sites/bluesky/at-uri.ts';
import { byteSlice } from '../../../sites/bluesky/facets.ts';
import { blueskyReader } from '../../../sites/bluesky/reader.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';

type Json = Record<string, unknown>;

const url = 'https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=ada.example';
const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
/** 2023-09-28T12:46:18.718Z, by https://atproto.com/specs/tid. */
const key = '3kahesw26il2z';
const uri = `at://${did}/app.bsky.feed.post/${key}`;
const createdAt = '2023-09-28T12:46:18.414Z';

function view(record: Json = {}, change: Json = {}): Json {
  return {
    uri,
    cid: 'bafy',
    author: { did, handle: 'ada.example', displayName: 'Ada', labels: [] },
    record: { $type: 'app.bsky.feed.post', createdAt, langs: ['fa'], text: 'words', ...record },
    likeCount: 5,
    repostCount: 4,
    quoteCount: 3,
    replyCount: 2,
    indexedAt: createdAt,
    labels: [],
    ...change,
  };
}

const read = (...posts: Json[]) =>
  readAll(blueskyReader, [{ url, body: { feed: posts.map((post) => ({ post })) } }]);
const one = (record: Json = {}, change: Json = {}) => read(view(record, change)).posts[0];

test('a post, with all that is known of it', () => {
  expect(read(view())).toEqual({
    posts: [
      {
        kind: 'post',
        platform: 'bluesky',
        platformId: uri,
        url: `https://bsky.app/profile/ada.example/post/${key}`,
        author: {
          name: 'Ada',
          handle: 'ada.example',
          platformId: did,
          url: 'https://bsky.app/profile/ada.example',
        },
        postedAt: {
          value: createdAt,
          precision: 'millisecond',
          zone: 'utc',
          readFrom: 'createdAt of the record',
          raw: createdAt,
        },
        editedAt: null,
        title: null,
        text: 'words',
        textLossy: false,
        language: 'fa',
        direction: null,
        media: [],
        readFrom: 'Bluesky (text of the record)',
        sourceOfText: { found: 'network', exchange: 0, url },
        otherTimes: [
          {
            value: '2023-09-28T12:46:18.718Z',
            precision: 'millisecond',
            zone: 'utc',
            readFrom: 'the key of the post (TID)',
            raw: key,
          },
          {
            value: createdAt,
            precision: 'millisecond',
            zone: 'utc',
            readFrom: 'indexedAt, when the server took it in',
            raw: createdAt,
          },
        ],
        counts: [
          { of: 'likes', count: 5 },
          { of: 'reposts', count: 4 },
          { of: 'quotes', count: 3 },
          { of: 'replies', count: 2 },
        ],
      },
    ],
    notes: [],
    limits: [],
  });
});

describe('facets', () => {
  const facet = (byteStart: unknown, byteEnd: unknown, feature: Json) => ({
    index: { byteStart, byteEnd },
    features: [feature],
  });
  const link = { $type: 'app.bsky.richtext.facet#link', uri: 'https://site.example/long' };

  test('are counted in bytes of UTF-8', () => {
    const text = 'می‌خواهم 👨‍👩‍👧 site.example @bo';
    const start = new TextEncoder().encode(text.slice(0, text.indexOf('site'))).length;
    const mention = { $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:b' };
    const facets = [facet(start, start + 12, link), facet(start + 13, start + 16, mention)];

    expect(one({ text, facets })).toMatchObject({
      text,
      links: [
        { text: 'site.example', url: 'https://site.example/long' },
        { text: '@bo', url: 'https://bsky.app/profile/did:plc:b' },
      ],
    });
  });

  test.each([
    ['inside a character', 1, 4],
    ['beyond the text', 0, 400],
    ['the wrong way round', 4, 2],
    ['no numbers', '0', null],
    ['beyond 2^53', 0, 1e300],
  ])('%s are not read, and that is told', (_name, start, end) => {
    const post = one({ text: 'می words', facets: [facet(start, end, link)] });

    expect(post).not.toHaveProperty('links');
    expect(post?.notices).toEqual([
      { kind: 'other', text: '1 facets do not fit the text and were not read.' },
    ]);
  });

  test('a slice by bytes is the slice by characters, or none', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string(),
        (before, words, after) => {
          const start = Buffer.byteLength(before);
          const bytes = new TextEncoder().encode(before + words + after);
          expect(byteSlice(bytes, start, start + Buffer.byteLength(words))).toBe(
            Buffer.from(words).toString(),
          );
        },
      ),
    );
  });
});

describe('kinds and what they refer to', () => {
  const other = `at://did:plc:b/app.bsky.feed.post/3kaheyt6vpc22`;

  test('a reply in a thread', () => {
    const root = 'at://did:plc:c/app.bsky.feed.post/3kaaaaaaaaaaa';

    expect(one({ reply: { parent: { uri: other }, root: { uri: root } } })).toMatchObject({
      kind: 'reply',
      references: [
        { relation: 'replies-to', platformId: other, accountId: 'did:plc:b' },
        { relation: 'thread', platformId: root, accountId: 'did:plc:c' },
      ],
    });
  });

  test('a quote, and the quoted post beside it', () => {
    const quoted = {
      $type: 'app.bsky.embed.record#viewRecord',
      uri: other,
      author: { did: 'did:plc:b', handle: 'bo.example' },
      value: { $type: 'app.bsky.feed.post', text: 'quoted', createdAt },
    };
    const { posts } = read(view({ embed: { record: { uri: other } } }, { embed: { record: quoted } }));

    expect(posts).toMatchObject([
      { kind: 'quote', references: [{ relation: 'quotes', platformId: other, handle: 'bo.example' }] },
      { kind: 'post', text: 'quoted', author: { platformId: 'did:plc:b', handle: 'bo.example' } },
    ]);
  });

  test('a repost is a post of its own kind', () => {
    const reason = {
      $type: 'app.bsky.feed.defs#reasonRepost',
      by: { did: 'did:plc:b', handle: 'bo.example', displayName: 'Bo' },
      uri: 'at://did:plc:b/app.bsky.feed.repost/3kaheyt6vpc22',
      indexedAt: '2023-10-01T00:00:00.000Z',
    };
    const { posts } = readAll(blueskyReader, [{ url, body: { feed: [{ post: view(), reason }] } }]);

    expect(posts).toMatchObject([
      {
        kind: 'repost',
        platformId: reason.uri,
        text: '',
        author: { platformId: 'did:plc:b', name: 'Bo' },
        postedAt: { value: '2023-10-01T00:00:00.000Z' },
        references: [{ relation: 'reposts', platformId: uri, accountId: did, handle: 'ada.example' }],
      },
      { kind: 'post', platformId: uri },
    ]);
  });
});

test('pictures and videos of a view, and those that a record only names', () => {
  const images = [
    { fullsize: 'https://cdn.example/a@jpeg', thumb: 'https://cdn.example/a-small@jpeg', alt: 'a crow' },
  ];
  const video = {
    $type: 'app.bsky.embed.video#view',
    playlist: 'https://video.example/p.m3u8',
    thumbnail: 'https://video.example/t.jpg',
    alt: 'a flight',
  };

  expect(one({}, { embed: { images } })?.media).toEqual([
    { kind: 'image', url: 'https://cdn.example/a@jpeg', alt: 'a crow', sha256: null },
  ]);
  expect(one({}, { embed: { media: video, record: {} } })?.media).toEqual([
    { kind: 'video', url: 'https://video.example/p.m3u8', alt: 'a flight', sha256: null },
  ]);
  expect(one({ embed: { images: [{}, {}] } })?.notices).toEqual([
    { kind: 'other', text: '2 media are named in the answer by their content alone.' },
  ]);
});

test('labels, and quotes that are not shown, are told', () => {
  const embed = {
    record: { $type: 'app.bsky.embed.record#viewBlocked', uri: 'at://did:plc:b/app.bsky.feed.post/3k' },
  };
  const { posts, notes } = read(view({}, { labels: [{ val: 'graphic-media', src: 'did:plc:l' }], embed }));

  expect(posts[0]?.notices).toEqual([
    { kind: 'label', text: 'The post carries the label: graphic-media (by did:plc:l)' },
    { kind: 'removed', text: 'The quoted post is blocked: at://did:plc:b/app.bsky.feed.post/3k' },
  ]);
  expect(notes).toEqual(['A post is blocked: at://did:plc:b/app.bsky.feed.post/3k']);
});

test('a time that the author’s program made up is told', () => {
  expect(one({ createdAt: '2019-01-01T00:00:00Z' })?.notices?.map(({ text }) => text)).toEqual([
    'Two sources of the time differ: createdAt of the record says 2019-01-01T00:00:00Z, the key of the post (TID) says 2023-09-28T12:46:18.718Z.',
    `Two sources of the time differ: createdAt of the record says 2019-01-01T00:00:00Z, indexedAt, when the server took it in says ${createdAt}.`,
  ]);
});

test('facts of another account than the one in the address are not taken over', () => {
  const post = one({}, { author: { did: 'did:plc:b', handle: 'bo.example', displayName: 'Bo' } });

  expect(post?.author).toEqual({
    name: null,
    handle: null,
    platformId: did,
    url: `https://bsky.app/profile/${did}`,
  });
  expect(post?.notices?.[0]?.text).toContain('names another account');
});

test.each([['self'], ['3k'], ['zzzzzzzzzzzzz'], ['2222222222222'], ['0000000000000']])(
  '%s carries no time',
  (name) => {
    expect(timeOfKey(name)).toBeNull();
  },
);

test('an answer with anything in it made wrong is read without an error', () => {
  const full = {
    feed: [{ post: view({ facets: [{ index: { byteStart: 0, byteEnd: 2 }, features: [{}] }], reply: {} }) }],
  };
  fc.assert(
    fc.property(mutated(JSON.stringify(full)), (document) => {
      readAll(blueskyReader, [{ url, body: document }]);
    }),
    { numRuns: 500 },
  );
});
