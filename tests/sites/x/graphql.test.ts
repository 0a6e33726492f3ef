import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { xReader } from '../../../sites/x/reader.ts';
import { mutated } from '../mutated.ts';
import { type GivenAnswer, readAll } from '../read-answers.ts';
import { created, entry, graphql, id, idAt, postedAt, timeline, tweet, user } from './answers.ts';

function read(...bodies: unknown[]) {
  return readAll(
    xReader,
    bodies.map((body): GivenAnswer => ({ url: graphql, body })),
  );
}

const one = (result: unknown) => read(timeline(entry(result))).posts[0];
const texts = (result: unknown) => (one(result)?.notices ?? []).map(({ kind, text }) => `${kind}: ${text}`);

test('a post, with all that is known of it', () => {
  expect(read(timeline(entry(tweet({ full_text: 'a &amp; b &lt;c&gt; &quot;' }))))).toEqual({
    posts: [
      {
        kind: 'post',
        platform: 'x',
        platformId: id,
        url: `https://x.com/ada/status/${id}`,
        author: { name: 'Ada Example', handle: 'ada', platformId: '42', url: 'https://x.com/ada' },
        postedAt: {
          value: '2024-03-01T12:00:00Z',
          precision: 'second',
          zone: 'offset',
          readFrom: 'created_at in X’s answer',
          raw: created,
        },
        editedAt: null,
        title: null,
        text: 'a & b <c> &quot;',
        textLossy: false,
        language: 'en',
        direction: null,
        media: [],
        readFrom: 'X GraphQL (full_text)',
        sourceOfText: { found: 'network', exchange: 0, url: graphql },
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
          { of: 'quotes', count: 3 },
          { of: 'replies', count: 2 },
          { of: 'bookmarks', count: 1 },
          { of: 'views', count: 77 },
        ],
      },
    ],
    notes: [],
    limits: [],
  });
});

describe('kinds and what they refer to', () => {
  const other = idAt('2024-02-01T00:00:00.000Z');
  const original = tweet(
    {
      id_str: other,
      full_text: 'the original',
      user_id_str: '43',
      created_at: 'Thu Feb 01 00:00:00 +0000 2024',
      conversation_id_str: other,
    },
    {
      core: {
        user_results: {
          result: user({ rest_id: '43', legacy: { name: 'Bo', screen_name: 'bo' }, core: {} }),
        },
      },
    },
  );

  test('a reply refers to what it answers, and to the beginning of the thread', () => {
    const reply = tweet({
      in_reply_to_status_id_str: other,
      in_reply_to_user_id_str: '43',
      in_reply_to_screen_name: 'bo',
      conversation_id_str: '20',
    });

    expect(one(reply)).toMatchObject({
      kind: 'reply',
      references: [
        {
          relation: 'replies-to',
          platformId: other,
          url: `https://x.com/bo/status/${other}`,
          handle: 'bo',
          accountId: '43',
        },
        {
          relation: 'thread',
          platformId: '20',
          url: 'https://x.com/i/status/20',
          handle: null,
          accountId: null,
        },
      ],
    });
  });

  test('a quote, and the quoted post, are two posts', () => {
    const quote = tweet(
      {
        quoted_status_id_str: other,
        quoted_status_permalink: { expanded: `https://twitter.com/bo/status/${other}` },
      },
      { quoted_status_result: { result: original } },
    );

    expect(read(timeline(entry(quote))).posts).toMatchObject([
      {
        kind: 'quote',
        references: [
          {
            relation: 'quotes',
            platformId: other,
            url: `https://twitter.com/bo/status/${other}`,
            handle: 'bo',
          },
        ],
      },
      { kind: 'post', text: 'the original', author: { handle: 'bo', platformId: '43', name: 'Bo' } },
    ]);
  });

  test('a repost is a post of its own kind without words, counts and media', () => {
    const repost = tweet({ full_text: 'RT @bo: the orig…', retweeted_status_result: { result: original } });
    const { posts } = read(timeline(entry(repost)));

    expect(posts).toMatchObject([
      {
        kind: 'repost',
        text: '',
        media: [],
        language: null,
        references: [{ relation: 'reposts', platformId: other, accountId: '43' }],
      },
      { kind: 'post', text: 'the original' },
    ]);
    expect(posts[0]).not.toHaveProperty('counts');
    expect(posts[0]).not.toHaveProperty('sourceOfText');
  });

  test('of a repost whose original is not there the shortened words stay, and say so', () => {
    const repost = tweet({
      full_text: 'RT @bo: the orig…',
      retweeted_status_result: { result: { rest_id: other } },
    });

    expect(one(repost)).toMatchObject({
      kind: 'repost',
      text: 'RT @bo: the orig…',
      references: [{ platformId: other }],
    });
    expect(texts(repost).join()).toContain('as X shortens them');
  });
});

test('a long post is its note, with the addresses of the note', () => {
  const note = {
    text: 'all the words & <more> https://t.co/a',
    entity_set: { urls: [{ url: 'https://t.co/a', expanded_url: 'https://site.example/' }] },
  };
  const long = tweet({ full_text: 'all the…' }, { note_tweet: { note_tweet_results: { result: note } } });

  expect(one(long)).toMatchObject({
    text: note.text,
    readFrom: 'X GraphQL (note_tweet)',
    links: [{ text: 'https://t.co/a', url: 'https://site.example/' }],
  });
});

test('pictures and videos, with what describes them; the address that was recorded is the one that is named', () => {
  const media = [
    { type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Abc-1.jpg', ext_alt_text: 'a crow' },
    { type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Def.png' },
    {
      type: 'animated_gif',
      media_url_https: 'https://pbs.twimg.com/tweet_video_thumb/x.jpg',
      video_info: {
        variants: [
          { url: 'https://video.twimg.com/list.m3u8' },
          { url: 'https://video.twimg.com/small.mp4', bitrate: 100 },
          { url: 'https://video.twimg.com/large.mp4', bitrate: 900 },
        ],
      },
    },
    { type: 'photo', media_url_https: 'javascript:alert(1)' },
  ];
  const body = timeline(entry(tweet({ extended_entities: { media } })));
  const recorded = ['https://pbs.twimg.com/media/Def?format=png&name=small'];

  expect(readAll(xReader, [{ url: graphql, body }], recorded).posts[0]?.media).toEqual([
    { kind: 'image', url: 'https://pbs.twimg.com/media/Abc-1.jpg', alt: 'a crow', sha256: null },
    { kind: 'image', url: recorded[0], alt: null, sha256: null },
    { kind: 'video', url: 'https://video.twimg.com/large.mp4', alt: null, sha256: null },
  ]);
});

test('a poll', () => {
  const value = (key: string, string_value: string) => ({ key, value: { string_value, type: 'STRING' } });
  const binding_values = [
    value('choice2_label', 'No'),
    value('choice1_label', 'Yes'),
    value('choice1_count', '7'),
    value('end_datetime_utc', '2024-03-02T12:00:00Z'),
    { key: 'counts_are_final', value: { boolean_value: true } },
  ];

  expect(
    one(tweet({}, { card: { legacy: { name: 'poll2choice_text_only', binding_values } } }))?.poll,
  ).toMatchObject({
    options: [
      { text: 'Yes', votes: 7 },
      { text: 'No', votes: null },
    ],
    endsAt: { value: '2024-03-02T12:00:00Z' },
    closed: true,
  });
});

test('an edited post was posted when its first state was, and says which states there are', () => {
  const first = idAt('2024-03-01T11:50:00.000Z');
  const edited = tweet({}, { edit_control: { edit_control_initial: { edit_tweet_ids: [first, id] } } });
  const older = tweet(
    { id_str: first, created_at: 'Fri Mar 01 11:50:00 +0000 2024', conversation_id_str: first },
    { edit_control: { edit_tweet_ids: [first, id] } },
  );

  expect(one(edited)).toMatchObject({
    postedAt: { value: '2024-03-01T11:50:00.000Z', raw: first },
    editedAt: { value: '2024-03-01T12:00:00Z' },
    versions: [
      { platformId: first, text: null },
      { platformId: id, text: 'words' },
    ],
  });
  expect(texts(older)).toEqual([`other: The post was edited later: its newest state is ${id}.`]);
});

test('a stated time that is not the one in the id is told', () => {
  expect(texts(tweet({ created_at: 'Fri Mar 01 12:00:09 +0000 2024' }))).toEqual([
    `other: Two sources of the time differ: created_at in X’s answer says 2024-03-01T12:00:09Z, the id of the post (snowflake) says ${postedAt}.`,
  ]);
});

test('the platform’s translation stands apart from the author’s words', () => {
  const offered = { is_available: true, translation: 'the words in English', destination_language: 'en' };
  const post = one(
    tweet({ full_text: 'die Worte', lang: 'de' }, { grok_translated_post_with_availability: offered }),
  );

  expect(post).toMatchObject({
    text: 'die Worte',
    language: 'de',
    translation: { text: 'the words in English', language: 'en' },
  });
});

describe('what X did to a post', () => {
  test.each([
    [
      'withheld in countries',
      tweet({ withheld_in_countries: ['DE', 'FR'], withheld_scope: 'status' }),
      'withheld: The post (status) is withheld in: DE, FR',
    ],
    ['sensitive', tweet({ possibly_sensitive: true }), 'interstitial: Marked as possibly sensitive.'],
    [
      'a community note',
      tweet({}, { birdwatch_pivot: { subtitle: { text: 'Not so.' } } }),
      'label: Community note: Not so.',
    ],
    [
      'an account that is gone',
      tweet(
        {},
        { core: { user_results: { result: { __typename: 'UserUnavailable', reason: 'Suspended' } } } },
      ),
      'suspended: The account is not available: Suspended',
    ],
    [
      'an account withheld',
      tweet({}, { core: { user_results: { result: user({ legacy: { withheld_in_countries: ['TR'] } }) } } }),
      'withheld: The account is withheld in: TR',
    ],
    [
      'a quoted post that is gone',
      tweet(
        { quoted_status_id_str: '20' },
        {
          quoted_status_result: {
            result: {
              __typename: 'TweetTombstone',
              tombstone: { text: { text: 'This Post was deleted by the Post author.' } },
            },
          },
        },
      ),
      'removed: The quoted post: This Post was deleted by the Post author.',
    ],
    [
      'another account beside it',
      tweet({ user_id_str: '41' }),
      'other: The post names 41 as its account, the account beside it is 42.',
    ],
  ])('%s', (_name, result, expected) => {
    expect(texts(result)).toEqual([expected]);
  });

  test('limits and warnings around a post are said of the post', () => {
    const shown = {
      __typename: 'TweetWithVisibilityResults',
      tweet: tweet(),
      limitedActionResults: { limited_actions: [{ action: 'Reply' }, { action: 'Like' }] },
      tweetInterstitial: { text: { text: 'The following media includes potentially sensitive content.' } },
    };
    const { posts } = read(timeline(entry(shown, { promotedMetadata: { advertiser: {} } })));

    expect(posts).toHaveLength(1);
    expect(posts[0]?.notices?.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'label: Shown as an advertisement.',
      'interstitial: The following media includes potentially sensitive content.',
      'label: The platform limits: Reply, Like',
    ]);
  });

  test('what stands in the place of a post is noted, with the id where it is known', () => {
    const gone = {
      __typename: 'TweetTombstone',
      tombstone: { text: { text: 'This Post is from a suspended account.' } },
    };

    expect(read(timeline(entry(gone)))).toEqual({
      posts: [],
      notes: [`A post is not shown (${id}): This Post is from a suspended account.`],
      limits: [],
      absent: [{ platformId: id, text: 'This Post is from a suspended account.' }],
    });
  });

  test('errors and refusals are noted', () => {
    const errors = [{ message: 'Could not authenticate you', code: 32 }];
    const { notes } = readAll(xReader, [{ url: graphql, body: { errors }, status: 401 }]);

    expect(notes.join('\n')).toContain('X answered 401');
    expect(notes.join('\n')).toContain('Could not authenticate you');
  });
});

describe('hostile answers', () => {
  test('the same post in several answers is one: the fullest', () => {
    const short = tweet({ full_text: 'wor' }, { views: {} });
    const { posts, notes } = read(timeline(entry(short)), timeline(entry(tweet())), timeline(entry(short)));

    expect(posts).toMatchObject([{ text: 'words', sourceOfText: { exchange: 1 } }]);
    expect(notes).toEqual([
      '1 post stood in the answers more than once; of each the fullest state was taken.',
      `Of these, 1 stood there with other words as well: ${id}.`,
    ]);
  });

  test('halves of characters and NULs are replaced, and told', () => {
    const body = JSON.stringify(timeline(entry(tweet({ full_text: 'SIGN' })))).replace(
      'SIGN',
      'a\\ud800b\\u0000c',
    );

    expect(read(new TextEncoder().encode(body)).posts[0]).toMatchObject({
      text: 'a\uFFFDb\uFFFDc',
      textLossy: true,
    });
  });

  test('depth beyond the bounds is left out with a note', () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const { limits } = read(new TextEncoder().encode(`{"data":${deep}}`));

    expect(limits).toEqual(['An answer is too large or too deeply nested; a part of it was not read.']);
  });

  test('numbers that cannot be held are no counts and no ids', () => {
    const odd = tweet({
      favorite_count: 1e300,
      retweet_count: -1,
      quote_count: 2.5,
      reply_count: '9'.repeat(30),
      bookmark_count: '12',
    });
    const counts = one(odd)?.counts;

    expect(counts).toEqual([
      { of: 'bookmarks', count: 12 },
      { of: 'views', count: 77 },
    ]);
    expect(read(timeline(entry(tweet({}, { rest_id: 1e20 })))).posts).toEqual([]);
  });

  test.each([
    ['no JSON', 'for (;;);', 'is not valid JSON and was not read'],
    [
      'no UTF-8',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]),
      'are not valid UTF-8',
    ],
    ['too large', new Uint8Array(17 * 1024 * 1024), 'more than the 16777216 that are read'],
  ])('%s is noted', (_name, body, note) => {
    expect(read(typeof body === 'string' ? new TextEncoder().encode(body) : body).notes.join()).toContain(
      note,
    );
  });

  test('an answer with anything in it made wrong is read without an error', () => {
    const full = timeline(
      entry({
        __typename: 'TweetWithVisibilityResults',
        tweet: tweet({}, { quoted_status_result: { result: tweet({ id_str: '20' }) } }),
      }),
      entry(tweet({ retweeted_status_result: { result: tweet({ id_str: '21' }) } })),
    );
    fc.assert(
      fc.property(mutated(JSON.stringify(full)), (document) => {
        read(document);
      }),
      { numRuns: 500 },
    );
  });
});
