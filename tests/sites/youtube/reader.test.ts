import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonGivenTo } from '../../../sites/json/in-script.ts';
import { roundedCount } from '../../../sites/rounded-count.ts';
import { youtubeReader } from '../../../sites/youtube/reader.ts';
import { mutated } from '../mutated.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readAll } from '../read-answers.ts';
import { readHtml } from '../reading.ts';
import {
  channel,
  comment,
  comments,
  community,
  entity,
  next,
  player,
  video,
  watch,
  watchPage,
  writer,
} from './answers.ts';

const answer = (body: unknown) => readAll(youtubeReader, [{ url: next, body }]);
const notices = (given: unknown) =>
  (readHtml(watchPage(given), watch).posts[0]?.notices ?? []).map(({ text }) => text);

test('the video of a watch page, out of what its script holds', () => {
  const { posts, notes } = readHtml(watchPage(), watch);

  expect(posts).toMatchObject([
    {
      kind: 'video',
      platform: 'youtube',
      platformId: video,
      url: watch,
      author: {
        name: 'Harbour Films',
        handle: 'harbourfilms',
        platformId: channel,
        url: `https://www.youtube.com/channel/${channel}`,
      },
      postedAt: { value: '2021-01-08T15:30:00Z', precision: 'second', zone: 'offset' },
      otherTimes: [{ value: '2021-01-08T06:00:00Z', readFrom: 'uploadDate of the player’s answer' }],
      title: 'The harbour at night',
      text: 'First line\nhttps://example.org/ می‌خواهم',
      media: [{ kind: 'image', url: 'https://i.ytimg.com/vi/a/l.jpg' }],
      counts: [
        { of: 'likes', count: 77 },
        { of: 'views', count: 12345 },
      ],
    },
  ]);
  expect(notes).toEqual([
    expect.stringMatching(/^Reader youtube 1, last checked against: .*no real recording\./),
  ]);
});

test('a day stays a day', () => {
  const { posts } = readHtml(
    watchPage(player({}, { publishDate: '2021-01-08', uploadDate: '2021-01-08' })),
    watch,
  );

  expect(posts[0]?.postedAt).toMatchObject({ value: '2021-01-08', precision: 'day', zone: 'unknown' });
  expect(posts[0]?.otherTimes).toBeUndefined();
});

describe('what YouTube says of a video', () => {
  test.each([
    [
      player({ playabilityStatus: { status: 'LOGIN_REQUIRED', reason: 'Sign in to confirm your age' } }),
      'YouTube says of the video: LOGIN_REQUIRED: Sign in to confirm your age',
    ],
    [player({}, { isUnlisted: true }), 'Unlisted: shown to those who have its address.'],
    [player({}, { isFamilySafe: false }), 'Not marked as safe for families.'],
  ])('%#', (given, words) => {
    expect(notices(given)).toContain(words);
  });

  test('a panel beside it is a label of the platform, not the author’s words', () => {
    const data = {
      currentVideoEndpoint: { watchEndpoint: { videoId: video } },
      contents: [
        {
          clarificationRenderer: {
            contentTitle: { simpleText: 'Harbour Films' },
            text: { runs: [{ text: 'is funded by a government.' }] },
          },
        },
      ],
    };
    expect(readHtml(watchPage(player(), data), watch).posts[0]?.notices).toContainEqual({
      kind: 'label',
      text: 'YouTube’s panel: Harbour Films is funded by a government.',
    });
  });

  test('a video that is gone is noted with YouTube’s words, and is no post', () => {
    const gone = {
      playabilityStatus: {
        status: 'ERROR',
        reason: 'Video unavailable',
        errorScreen: {
          playerErrorMessageRenderer: { subreason: { simpleText: 'This video has been removed.' } },
        },
      },
    };
    const { posts, notes } = answer(gone);
    expect(posts).toEqual([]);
    expect(notes).toEqual(['A video is not shown: ERROR: Video unavailable This video has been removed.']);
  });
});

test('comments with whose they are and where they stand; their relative time is no time', () => {
  const reply = entity({
    commentId: `${comment}.9aBcDeFgHiJ`,
    content: { content: 'an answer' },
    publishedTime: '1 day ago',
  });

  const { posts } = answer(comments(entity(), reply));

  expect(posts).toMatchObject([
    {
      kind: 'reply',
      platformId: comment,
      url: `${watch}&lc=${comment}`,
      author: { name: '@ada-example', handle: 'ada-example', platformId: writer },
      postedAt: null,
      text: 'words below',
      references: [{ relation: 'replies-to', platformId: video, url: watch }],
      counts: [
        { of: 'likes', count: 1200 },
        { of: 'replies', count: 3 },
      ],
      sourceOfText: { found: 'network', exchange: 0, url: next },
      notices: [
        {
          text: 'Posted, as shown: 2 years ago (edited); from the moment when it was shown, no time is stated.',
        },
        { text: 'Marked as edited; when, YouTube does not say.' },
        { text: 'Counts as shown, rounded by YouTube: likes 1.2K' },
      ],
    },
    {
      platformId: `${comment}.9aBcDeFgHiJ`,
      references: [
        { relation: 'replies-to', platformId: comment },
        { relation: 'thread', platformId: video },
      ],
    },
  ]);
});

test('places in a comment that lead somewhere', () => {
  const command = (url: string) => ({
    innertubeCommand: { commandMetadata: { webCommandMetadata: { url } } },
  });
  const content = {
    content: '🌊 at 0:17 and example.org/lo...',
    commandRuns: [
      { startIndex: 6, length: 4, onTap: command(`/watch?v=${video}&t=17s`) },
      { startIndex: 15, length: 17, onTap: command('/redirect?q=https%3A%2F%2Fexample.org%2Flong') },
      { startIndex: 900, length: 4, onTap: command('/nowhere') },
    ],
  };
  expect(answer(comments(entity({ content }))).posts[0]?.links).toEqual([
    { text: '0:17', url: `${watch}&t=17s` },
    { text: 'example.org/lo...', url: 'https://example.org/long' },
  ]);
});

test('comments as answers held them before', () => {
  const old = {
    commentRenderer: {
      commentId: comment,
      contentText: { runs: [{ text: 'words ' }, { text: 'below' }] },
      authorText: { simpleText: '@ada' },
      authorEndpoint: { browseEndpoint: { browseId: writer, canonicalBaseUrl: '/@ada' } },
      publishedTimeText: { runs: [{ text: '2 years ago' }] },
      voteCount: { simpleText: '7' },
      replyCount: 2,
      authorIsChannelOwner: true,
    },
  };
  expect(answer(old).posts).toMatchObject([
    {
      text: 'words below',
      url: null,
      author: { handle: 'ada', platformId: writer },
      counts: [
        { of: 'likes', count: 7 },
        { of: 'replies', count: 2 },
      ],
    },
  ]);
});

test('posts of a channel, their pictures, polls, and what they share', () => {
  const poll = {
    pollRenderer: {
      choices: [{ text: { runs: [{ text: 'This' }] } }, { text: { runs: [{ text: 'That' }] } }],
      totalVotes: { simpleText: '1.5K votes' },
    },
  };
  const { posts } = answer({
    contents: [community(), community({ postId: 'UgkxBBBBBBBBBBBBBBBBBBBB', backstageAttachment: poll })],
  });

  expect(posts).toMatchObject([
    {
      kind: 'post',
      platformId: 'UgkxAAAAAAAAAAAAAAAAAAAA',
      url: 'https://www.youtube.com/post/UgkxAAAAAAAAAAAAAAAAAAAA',
      author: { handle: 'harbourfilms', platformId: channel },
      text: 'Look at example.org/lo...',
      links: [{ text: 'example.org/lo...', url: 'https://example.org/long' }],
      media: [{ url: 'https://yt3.ggpht.com/picture' }],
      counts: [{ of: 'likes', count: 512 }],
    },
    { poll: { options: [{ text: 'This', votes: null }, { text: 'That' }] }, media: [] },
  ]);
});

test('a page whose post was answered is covered, one of which only comments were is not', () => {
  expect(youtubeReader.covers?.(watch, answer(player()).posts)).toBe(true);
  expect(youtubeReader.covers?.(watch, answer(comments(entity())).posts)).toBe(false);
});

test('such a page on another host is not YouTube', () => {
  expect(readHtml(watchPage(), 'https://www.youtube.com.example/watch').posts[0]?.platform).not.toBe(
    'youtube',
  );
});

describe('JSON in scripts', () => {
  test.each([
    ['var ytInitialData = {"a":"}{\\"};"};', ['{"a":"}{\\"};"}']],
    ['window["ytInitialData"] = {"a":1};', ['{"a":1}']],
    ["var ytInitialData = '\\x7b\\x22a\\x22:1\\x7d';", ['{"a":1}']],
    ['myytInitialData = {"a":1};', []],
    ['var ytInitialData = {"a":', []],
  ])('%s', (script, found) => {
    expect(jsonGivenTo('ytInitialData', script)).toEqual(found);
  });
});

test.each([
  ['12,345', 12345, false],
  ['1.2M', 1_200_000, true],
  ['3K', 3000, true],
  ['0', 0, false],
])('the count %s', (text, count, isRounded) => {
  expect(roundedCount(text)).toMatchObject({ count, isRounded });
});

test.each(['', 'Like', '1.2 Mio.', '12,34', '9'.repeat(20)])('%s is no count', (text) => {
  expect(roundedCount(text)).toBeNull();
});

test('anything made wrong is read without an error', () => {
  const whole = JSON.stringify({ ...player(), ...comments(entity()), more: [community()] });
  fc.assert(
    fc.property(mutated(whole), (document) => {
      answer(document);
    }),
    { numRuns: 150 },
  );
  fc.assert(
    fc.property(mutatedHtml(watchPage(player(), comments(entity()))), (html) => {
      readHtml(html, watch);
    }),
    { numRuns: 100 },
  );
});

describe('a video that is not shown', () => {
  const refused = (status: string) => ({ playabilityStatus: { status, reason: 'Said by the platform' } });

  test('is told as absent by the player of its own page', () => {
    const exchange = { url: watch, status: 200, mediaType: 'text/html', charset: 'utf-8' };
    const body = new TextEncoder().encode(watchPage(refused('ERROR')));
    const { absent } = youtubeReader.read({ url: watch, exchanges: [{ ...exchange, body }] });
    expect(absent).toEqual([{ platformId: video, text: 'ERROR: Said by the platform' }]);
  });

  test.each(['LOGIN_REQUIRED', 'AGE_VERIFICATION_REQUIRED', 'CONTENT_CHECK_REQUIRED'])(
    'is not what %s says: somebody else may see it',
    (status) => {
      const exchange = { url: watch, status: 200, mediaType: 'text/html', charset: 'utf-8' };
      const body = new TextEncoder().encode(watchPage(refused(status)));
      expect(youtubeReader.read({ url: watch, exchanges: [{ ...exchange, body }] }).absent).toBeUndefined();
    },
  );

  test('is not what a player is answered beside the page', () => {
    const url = 'https://www.youtube.com/youtubei/v1/player';
    const exchange = { url, status: 200, mediaType: 'application/json', charset: 'utf-8' };
    const body = new TextEncoder().encode(JSON.stringify(refused('ERROR')));
    expect(youtubeReader.read({ url: watch, exchanges: [{ ...exchange, body }] }).absent).toBeUndefined();
  });
});

test('a script that begins values and ends none is looked through once', () => {
  expect(jsonGivenTo('ytInitialData', 'ytInitialData={'.repeat(200_000))).toEqual([]);
  expect(jsonGivenTo('ytInitialData', "ytInitialData='".repeat(200_001))).toHaveLength(4);
});

test('a count of replies that is no count is none', () => {
  const strange = entity({}, { toolbar: { replyCount: { toString: 1 } } });
  expect(() => answer(comments(strange))).not.toThrow();
});
