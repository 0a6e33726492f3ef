/** The autopilot in a real Electron: what it opens and leaves alone, how it ends, what it keeps. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPassed } from '../../sites/passed.ts';
import { listPosts, virtualList } from '../support/city/lists.ts';
import { controls, lazy, lists, pictures } from './support/autopilot.ts';
import { electron, type TestEngine } from './support/engines.ts';
import type { AutopilotOrder, Recorded } from './support/run.ts';
import { artifact, bytesOf, exchangesAt, recordSite } from './support/table.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await electron();
});
afterAll(() => engine?.close());

/** As patient as a test can be. */
const patience = { end: 400, stall: 1200, media: 5000 };
const fly = (routes: Parameters<typeof recordSite>[1], path = '/', order: AutopilotOrder = {}) =>
  recordSite(engine, routes, { autopilot: { patience, ...order } }, path);

const codes = ({ result }: Recorded) => result?.reasons.map(({ code }) => code);

/** The words of the posts that passed, in the order of the page, as the archive reads them. */
function words({ stored }: Recorded): string[] {
  const parts = stored.artifacts
    .filter(({ role }) => role === 'passed')
    .map((part) => bytesOf(part).toString());
  return readPassed(parts, 'http://site.example/').flatMap(({ posts }) =>
    posts.map(({ content }) => content.text),
  );
}

test('it opens what shows more, and touches nothing that acts or leads away', async () => {
  const recorded = await fly(controls);
  expect(codes(recorded)).toEqual([]);
  const asked = recorded.site.seen.map(({ url }) => url).filter((url) => url !== '/favicon.ico');
  expect(asked).toEqual(['/', '/rest']);
  const text = artifact(recorded, 'text').toString();
  for (const opened of [
    'One begins and goes on for a long time to its end',
    'First reply',
    'Second reply',
    'Two, hidden',
    'Three, for a mouse alone',
    'Four, styled',
  ])
    expect(text).toContain(opened);
  expect(words(recorded)[0]).toBe('One begins and goes on for a long time to its end');
  expect(new URL(recorded.result?.finalUrl ?? '').pathname).toBe('/');
});

test.each([
  ['/ends', 'end', [], 24],
  ['/turns', 'stalled', ['stalled'], 16],
  ['/refuses', 'stalled', ['stalled'], 16],
  ['/silent', 'stalled', ['response-hangs', 'stalled'], 16],
])('%s: the end is told as what it is: %s', async (path, ended, reasons, count) => {
  const recorded = await fly(lists, path);
  expect(recorded.stored.end?.autopilot).toMatchObject({ ended, posts: count, kept: count });
  expect(codes(recorded)?.sort()).toEqual(reasons);
  expect(words(recorded)).toEqual(Array.from({ length: count }, (_, n) => `Post ${n} of the list`));
});

test('a list without an end is left at the limit', async () => {
  const recorded = await fly(lists, '/endless', { limits: { posts: 20 } });
  expect(recorded.stored.end?.autopilot?.ended).toBe('posts');
  expect(recorded.stored.end?.autopilot?.posts).toBeLessThan(40);
  expect(recorded.result?.reasons).toMatchObject([
    { code: 'limit-reached', message: expect.stringContaining('20 posts') },
  ]);
  expect((await fly(lists, '/endless', { limits: { screens: 2 } })).stored.end?.autopilot).toMatchObject({
    ended: 'screens',
    screens: 2,
  });
});

const posts = listPosts(70);
const board = { '/': virtualList({ marks: 'bare', source: { posts }, count: posts.length, inBox: true }) };

test('a list that recycles its elements is kept whole and in order, each screen on a picture', async () => {
  const recorded = await fly(board);
  expect(codes(recorded)).toEqual([]);
  expect(words(recorded)).toEqual(posts.map(({ text }) => text));
  const { screens = 0, pictured = 0, removed = 0 } = recorded.stored.end?.autopilot ?? {};
  expect(pictured).toBe(screens);
  expect(removed).toBeGreaterThan(40);
  const tiles = recorded.stored.artifacts.filter(({ name }) => name?.startsWith('screen-'));
  expect(tiles).toHaveLength(screens);
  expect(recorded.stored.begin?.autopilot).toEqual({ posts: 2000, screens: 1000, minutes: 20 });
});

test('who pauses goes on in the same capture, and who stops has what passed until then, sealed', async () => {
  const orders: AutopilotOrder['orders'] = [
    { posts: 15, order: 'pause' },
    { posts: 40, order: 'stop' },
  ];
  const recorded = await fly(board, '/', { orders });
  const { ended, posts: seen = 0 } = recorded.stored.end?.autopilot ?? {};
  expect(ended).toBe('stopped');
  expect(seen).toBeGreaterThanOrEqual(40);
  expect(seen).toBeLessThan(70);
  expect(words(recorded)).toEqual(posts.slice(0, seen).map(({ text }) => text));
  expect(codes(recorded)).toEqual(['stopped-by-user']);
  expect(recorded.states.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['paused', 'ending']));
  expect(artifact(recorded, 'dom').length).toBeGreaterThan(0);
});

test('a pause that nobody ends is over after a while, and the capture says so', async () => {
  const orders: AutopilotOrder['orders'] = [{ posts: 15, order: 'pause' }];
  const recorded = await fly(board, '/', { orders, patience: { ...patience, pause: 100 } });
  expect(recorded.stored.end?.autopilot?.ended).toBe('stopped');
  expect(recorded.result?.reasons).toMatchObject([
    { code: 'stopped-by-user', message: expect.stringContaining('paused for too long') },
  ]);
});

test('pictures load as they come into view, and a film is played without a sound', async () => {
  const recorded = await fly(lazy);
  expect(codes(recorded)).toEqual([]);
  for (const path of pictures) expect(exchangesAt(recorded, path)).toHaveLength(1);
  expect(exchangesAt(recorded, '/film.webm').at(-1)?.end?.body).toBe('whole');
  // A film that is there whole may be stopped before its first picture: then its page is told of nothing.
  expect(exchangesAt(recorded, '/played?muted=false')).toEqual([]);
  expect(recorded.stored.end?.autopilot).toMatchObject({ ended: 'end', played: 1 });
});
