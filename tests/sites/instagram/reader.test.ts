/** Posts, series of pictures and comments of Instagram, out of answers and pages written for this project. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instagramReader } from '../../../sites/instagram/reader.ts';
import { shortcodeOf, timeOfId } from '../../../sites/instagram/shortcode.ts';
import { isNamed } from '../../../sites/wall.ts';
import { mutated } from '../mutated.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readAll } from '../read-answers.ts';
import { readHtml } from '../reading.ts';
import {
  address,
  code,
  comment,
  commentList,
  media,
  pageOf,
  picture,
  pk,
  taken,
  user,
  webInfo,
} from './answers.ts';

const graphql = 'https://www.instagram.com/graphql/query';
const info = `https://www.instagram.com/api/v1/media/${pk}/info/`;
const text = 'The 6:40 ferry did not run [sic]\n\nقایق نیامد، می‌خواهم بدانم #ferry';

const read = (...documents: object[]) =>
  readAll(
    instagramReader,
    documents.map((body) => ({ url: graphql, body })),
  );

test('id and code are one number, whose upper bits are a time', () => {
  expect(shortcodeOf('3928396500541181492')).toBe('DaEd82_pQ40');
  expect(shortcodeOf(pk)).toBe(code);
  expect(timeOfId(pk)?.value).toBe('2024-03-01T12:00:00.000Z');
  expect([timeOfId('12'), timeOfId(null)]).toEqual([null, null]);
});

test('a post with its picture, in the form of GraphQL and of api/v1', () => {
  const [post, ...more] = read(webInfo(media(text))).posts;

  expect(more).toEqual([]);
  expect(post).toEqual({
    kind: 'picture',
    platform: 'instagram',
    platformId: code,
    url: address,
    author: {
      name: 'Harbour Watch',
      handle: 'harbour.watch',
      platformId: '51000000001',
      url: 'https://www.instagram.com/harbour.watch/',
    },
    postedAt: {
      value: '2024-03-01T12:00:00Z',
      precision: 'second',
      zone: 'utc',
      readFrom: 'taken_at in Instagram’s answer',
      raw: String(taken),
    },
    editedAt: null,
    title: null,
    text,
    textLossy: false,
    language: null,
    direction: null,
    media: [
      {
        kind: 'image',
        url: 'https://scontent.cdninstagram.example/large-1.jpg',
        alt: 'Picture 1',
        sha256: null,
      },
    ],
    readFrom: 'Instagram media',
    sourceOfText: { found: 'network', exchange: 0, url: graphql },
    otherTimes: [
      {
        value: '2024-03-01T12:00:00.000Z',
        precision: 'millisecond',
        zone: 'utc',
        readFrom: 'the id of the post',
        raw: pk,
      },
    ],
    counts: [
      { of: 'likes', count: 1234 },
      { of: 'replies', count: 2 },
    ],
  });
  const feed = `https://www.instagram.com/api/v1/feed/user/51000000001/?count=12`;
  expect(
    readAll(instagramReader, [{ url: feed, body: { items: [media(text)], status: 'ok' } }]).posts,
  ).toMatchObject([{ platformId: code, text }]);
  expect(instagramReader.covers?.(address, [])).toBe(false);
  expect(post && instagramReader.covers?.(address, [post])).toBe(true);
});

test('a series keeps every picture and film, as it was recorded where it was', () => {
  const film = picture(2, {
    video_versions: [{ url: 'https://video.cdninstagram.example/2.mp4', type: 101 }],
  });
  const series = media(text, {
    media_type: 8,
    carousel_media_count: 3,
    carousel_media: [picture(1), film, picture(3)],
  });
  const { posts } = readAll(
    instagramReader,
    [{ url: graphql, body: webInfo(series) }],
    ['https://scontent.cdninstagram.example/small-3.jpg'],
  );

  expect(posts.map(({ kind }) => kind)).toEqual(['picture']);
  expect(posts[0]?.media.map(({ kind, url }) => [kind, url.split('/').at(-1)])).toEqual([
    ['image', 'large-1.jpg'],
    ['video', '2.mp4'],
    ['image', 'small-3.jpg'],
  ]);
});

test('what Instagram says of a post; counts that its author hides are none; a translation is apart', () => {
  const [post] = readAll(instagramReader, [
    {
      url: info,
      body: {
        items: [
          media(text, {
            media_type: 2,
            play_count: 999,
            like_and_view_counts_disabled: true,
            is_paid_partnership: true,
            caption_is_edited: true,
            media_overlay_info: { title: 'Sensitive content', description: 'This may be upsetting.' },
            sharing_friction_info: { should_have_sharing_friction: true },
            coauthor_producers: [user({ username: 'other_author' })],
            location: { name: 'Elmwick pier' },
            user: user({ is_private: true }),
          }),
        ],
      },
    },
    {
      url: 'https://www.instagram.com/api/v1/language/translate/?id=18000000000000001&type=1',
      body: { translation: 'The boat did not come.', status: 'ok' },
    },
  ]).posts;

  expect(post).toMatchObject({
    kind: 'video',
    text,
    translation: { text: 'The boat did not come.', language: null },
    counts: [
      { of: 'replies', count: 2 },
      { of: 'views', count: 999 },
    ],
  });
  expect(post?.notices).toEqual([
    { kind: 'interstitial', text: 'Sensitive content This may be upsetting.' },
    { kind: 'label', text: 'Sharing it is slowed down by a warning.' },
    { kind: 'label', text: 'Marked as a paid partnership.' },
    { kind: 'other', text: 'Marked as edited; when, Instagram does not say.' },
    { kind: 'other', text: 'The author hides how often it was liked.' },
    { kind: 'other', text: 'The account is private: shown to those whom it lets follow.' },
    { kind: 'other', text: 'Posted together with: other_author' },
    { kind: 'other', text: 'Place that the author named: Elmwick pier' },
  ]);
  expect(read(webInfo(media(null, { taken_at: taken + 200_000 }))).posts[0]).toMatchObject({
    text: '',
    notices: [{ text: expect.stringContaining('Two sources of the time differ') }],
  });
});

test('comments and answers to them name the post that they stand under', () => {
  const url = `https://www.instagram.com/api/v1/media/${pk}/comments/?can_support_threading=true`;
  const answer = comment({
    pk: '18000000000000003',
    text: 'An answer.',
    parent_comment_id: '18000000000000002',
  });
  const { posts } = readAll(instagramReader, [{ url, body: { comments: [comment(), answer] } }]);

  expect(posts).toMatchObject([
    {
      kind: 'reply',
      platformId: '18000000000000002',
      url: `${address}c/18000000000000002/`,
      text: 'A comment.',
      author: { handle: 'ada_invented', platformId: '51000000042' },
      references: [{ relation: 'replies-to', platformId: code, url: address }],
      counts: [
        { of: 'likes', count: 3 },
        { of: 'replies', count: 1 },
      ],
    },
    {
      text: 'An answer.',
      references: [
        { relation: 'replies-to', platformId: '18000000000000002' },
        { relation: 'thread', platformId: code },
      ],
    },
  ]);
  // Its address names the post that it stands under; it is not that post.
  expect(posts.some((post) => isNamed(code, post))).toBe(false);
  expect(instagramReader.covers?.(address, posts)).toBe(false);
});

test('a page holds its post and comments in its scripts; older pages in another form', () => {
  const { posts, notes } = readHtml(
    pageOf(webInfo(media(`${text} </script>`)), commentList(comment())),
    address,
  );
  expect(posts).toMatchObject([
    { platformId: code, text: `${text} </script>` },
    { kind: 'reply', references: [{ relation: 'replies-to', platformId: code }] },
  ]);
  expect(notes[0]).toMatch(/^Reader instagram 1, last checked against: .*no real recording/);

  const older = {
    id: pk,
    shortcode: code,
    __typename: 'GraphSidecar',
    taken_at_timestamp: taken,
    owner: { id: '51000000001', username: 'harbour.watch', full_name: 'Harbour Watch' },
    edge_media_to_caption: { edges: [{ node: { text } }] },
    edge_media_preview_like: { count: 12 },
    edge_media_to_parent_comment: {
      count: 1,
      edges: [
        { node: { id: '1788', text: 'Below', created_at: taken, owner: { id: '42', username: 'ada' } } },
      ],
    },
    edge_sidecar_to_children: {
      edges: [
        { node: { display_url: 'https://scontent.cdninstagram.example/a.jpg' } },
        { node: { is_video: true, video_url: 'https://video.cdninstagram.example/b.mp4' } },
      ],
    },
  };
  const data = { entry_data: { PostPage: [{ graphql: { shortcode_media: older } }] } };
  const html = `<!doctype html><script>window._sharedData = ${JSON.stringify(data)};</script>`;
  expect(readHtml(html, address).posts).toMatchObject([
    {
      platformId: code,
      text,
      author: { platformId: '51000000001' },
      media: [{ kind: 'image' }, { kind: 'video' }],
      counts: [
        { of: 'likes', count: 12 },
        { of: 'replies', count: 1 },
      ],
    },
    { kind: 'reply', text: 'Below', references: [{ platformId: code }] },
  ]);
});

test('a post that is not shown, a sign-in and a refusal are noted', () => {
  const gone = readAll(instagramReader, [
    { url: info, status: 404, body: { message: 'Media not found or unavailable', status: 'fail' } },
  ]);
  expect(gone).toMatchObject({
    posts: [],
    absent: [{ platformId: code, text: 'Media not found or unavailable' }],
  });
  const wall = readAll(instagramReader, [
    {
      url: info,
      status: 401,
      body: { message: 'Please wait a few minutes', require_login: true, status: 'fail' },
    },
  ]);
  expect(wall.absent).toBeUndefined();
  expect(wall.notes[0]).toContain('answered 401');
  const page = pageOf().replace('</body>', '<span>Sorry, this page isn’t available.</span></body>');
  expect(readHtml(page, address)).toMatchObject({
    posts: [],
    absent: [{ platformId: code, text: 'Sorry, this page isn’t available.' }],
  });
});

test('anything made wrong is read without an error', () => {
  const document = JSON.stringify([
    webInfo(media(text, { carousel_media: [picture(1)] })),
    commentList(comment()),
  ]);
  fc.assert(
    fc.property(mutated(document), (body) => {
      readAll(instagramReader, [{ url: graphql, body }]);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(mutatedHtml(pageOf(webInfo(media(text)))), (html) => {
      readHtml(html, address);
    }),
    { numRuns: 60 },
  );
});
