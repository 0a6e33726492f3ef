/** Posts, shares, comments and pictures of Facebook, out of answers and pages written for this project. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facebookReader } from '../../../sites/facebook/reader.ts';
import { isNamed } from '../../../sites/wall.ts';
import { mutated } from '../mutated.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readAll } from '../read-answers.ts';
import { readHtml } from '../reading.ts';
import {
  actor,
  address,
  api,
  comment,
  created,
  id,
  nodeId,
  pageId,
  pageOf,
  picture,
  story,
  timeline,
} from './answers.ts';

const text = 'The 6:40 ferry did not run [sic]\n\nقایق نیامد، می‌خواهم بدانم';

const lines = (...documents: unknown[]) =>
  new TextEncoder().encode(`for (;;);${documents.map((each) => JSON.stringify(each)).join('\r\n')}`);

const read = (...documents: unknown[]) => readAll(facebookReader, [{ url: api, body: lines(...documents) }]);

describe('a post', () => {
  test('out of an answer of several lines behind a guard, put together from its pieces', () => {
    const whole = story({ text });
    const { comet_sections: sections, ...shell } = whole;
    const { content, context_layout, feedback } = sections as Record<string, unknown>;
    const { posts, notes } = read(
      timeline({ ...shell, comet_sections: { content } }),
      { label: 'x$defer', path: ['node'], data: { ...shell, comet_sections: { context_layout } } },
      { label: 'y$defer', data: { ...shell, comet_sections: { feedback } } },
    );

    expect(notes).toEqual([]);
    expect(posts).toEqual([
      {
        kind: 'post',
        platform: 'facebook',
        platformId: id,
        url: address,
        author: {
          name: 'Pier Nine',
          handle: 'pier.nine',
          platformId: pageId,
          url: 'https://www.facebook.com/pier.nine',
        },
        postedAt: {
          value: '2024-03-01T12:00:00Z',
          precision: 'second',
          zone: 'utc',
          readFrom: 'creation_time in Facebook’s answer',
          raw: String(created),
        },
        editedAt: null,
        title: null,
        text,
        textLossy: false,
        language: null,
        direction: null,
        media: [],
        readFrom: 'Facebook story',
        sourceOfText: { found: 'network', exchange: 0, url: api },
        counts: [
          { of: 'likes', count: 1234 },
          { of: 'reposts', count: 56 },
          { of: 'replies', count: 78 },
        ],
      },
    ]);
    expect(facebookReader.covers?.(address, posts)).toBe(true);
    expect(facebookReader.covers?.(address.replace(id, '7710000000000009'), posts)).toBe(false);
  });

  test('with pictures, each once and as it was recorded, a film, a link, and what Facebook says of it', () => {
    const film = {
      media: {
        __typename: 'Video',
        id: '8820000000000001',
        playable_url: 'https://video.fbcdn.example/film.mp4',
        preferred_thumbnail: { image: { uri: 'https://scontent.fbcdn.example/cover.jpg' } },
      },
    };
    const pictures = { styles: { attachment: { all_subattachments: { nodes: [picture(1), picture(2)] } } } };
    const link = {
      title_with_entities: { text: 'Ferry news' },
      web_link: { url: 'https://l.facebook.com/l.php?u=https%3A%2F%2Fferry.example%2F1&h=x' },
    };
    const content = {
      attachments: [pictures, film, link],
      translatability_for_viewer: { source_dialect: 'fa_IR' },
      to: { __typename: 'Group', id: '5550000000000001', name: 'Ferry watchers' },
      cix_screen: { title: { text: 'Sensitive content' } },
      privacy_scope: { description: 'Friends' },
    };
    const recorded = ['https://scontent.fbcdn.example/small-2.jpg'];
    const { posts } = readAll(
      facebookReader,
      [
        {
          url: api,
          body: timeline(
            story({ text, content, story: { sponsored_data: { ad_id: '1' }, attachments: [picture(1)] } }),
          ),
        },
      ],
      recorded,
    );

    expect(posts).toHaveLength(1);
    expect(posts[0]?.media).toEqual([
      { kind: 'image', url: 'https://scontent.fbcdn.example/large-1.jpg', alt: 'Picture 1', sha256: null },
      { kind: 'video', url: 'https://video.fbcdn.example/film.mp4', alt: null, sha256: null },
      { kind: 'image', url: 'https://scontent.fbcdn.example/small-2.jpg', alt: 'Picture 2', sha256: null },
    ]);
    expect(posts[0]).toMatchObject({
      language: 'fa-IR',
      links: [{ text: 'Ferry news', url: 'https://ferry.example/1' }],
    });
    expect(posts[0]?.notices?.map(({ kind, text: said }) => [kind, said])).toEqual(
      expect.arrayContaining([
        ['label', 'Shown as an advertisement.'],
        ['interstitial', 'Sensitive content'],
        ['other', 'Shown to: Friends'],
        ['other', 'Posted in the group: Ferry watchers (5550000000000001)'],
      ]),
    );
  });

  test('a share without words is a repost, one with words a quote, and what is shared is a post of its own', () => {
    const shared = story({
      id: '7720000000000002',
      text: 'The original words',
      by: actor({ id: '100064000000077', name: 'Harbour', url: 'https://www.facebook.com/harbour.invented' }),
      url: 'https://www.facebook.com/harbour.invented/posts/7720000000000002',
    });
    const bare = read(timeline(story({ text: null, story: { attached_story: shared } }))).posts;
    const quote = read(timeline(story({ text, content: { attached_story: shared } }))).posts;
    const reference = {
      platformId: '7720000000000002',
      url: null,
      handle: null,
      accountId: '100064000000077',
    };

    expect(bare).toMatchObject([
      { kind: 'repost', platformId: id, text: '', references: [{ ...reference, relation: 'reposts' }] },
      {
        kind: 'post',
        platformId: '7720000000000002',
        text: 'The original words',
        author: { name: 'Harbour' },
      },
    ]);
    expect(quote).toMatchObject([
      {
        kind: 'quote',
        text,
        author: { platformId: pageId },
        references: [{ ...reference, relation: 'quotes' }],
      },
      { text: 'The original words', author: { platformId: '100064000000077' } },
    ]);
  });

  test('other words under the same id are a version, and that there were any is said', () => {
    const { posts, notes } = read(
      timeline(story({ text: 'First words' })),
      timeline(story({ text: 'Other, longer words' })),
    );

    expect(posts).toMatchObject([{ platformId: id, text: 'Other, longer words' }]);
    expect(notes.join(' ')).toContain('stood there with other words as well');
  });

  test('a translation is no word of the author; ids in digits too long to be one are none', () => {
    const content = { translation: { message: { text: 'The boat did not come.' }, dialect: 'en_XX' } };
    expect(read(timeline(story({ text, content }))).posts[0]).toMatchObject({
      text,
      translation: { text: 'The boat did not come.', language: 'en' },
    });
    expect(read(timeline(story({ story: { post_id: 7.71e20, id: 'x' }, text }))).posts).toEqual([]);
  });
});

test('comments and answers to them: the author’s words, and the translation apart', () => {
  const answer = comment({
    id: nodeId(`comment:${id}_9910000000000002`),
    legacy_fbid: '9910000000000002',
    body: { text: 'قایق نیامد' },
    preferred_body: { text: 'The boat did not come', translation_type: 'AUTO_TRANSLATED' },
    comment_direct_parent: { id: nodeId(`comment:${id}_9910000000000001`) },
    attachments: [{ style_type_renderer: { attachment: picture(3) } }],
  });
  const { posts } = read({
    data: { feedback: { comments: { edges: [{ node: comment() }, { node: answer }] } } },
  });

  expect(posts).toMatchObject([
    {
      kind: 'reply',
      platformId: '9910000000000001',
      url: `${address}?comment_id=9910000000000001`,
      text: 'A comment.',
      author: { name: 'Ada', handle: 'ada.invented', platformId: '100000000000042' },
      references: [{ relation: 'replies-to', platformId: id }],
      counts: [
        { of: 'likes', count: 3 },
        { of: 'replies', count: 1 },
      ],
    },
    {
      text: 'قایق نیامد',
      translation: { text: 'The boat did not come' },
      references: [
        { relation: 'replies-to', platformId: '9910000000000001' },
        { relation: 'thread', platformId: id },
      ],
      media: [{ url: 'https://scontent.fbcdn.example/large-3.jpg' }],
    },
  ]);
  expect(posts[0]?.translation).toBeUndefined();
  // Its address names the post that it stands under; it is not that post.
  expect(posts.some((post) => isNamed(id, post))).toBe(false);
  expect(facebookReader.covers?.(address, posts)).toBe(false);
});

test('a page holds its post in a script; that of a picture names the post it belongs to', () => {
  const { posts, notes } = readHtml(pageOf(timeline(story({ text: `${text} </script>` }))), address);
  expect(posts).toMatchObject([{ platformId: id, text: `${text} </script>`, readFrom: 'Facebook story' }]);
  expect(notes[0]).toMatch(/^Reader facebook 1, last checked against: .*no real recording/);

  const photo = {
    ...(picture(1).media as object),
    created_time: created,
    owner: actor(),
    message: { text: 'The empty pier' },
    creation_story: { id: nodeId(`S:_I${pageId}:VK:${id}`) },
  };
  const url = 'https://www.facebook.com/photo/?fbid=8810000000000001&set=a.1';
  expect(readHtml(pageOf({ data: { currMedia: photo } }), url).posts).toMatchObject([
    {
      kind: 'picture',
      platformId: '8810000000000001',
      text: 'The empty pier',
      author: { platformId: pageId },
      references: [{ relation: 'thread', platformId: id }],
    },
  ]);
});

test('what Facebook says in the place of a post is noted, and is nobody’s post; beside its post it is nothing', () => {
  const words = 'This content isn’t available right now';
  const said = (page: string) => page.replace('</body>', `<h2><span>${words}</span></h2></body>`);
  const { posts, notes, absent } = readHtml(said(pageOf({ data: { node: null } })), address);

  expect(posts).toEqual([]);
  expect(absent).toEqual([{ platformId: id, text: words }]);
  expect(notes).toContain(`Facebook says in the place of the post: ${words}`);
  expect(readHtml(said(pageOf(timeline(story({ text })))), address).absent).toBeUndefined();
});

test('it is noted too where the address names the post by letters', () => {
  const named = 'pfbid02AbCdEfGh';
  const words = 'This content isn’t available right now';
  const page = pageOf({ data: { node: null } }).replace('</body>', `<h2><span>${words}</span></h2></body>`);

  const { absent } = readHtml(page, `https://www.facebook.com/ada.harbour/posts/${named}`);

  expect(absent).toEqual([{ platformId: named, text: words }]);
});

test('errors and refusals are noted; pages elsewhere that look the same are not read', () => {
  const { posts, notes } = readAll(facebookReader, [
    { url: api, status: 429, body: { errors: [{ message: 'Rate limit exceeded' }] } },
  ]);
  expect(posts).toEqual([]);
  expect(notes).toEqual([
    `Facebook answered 429 for ${api}.`,
    'Facebook answered with an error: Rate limit exceeded',
  ]);
  expect(readHtml(pageOf(timeline(story({ text }))), 'https://facebook.example/x').posts).not.toMatchObject([
    { platform: 'facebook' },
  ]);
});

test('anything made wrong is read without an error', () => {
  const shared = story({ id: '7720000000000002', text: 'shared' });
  const document = JSON.stringify([
    timeline(story({ text, content: { attachments: [picture(1)], attached_story: shared } })),
    comment(),
  ]);
  fc.assert(
    fc.property(mutated(document), (body) => {
      readAll(facebookReader, [{ url: api, body }]);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(mutatedHtml(pageOf(timeline(story({ text })))), (html) => {
      readHtml(html, address);
    }),
    { numRuns: 60 },
  );
});

test('posts in posts end, and that more stands there is said', () => {
  const nested = (filler: number): unknown => {
    let inner: unknown = 'deep';
    for (let n = 0; n < 300; n += 1)
      inner = {
        __typename: 'Story',
        id: nodeId(`S:_I${pageId}:VK:${id}`),
        wrapped: [inner],
        filler: Array(filler).fill({}),
      };
    return inner;
  };
  const { limits } = readAll(facebookReader, [{ url: api, body: { data: nested(200) } }]);
  expect(limits.join(' ')).toContain('larger or more deeply nested');
});
