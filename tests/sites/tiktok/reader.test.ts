/** Pages of TikTok as small as they can be. People and words are invented; no real recording was at hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tiktokReader } from '../../../sites/tiktok/reader.ts';
import { mutated } from '../mutated.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readAll } from '../read-answers.ts';
import { readHtml } from '../reading.ts';

type Json = Record<string, unknown>;

const createTime = Date.parse('2023-02-24T07:33:58Z') / 1000;
const id = String((BigInt(createTime) << 32n) + 5n);
const address = `https://www.tiktok.com/@harbour.films/video/${id}`;

const item = (change: Json = {}): Json => ({
  id,
  desc: 'The harbour #night می‌خواهم',
  createTime: String(createTime),
  textLanguage: 'en',
  author: { id: '6800000000000000001', uniqueId: 'harbour.films', nickname: 'Harbour Films' },
  stats: { diggCount: 1200, shareCount: 3, commentCount: 4, playCount: 12000 },
  statsV2: { diggCount: '1234', playCount: '12345' },
  video: {
    playAddr: 'https://v16.tiktokcdn.example/film.mp4',
    cover: 'https://p16.tiktokcdn.example/cover.jpg',
  },
  ...change,
});

const pageOf = (detail: unknown) =>
  `<!doctype html><html><body><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${JSON.stringify({ __DEFAULT_SCOPE__: { 'webapp.video-detail': detail } })}</script></body></html>`;
const page = (change: Json = {}) => pageOf({ statusCode: 0, itemInfo: { itemStruct: item(change) } });

test('the video of a page, with its exact counts and the time in its id', () => {
  const { posts, notes } = readHtml(page(), address);

  expect(posts).toMatchObject([
    {
      kind: 'video',
      platform: 'tiktok',
      platformId: id,
      url: address,
      author: { name: 'Harbour Films', handle: 'harbour.films', platformId: '6800000000000000001' },
      postedAt: { value: '2023-02-24T07:33:58Z', precision: 'second', zone: 'utc' },
      otherTimes: [{ value: '2023-02-24T07:33:58Z', raw: id }],
      text: 'The harbour #night می‌خواهم',
      language: 'en',
      media: [{ kind: 'video', url: 'https://v16.tiktokcdn.example/film.mp4' }],
      counts: [
        { of: 'likes', count: 1234 },
        { of: 'reposts', count: 3 },
        { of: 'replies', count: 4 },
        { of: 'views', count: 12345 },
      ],
    },
  ]);
  expect(posts[0]?.notices).toBeUndefined();
  expect(notes[0]).toMatch(/^Reader tiktok 1, last checked against: .*no real recording/);
});

test('labels, a time that does not fit the id, a series of pictures', () => {
  expect(readHtml(page({ warnInfo: [{ text: 'Learn the facts' }] }), address).posts[0]?.notices).toEqual([
    { kind: 'label', text: 'TikTok says: Learn the facts' },
  ]);
  expect(
    readHtml(page({ createTime: String(createTime + 3600) }), address).posts[0]?.notices?.[0]?.text,
  ).toMatch(/^Two sources of the time differ/);
  const series = {
    imagePost: { images: [{ imageURL: { urlList: ['https://p16.tiktokcdn.example/1.jpg'] } }] },
  };
  expect(readHtml(page(series), address).posts[0]).toMatchObject({
    kind: 'picture',
    url: address.replace('/video/', '/photo/'),
    media: [{ kind: 'image', url: 'https://p16.tiktokcdn.example/1.jpg' }],
  });
});

test('a video that is not shown is noted, and its page’s words are nobody’s post', () => {
  const { posts, notes } = readHtml(pageOf({ statusCode: 10204, statusMsg: 'item doesn’t exist' }), address);

  expect(posts).toEqual([]);
  expect(notes).toContain('TikTok says of the video: item doesn’t exist');
});

test('comments and answers to them', () => {
  const comment = (change: Json = {}) => ({
    cid: '7200000000000000001',
    text: 'words below',
    create_time: createTime,
    digg_count: 7,
    aweme_id: id,
    reply_id: '0',
    user: { uid: '42', unique_id: 'ada', nickname: 'Ada' },
    ...change,
  });
  const url = 'https://www.tiktok.com/api/comment/list/?aweme_id=1';
  const { posts } = readAll(tiktokReader, [
    {
      url,
      body: {
        comments: [comment(), comment({ cid: '7200000000000000002', reply_id: '7200000000000000001' })],
      },
    },
  ]);

  expect(posts).toMatchObject([
    {
      kind: 'reply',
      text: 'words below',
      author: { handle: 'ada', platformId: '42' },
      references: [{ relation: 'replies-to', platformId: id }],
      counts: [{ of: 'likes', count: 7 }],
    },
    {
      references: [
        { relation: 'replies-to', platformId: '7200000000000000001' },
        { relation: 'thread', platformId: id },
      ],
    },
  ]);
  expect(tiktokReader.covers?.(address, posts)).toBe(false);
});

test('anything made wrong is read without an error', () => {
  const url = 'https://www.tiktok.com/api/item/detail/';
  fc.assert(
    fc.property(mutated(JSON.stringify({ itemInfo: { itemStruct: item() } })), (body) => {
      readAll(tiktokReader, [{ url, body }]);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(mutatedHtml(page()), (html) => {
      readHtml(html, address);
    }),
    { numRuns: 60 },
  );
});
