/** What is made of a page in the place of a post, and when the next look is due. */
import { describe, expect, test } from 'vitest';
import { assess, type Looked } from '../../archive/watch/outcome.ts';
import { missedSince, nextCheck } from '../../archive/watch/schedule.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { lastResort } from '../../sites/general.ts';

function post(change: Partial<PostContent> = {}): PostContent {
  return {
    kind: 'post',
    platform: 'x',
    platformId: '20',
    url: 'https://x.com/ada/status/20',
    author: { name: 'Ada', handle: 'ada', platformId: null, url: null },
    postedAt: null,
    editedAt: null,
    title: null,
    text: 'The words of it',
    textLossy: false,
    language: null,
    direction: null,
    media: [],
    readFrom: 'answers',
    ...change,
  };
}

function looked(change: Partial<Looked> = {}): Looked {
  return {
    answers: [{ url: 'https://x.com/ada/status/20', status: 200, isDocument: true }],
    hasPage: true,
    reasons: [],
    posts: [],
    address: 'https://x.com/ada/status/20',
    notes: [],
    absent: [],
    rendered: 'Something else',
    ...change,
  };
}

describe('who acted is what was said, and nothing more', () => {
  test.each([
    ['This Post was deleted by the Post author.', 'author-says'],
    ['This Post is from a suspended account.', 'platform-says'],
    ['This Post violated the X Rules.', 'platform-says'],
    ['This Post is unavailable.', 'not-known'],
    ['ce message n’est plus disponible', 'not-known'],
  ])('%s', (text, who) => {
    const absent = [{ platformId: '20', text }];
    expect(assess(post(), looked({ absent }))).toMatchObject({ kind: 'not-reachable', who, words: text });
  });

  test('what is said in the place of another post says nothing of this one', () => {
    const absent = [{ platformId: '19', text: 'This Post was deleted by the Post author.' }];
    expect(assess(post(), looked({ absent, rendered: post().text }))).toMatchObject({ kind: 'up' });
  });
});

test('the post is told by the platform’s id among others, and its measures with it', () => {
  const notices: PostContent['notices'] = [
    { kind: 'withheld', text: 'withheld in: DE' },
    { kind: 'label', text: 'Community note: x' },
    { kind: 'other', text: 'nothing of the platform’s' },
  ];
  const posts = [post({ platformId: '19', text: 'another' }), post({ notices })];
  expect(assess(post(), looked({ posts }))).toMatchObject({
    kind: 'up',
    post: 1,
    measures: [
      { kind: 'withheld', text: 'withheld in: DE' },
      { kind: 'label', text: 'Community note: x' },
    ],
  });
  const [other] = posts;
  expect(assess(post(), looked({ posts: other === undefined ? [] : [other] }))).toMatchObject({
    kind: 'not-reachable',
    who: 'not-known',
    post: null,
  });
});

test('an answer for the post’s own id counts where the page itself is a shell', () => {
  const answers = [
    { url: 'https://m.example/@ada/20', status: 200, isDocument: true },
    { url: 'https://m.example/api/v1/statuses/20', status: 404, isDocument: false },
    { url: 'https://m.example/missing.png', status: 404, isDocument: false },
  ];
  expect(assess(post(), looked({ answers }))).toMatchObject({ kind: 'not-reachable', status: 404 });
});

test('a reader that fails is not taken for a post that is gone', () => {
  expect(assess(post(), looked({ rendered: 'Ada: The  words\nof it. 3 likes' }))).toMatchObject({
    kind: 'up',
    post: null,
  });
  expect(assess(post(), looked({ rendered: null }))).toMatchObject({ kind: 'undetermined' });
  expect(assess(post({ text: '' }), looked())).toMatchObject({ kind: 'undetermined' });
  // The words of a page that says that it has nothing are not the post edited.
  const general = { platformId: null, platform: 'forum.example' };
  const shell = post({ ...general, readFrom: lastResort, text: 'Page not found' });
  expect(assess(post({ ...general, readFrom: 'JSON-LD' }), looked({ posts: [shell] }))).toMatchObject({
    kind: 'not-reachable',
    who: 'not-known',
  });
});

test('what was read from another part of a page says so', () => {
  const now = post({ platformId: null, readFrom: 'OpenGraph', text: 'The words …' });
  const found = assess(post({ platformId: null, readFrom: 'JSON-LD' }), looked({ posts: [now] }));
  expect(found).toMatchObject({ kind: 'edited', words: expect.stringContaining('OpenGraph') });
});

describe('the next check', () => {
  const at = (text: string) => new Date(`2026-01-05T${text}.000Z`);

  test('comes the interval later, the jitter around it', () => {
    const schedule = { everyMinutes: 60, jitterMinutes: 10, hours: null };
    expect(nextCheck(schedule, at('08:00:00'), () => 0)).toEqual(at('08:50:00'));
    expect(nextCheck(schedule, at('08:00:00'), () => 0.5)).toEqual(at('09:00:00'));
    expect(nextCheck(schedule, at('08:00:00'), () => 0.75)).toEqual(at('09:05:00'));
  });

  test.each([
    ['within the hours', { from: 8, to: 18 }, '09:00:00', '10:00:00', 0],
    ['before them', { from: 12, to: 18 }, '07:00:00', '12:00:00', 0],
    ['after them', { from: 8, to: 10 }, '09:30:00', '08:00:00', 1],
    ['hours past midnight', { from: 22, to: 6 }, '20:00:00', '22:00:00', 0],
    ['inside hours past midnight', { from: 22, to: 6 }, '22:30:00', '23:30:00', 0],
  ])('%s', (_name, { from, to }, last, next, days) => {
    const schedule = { everyMinutes: 60, jitterMinutes: 0, hours: { from, to, timeZone: 'UTC' } };
    const expected = at(next).getTime() + days * 86_400_000;
    expect(nextCheck(schedule, at(last), () => 0)).toEqual(new Date(expected));
  });

  test('hours are those of the time zone, summer time included', () => {
    const schedule = {
      everyMinutes: 24 * 60,
      jitterMinutes: 0,
      hours: { from: 9, to: 17, timeZone: 'Europe/Berlin' },
    };
    const next = (last: string) => nextCheck(schedule, new Date(last), () => 0).toISOString();
    expect(next('2026-01-05T23:30:00.000Z')).toBe('2026-01-07T08:00:00.000Z');
    expect(next('2026-07-05T23:30:00.000Z')).toBe('2026-07-07T07:00:00.000Z');
    // The clocks go back on 25 October at 03:00: eight hours from one o'clock on it is only eight.
    expect(next('2026-10-23T23:00:00.000Z')).toBe('2026-10-25T08:00:00.000Z');
  });

  test('what was missed is counted, what is only late is not', () => {
    const schedule = { everyMinutes: 60, jitterMinutes: 0, hours: null };
    expect(missedSince(schedule, at('08:00:00'), at('08:59:59'))).toBe(0);
    expect(missedSince(schedule, at('08:00:00'), at('11:30:00'))).toBe(3);
    expect(missedSince(schedule, at('08:00:00'), at('07:00:00'))).toBe(0);
  });
});

describe('what is beside the post says nothing of it', () => {
  test('a note that names another post', () => {
    const notes = ['A post is not shown (19): This Post was deleted by the Post author.'];
    expect(assess(post(), looked({ notes, rendered: post().text }))).toMatchObject({ kind: 'up' });
  });

  test('a frame of the page, or a picture, that is not there', () => {
    const answers = [
      { url: 'https://x.com/ada/status/20', status: 200, isDocument: true },
      { url: 'https://pictures.example/20', status: 404, isDocument: false },
      { url: 'https://x.com/i/beacon?of=20', status: 404, isDocument: false },
    ];
    expect(assess(post(), looked({ answers, posts: [post()] }))).toMatchObject({ kind: 'up' });
    expect(assess(post(), looked({ answers, rendered: post().text }))).toMatchObject({ kind: 'up' });
  });

  test('the page’s own question for the post, answered with 404, does', () => {
    const address = 'https://social.example/@ada/20';
    const answers = [
      { url: address, status: 200, isDocument: true },
      { url: 'https://social.example/api/v1/statuses/20', status: 404, isDocument: false },
    ];
    expect(assess(post(), looked({ address, answers }))).toMatchObject({
      kind: 'not-reachable',
      status: 404,
    });
  });
});

describe('an address of which nothing was read yet', () => {
  test('that names a post is compared with that one, and never with another', () => {
    const posts = [post({ platformId: '19', url: 'https://x.com/ada/status/19' }), post()];
    expect(assess(null, looked({ posts }))).toMatchObject({ kind: 'up', post: 1 });
    expect(assess(null, looked({ posts: posts.slice(0, 1) }))).toMatchObject({
      kind: 'undetermined',
      post: null,
    });
  });

  test('of a page with many posts says only that the page is there', () => {
    const posts = [post({ platformId: '19' }), post()];
    expect(assess(null, looked({ address: 'https://x.com/ada', posts }))).toMatchObject({
      kind: 'up',
      post: null,
    });
  });
});

test('the only post of another page is not the post edited', () => {
  const before = post({ platformId: null, url: 'https://blog.example/post/1' });
  const home = post({ platformId: null, url: 'https://blog.example/', text: 'Our blog' });
  expect(assess(before, looked({ posts: [home], rendered: 'Our blog' }))).not.toMatchObject({
    kind: 'edited',
  });
});
