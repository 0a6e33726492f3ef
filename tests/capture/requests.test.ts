/** Chains of addresses of which the browser tells late, as engines do that swap a page's process. */
import { expect, test } from 'vitest';
import type { CdpEventOf } from '../../capture/cdp/events.ts';
import { Requests } from '../../capture/requests.ts';

type Sent = CdpEventOf<'Network.requestWillBeSent'>;

const forward = { url: '', status: 302, statusText: 'Found', headers: {}, mimeType: '' };

function sent(path: string, after: string | null, wallTime: number): Sent {
  return {
    requestId: 'r',
    loaderId: 'l',
    request: { url: `https://a.test${path}`, method: 'GET', headers: {} },
    timestamp: wallTime,
    wallTime,
    type: 'Document',
    frameId: 'f',
    ...(after === null ? {} : { redirectResponse: { ...forward, url: `https://a.test${after}` } }),
    redirectHasExtraInfo: true,
  };
}

test('hops that were put together from held answers are told of late: each stays one, and learns its time', () => {
  const answered: string[] = [];
  const requests = new Requests(({ request }) => answered.push(new URL(request.url).pathname));
  const chain: [string, string | null][] = [
    ['/one', null],
    ['/two', '/one'],
    ['/end', '/two'],
  ];

  const assumed = chain.map(([path, after]) => requests.sent(sent(path, after, 1), null, true));
  const told = chain.map(([path, after], n) => requests.sent(sent(path, after, 10 + n), null));

  expect(told).toEqual(assumed);
  expect(told.map(({ wallTime }) => wallTime)).toEqual([10, 11, 12]);
  expect(answered).toEqual(['/one', '/two']);
  expect(requests.hop('r')?.request.url).toBe('https://a.test/end');
});

test('the rest of a chain that was told of in part', () => {
  const answered: string[] = [];
  const requests = new Requests(({ request }) => answered.push(new URL(request.url).pathname));

  const first = requests.sent(sent('/one', null, 10), null);
  const assumed = requests.sent(sent('/two', '/one', 1), null, true);
  const second = requests.sent(sent('/two', '/one', 11), null);
  const last = requests.sent(sent('/end', '/two', 12), null);

  expect(second).toBe(assumed);
  expect(new Set([first, second, last]).size).toBe(3);
  expect(answered).toEqual(['/one', '/two']);
});
