import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mastodonReader } from '../../../sites/mastodon/reader.ts';
import { mutated } from '../mutated.ts';
import { readAll } from '../read-answers.ts';

type Json = Record<string, unknown>;

const server = 'https://social.example';
const home = `${server}/api/v1/timelines/home`;
const postedAt = '2024-03-01T12:00:00.250Z';
const id = String((BigInt(Date.parse(postedAt)) << 16n) + 7n);

function status(change: Json = {}): Json {
  return {
    id,
    created_at: postedAt,
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    sensitive: false,
    spoiler_text: '',
    visibility: 'public',
    language: 'fa',
    uri: `https://far.example/users/bo/statuses/9`,
    url: 'https://far.example/@bo/9',
    edited_at: null,
    content: '<p>words</p>',
    reblog: null,
    account: { id: '43', acct: 'bo@far.example', display_name: 'Bo', url: 'https://far.example/@bo' },
    media_attachments: [],
    poll: null,
    quote: null,
    replies_count: 2,
    reblogs_count: 4,
    favourites_count: 5,
    ...change,
  };
}

const read = (...bodies: unknown[]) =>
  readAll(
    mastodonReader,
    bodies.map((body) => ({ url: home, body })),
  );
const one = (change: Json) => read([status(change)]).posts[0];

test('a post of another server, with all that is known of it', () => {
  expect(read([status()])).toEqual({
    posts: [
      {
        kind: 'post',
        platform: 'mastodon',
        platformId: id,
        url: 'https://far.example/@bo/9',
        author: { name: 'Bo', handle: 'bo@far.example', platformId: '43', url: 'https://far.example/@bo' },
        postedAt: {
          value: postedAt,
          precision: 'millisecond',
          zone: 'utc',
          readFrom: 'created_at in the server’s answer',
          raw: postedAt,
        },
        editedAt: null,
        title: null,
        text: 'words',
        textLossy: false,
        language: 'fa',
        direction: null,
        media: [],
        readFrom: 'Mastodon API (content)',
        sourceOfText: { found: 'network', exchange: 0, url: home },
        otherTimes: [
          {
            value: postedAt,
            precision: 'millisecond',
            zone: 'utc',
            readFrom: 'the id of the post (snowflake)',
            raw: id,
          },
        ],
        counts: [
          { of: 'likes', count: 5 },
          { of: 'reposts', count: 4 },
          { of: 'replies', count: 2 },
        ],
      },
    ],
    notes: [],
    limits: [],
  });
});

test.each([
  ['line breaks and paragraphs', '<p>a<br>b<br />c</p><p>d</p>', 'a\nb\nc\n\nd'],
  ['every space as it stands', '<p>a  b\u00a0 c\u200c&nbsp;d</p>', 'a  b\u00a0 c\u200c\u00a0d'],
  [
    'joiners, marks and characters that look alike unchanged',
    '<p>می\u200cخواهم e\u0301 \u00e9</p>',
    'می\u200cخواهم e\u0301 \u00e9',
  ],
  [
    'addresses in full, though pages shorten them',
    '<p><a href="https://site.example/long/path"><span class="invisible">https://</span><span class="ellipsis">site.example/lo</span><span class="invisible">ng/path</span></a></p>',
    'https://site.example/long/path',
  ],
  ['no script', '<p>a</p><script>alert(1)</script>', 'a'],
  ['custom emoji by their names', '<p>:blobcat: &lt;3</p>', ':blobcat: <3'],
])('text: %s', (_name, content, text) => {
  expect(one({ content })?.text).toBe(text);
});

test('a mention leads to an account', () => {
  const content =
    '<p><span class="h-card"><a href="https://far.example/@bo" class="u-url mention">@<span>bo</span></a></span> hi</p>';

  expect(one({ content })).toMatchObject({
    text: '@bo hi',
    links: [{ text: '@bo', url: 'https://far.example/@bo' }],
  });
});

describe('kinds and what they refer to', () => {
  test('a repost has no words of its own, and its original is a post', () => {
    const { posts } = read([status({ id: '12', reblog: status(), content: '<p>words</p>' })]);

    expect(posts).toMatchObject([
      {
        kind: 'repost',
        platformId: '12',
        text: '',
        references: [
          {
            relation: 'reposts',
            platformId: id,
            url: 'https://far.example/@bo/9',
            handle: 'bo@far.example',
            accountId: '43',
          },
        ],
      },
      { kind: 'post', platformId: id, text: 'words' },
    ]);
  });

  test('a reply', () => {
    expect(one({ in_reply_to_id: '11', in_reply_to_account_id: '42' })).toMatchObject({
      kind: 'reply',
      references: [{ relation: 'replies-to', platformId: '11', accountId: '42' }],
    });
  });

  test('a quote that its author may not show says so', () => {
    expect(one({ quote: { state: 'revoked', quoted_status_id: '11' } })).toMatchObject({
      kind: 'quote',
      references: [{ relation: 'quotes', platformId: '11' }],
      notices: [{ kind: 'other', text: 'State of the quote: revoked' }],
    });
  });
});

test('media with what describes them; a poll; a content warning', () => {
  const media_attachments = [
    {
      type: 'image',
      url: 'https://files.example/a.png',
      preview_url: 'https://files.example/a-small.png',
      description: 'a crow',
    },
    { type: 'gifv', url: 'https://files.example/b.mp4', description: null },
    { type: 'unknown', url: null, preview_url: null, remote_url: 'https://far.example/c.bin' },
  ];
  const poll = {
    expires_at: '2024-03-02T12:00:00.000Z',
    expired: true,
    multiple: false,
    options: [
      { title: 'Yes', votes_count: 3 },
      { title: 'No', votes_count: null },
    ],
  };
  const body = [
    status({ media_attachments, poll, spoiler_text: 'birds', sensitive: true, visibility: 'unlisted' }),
  ];

  expect(
    readAll(mastodonReader, [{ url: home, body }], ['https://files.example/a-small.png']).posts,
  ).toMatchObject([
    {
      title: 'birds',
      media: [
        { kind: 'image', url: 'https://files.example/a-small.png', alt: 'a crow' },
        { kind: 'video', url: 'https://files.example/b.mp4', alt: null },
        { kind: 'other', url: 'https://far.example/c.bin', alt: null },
      ],
      poll: {
        options: [
          { text: 'Yes', votes: 3 },
          { text: 'No', votes: null },
        ],
        closed: true,
        multiple: false,
      },
      notices: [
        { kind: 'interstitial', text: 'Marked as sensitive.' },
        { kind: 'interstitial', text: 'Behind a content warning of its author (the title).' },
        { kind: 'other', text: 'Visibility: unlisted' },
      ],
    },
  ]);
});

test('a translation stands apart from the words', () => {
  const translation = { content: '<p>the words</p>', language: 'en', provider: 'x' };
  const { posts } = readAll(mastodonReader, [
    { url: home, body: [status()] },
    { url: `${server}/api/v1/statuses/${id}/translate`, body: translation },
  ]);

  expect(posts).toMatchObject([
    { text: 'words', language: 'fa', translation: { text: 'the words', language: 'en' } },
  ]);
});

test('a post that was edited between two answers: the last words, and those before as a state', () => {
  const later = status({ content: '<p>other</p>', edited_at: '2024-03-01T13:00:00.000Z' });
  const { posts } = read([later], [status()]);

  expect(posts).toMatchObject([
    {
      text: 'other',
      editedAt: { value: '2024-03-01T13:00:00.000Z' },
      sourceOfText: { exchange: 0 },
      versions: [
        { text: 'words', at: { value: postedAt } },
        { text: 'other', at: { value: '2024-03-01T13:00:00.000Z' } },
      ],
    },
  ]);
});

test('a page is covered where its server answered, and the post that it names was read', () => {
  const { posts } = read([status()]);

  expect(mastodonReader.covers?.(`${server}/@bo@far.example/${id}`, posts)).toBe(true);
  expect(mastodonReader.covers?.(`${server}/home`, posts)).toBe(true);
  expect(mastodonReader.covers?.(`${server}/@bo@far.example/1`, posts)).toBe(false);
  expect(mastodonReader.covers?.('https://blog.example/', posts)).toBe(false);
});

test('an answer with anything in it made wrong is read without an error', () => {
  const full = [
    status({ quote: { state: 'accepted', quoted_status: status({ id: '5' }) } }),
    status({ id: '6', reblog: status({ id: '7' }) }),
  ];
  fc.assert(
    fc.property(mutated(JSON.stringify(full)), (document) => {
      read(document);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['/api/v1/statuses/9', 404, [{ platformId: '9', text: '404: Record not found' }]],
  ['/api/v1/statuses/9', 410, [{ platformId: '9', text: '410: Record not found' }]],
  ['/api/v1/statuses/9', 401, undefined],
  ['/api/v1/statuses/9', 429, undefined],
  ['/api/v1/statuses/9', 503, undefined],
  ['/api/v1/statuses/9/context', 404, undefined],
] as const)('%s answered with %i: what is said of the post', (path, code, absent) => {
  const reading = readAll(mastodonReader, [
    { url: `${server}${path}`, status: code, body: { error: 'Record not found' } },
  ]);
  expect(reading.absent).toEqual(absent);
  expect(reading.notes.join()).toContain(`answered with ${code}`);
});
