/** The trail over a browser that says what a test tells it to say. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CdpEvent, CdpSession } from '../../../capture/cdp-session.ts';
import { Trail, type TrailPage } from '../../../capture/persona/trail.ts';

interface Answer {
  body: string;
  base64Encoded?: boolean;
}

async function follow(bodies: Record<string, Answer>, shows = 'about:blank') {
  let listener: (event: CdpEvent) => void = () => undefined;
  const pages: TrailPage[] = [];
  const session: CdpSession = {
    closed: new Promise(() => undefined),
    detach: () => Promise.resolve(),
    on: (next) => {
      listener = next;
      return () => undefined;
    },
    send: async (method, params) => {
      if (method === 'Page.getFrameTree') return { frameTree: { frame: { id: 'page', url: shows } } };
      if (method !== 'Network.getResponseBody') return {};
      return { base64Encoded: false, ...bodies[String(params?.requestId)] };
    },
  };
  const clock = () => new Date('2026-03-04T09:00:00.000Z');
  const trail = await Trail.follow({
    ...{ session, clock, state: 'on' as const },
    onPage: (page) => page !== null && pages.push(page),
  });
  const say = (method: string, params: object) => listener({ method, params, sessionId: null });
  const asks = (requestId: string, url: string, more: object = {}) =>
    say('Network.requestWillBeSent', {
      ...{ requestId, loaderId: requestId, type: 'Document', frameId: 'page', timestamp: 1, wallTime: 1 },
      request: { url, method: 'GET', headers: {} },
      ...more,
    });
  const answers = async (requestId: string, bytes: number, how = 'Network.loadingFinished') => {
    const url = 'https://x.test/';
    if (how !== 'download') say('Page.frameNavigated', { frame: { id: 'page', loaderId: requestId, url } });
    say('Network.dataReceived', { requestId, dataLength: bytes, encodedDataLength: bytes });
    say(how === 'download' ? 'Network.loadingFailed' : how, {
      requestId,
      timestamp: 1,
      type: 'Document',
      errorText: '',
    });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { trail, pages, say, asks, answers };
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('each document with its digest, where the bytes are certain; else without', async () => {
  const { pages, say, asks, answers } = await follow({
    whole: { body: 'Grüße' },
    latin: { body: 'Grüße' },
    repaired: { body: 'a\u{fffd}' },
    picture: { body: Buffer.from([0, 255]).toString('base64'), base64Encoded: true },
    broken: { body: 'half' },
  });
  const referer = { url: 'https://x.test/2', method: 'GET', headers: { Referer: 'https://x.test/1' } };
  asks('whole', 'https://x.test/1');
  await answers('whole', 7);
  asks('latin', 'https://x.test/2', { request: referer });
  await answers('latin', 5);
  asks('repaired', 'https://x.test/3');
  await answers('repaired', 4);
  asks('picture', 'https://x.test/4');
  await answers('picture', 2);
  asks('broken', 'https://x.test/5');
  await answers('broken', 4, 'Network.loadingFailed');

  asks('download', 'https://x.test/6');
  await answers('download', 4, 'download');
  say('Page.frameNavigated', { frame: { id: 'page', loaderId: 'before', url: 'https://x.test/back' } });

  const at = '2026-03-04T09:00:00.000Z';
  expect(pages).toEqual([
    { at, url: 'https://x.test/1', referrer: null, sha256: sha256('Grüße') },
    { at, url: 'https://x.test/2', referrer: 'https://x.test/1', sha256: null },
    { at, url: 'https://x.test/3', referrer: null, sha256: null },
    { at, url: 'https://x.test/4', referrer: null, sha256: sha256(Uint8Array.of(0, 255)) },
    { at, url: 'https://x.test/5', referrer: null, sha256: null },
    { at, url: 'https://x.test/back', referrer: null, sha256: null },
  ]);
});

test('pages of one application are told apart; frames, jumps in a page and what a recorder loads are no lines', async () => {
  const { trail, pages, say, asks, answers } = await follow({ page: { body: 'app' } });
  asks('page', 'https://x.test/home');
  await answers('page', 3);
  asks('frame', 'https://ads.test/', { frameId: 'frame' });
  say('Page.frameNavigated', { frame: { id: 'frame', loaderId: 'frame', url: 'https://ads.test/' } });
  say('Network.loadingFinished', { requestId: 'frame', timestamp: 1 });
  for (const url of ['https://x.test/home#below', 'https://x.test/status/1', 'https://x.test/status/1#2'])
    say('Page.navigatedWithinDocument', { frameId: 'page', url });
  asks('endless', 'https://x.test/endless');
  say('Page.frameNavigated', { frame: { id: 'page', loaderId: 'endless', url: 'https://x.test/endless' } });
  trail.pause();
  asks('recorded', 'https://x.test/status/1');
  await answers('recorded', 3);
  await trail.resume();

  expect(pages).toMatchObject([
    { url: 'https://x.test/home', sha256: sha256('app') },
    { url: 'https://x.test/status/1', referrer: 'https://x.test/home#below', sha256: null },
    { url: 'https://x.test/endless', sha256: null },
  ]);
});

test('a page that was there before anybody followed it is a line, without a digest', async () => {
  const { pages } = await follow({}, 'https://x.test/there');
  expect(pages).toMatchObject([{ url: 'https://x.test/there', referrer: null, sha256: null }]);
});

test('what is visited while it is paused is no line, and not where the next page comes from', async () => {
  const { trail, pages, asks, answers } = await follow({
    ...{ secret: { body: 'a' }, late: { body: 'c' }, next: { body: 'b' } },
  });
  const from = { url: 'https://x.test/next', method: 'GET', headers: { Referer: 'https://x.test/secret' } };
  asks('secret', 'https://x.test/secret');
  trail.keep('paused');
  await answers('secret', 1);
  asks('late', 'https://x.test/late');
  const late = answers('late', 1);
  // Its digest is still being asked for.
  trail.keep('on');
  await late;
  asks('next', 'https://x.test/next', { request: from });
  await answers('next', 1);
  expect(pages).toMatchObject([{ url: 'https://x.test/next', referrer: null, sha256: sha256('b') }]);
});
