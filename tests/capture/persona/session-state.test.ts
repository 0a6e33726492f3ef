/** Taking the session of a persona out of a browser whose pages do not all answer. */
import { expect, test } from 'vitest';
import { CdpError, type CdpSession } from '../../../capture/cdp-session.ts';
import { takeSession } from '../../../capture/persona/session-state.ts';

/** A browser that shows the page of each of these origins, whose storage says that; any other does not answer. */
function browserWith(storage: Record<string, [string, string][]>): CdpSession {
  let at = '';
  return {
    closed: new Promise(() => undefined),
    detach: () => Promise.resolve(),
    on: () => () => undefined,
    send: async (method, params) => {
      if (method === 'Network.getAllCookies') return { cookies: [] };
      if (method === 'Page.navigate') {
        at = String(params?.url).replace(/\/$/, '');
        return { frameId: 'page' };
      }
      if (method === 'Page.createIsolatedWorld') {
        if (storage[at] === undefined) throw new CdpError(method, 'the page does not answer');
        return { executionContextId: 1 };
      }
      if (method === 'Runtime.evaluate') return { result: { value: JSON.stringify(storage[at]) } };
      return {};
    },
  };
}

test('of an origin that does not answer, and of one too many, what was kept before stays', async () => {
  const many = Array.from({ length: 210 }, (_, n) => `https://${n}.test`);
  const before = [...many, 'https://silent.test'].map((origin) => ({
    origin,
    items: [['token', 'before']] as [string, string][],
  }));
  const now = Object.fromEntries(many.map((origin) => [origin, [['token', 'now']] as [string, string][]]));
  const origins = ['https://silent.test', ...many];

  const { storage } = await takeSession(browserWith(now), origins, before);

  expect(storage.map(({ origin }) => origin).sort()).toEqual([...origins].sort());
  const tokenOf = (asked: string) => storage.find(({ origin }) => origin === asked)?.items[0]?.[1];
  expect(['https://silent.test', 'https://0.test', 'https://209.test'].map(tokenOf)).toEqual([
    'before',
    'now',
    'before',
  ]);
});
