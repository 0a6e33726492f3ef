import { expect, test } from 'vitest';
import { guiseOf } from '../../../capture/persona/guise.ts';
import { proxyWords, withoutProxy } from '../../../capture/persona/without-proxy.ts';
import { KnownSecrets } from '../../../capture/secrets/known.ts';
import type { ExchangeStart } from '../../../contract/model/recording.ts';
import { parseProxy } from '../../../contract/proxy.ts';

const own = {
  version: '114.0.5735.106',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36',
};
const nothing = { languages: [], timeZone: null, userAgent: null };
const says = (system: string, rest = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 ${rest}Safari/537.36`;

test('who says nothing of itself is not dressed', () => {
  expect(guiseOf(nothing, own)).toBeNull();
});

test.each([
  [
    says('Windows NT 10.0; Win64; x64'),
    { platform: 'Windows', platformVersion: '10.0.0', bitness: '64' },
    'Win32',
    'Google Chrome',
  ],
  [
    `${says('Macintosh; Intel Mac OS X 10_15_7')} Edg/131.0.0.0`,
    { platform: 'macOS', platformVersion: '10.15.7' },
    'MacIntel',
    'Microsoft Edge',
  ],
  [
    says('Linux; Android 10; K', 'Mobile '),
    { platform: 'Android', mobile: true, model: 'K' },
    'Linux armv81',
    'Google Chrome',
  ],
])('client hints fit the user agent: %s', (userAgent, hints, platform, brand) => {
  const guise = guiseOf({ ...nothing, userAgent }, own);

  expect(guise?.userAgent).toMatchObject({ userAgent, platform, userAgentMetadata: hints });
  expect(guise?.userAgent.userAgentMetadata?.brands).toContainEqual({ brand, version: '131' });
});

test('a language alone leaves the browser under its own name, with its own version', () => {
  expect(guiseOf({ ...nothing, languages: ['de', 'en'] }, own)).toMatchObject({
    userAgent: {
      userAgent: own.userAgent,
      acceptLanguage: 'de,en',
      userAgentMetadata: { fullVersion: own.version, platform: 'Linux' },
    },
    locale: 'de',
  });
});

test('an exchange by way of a proxy names neither it nor what it wrote into the answer', () => {
  const start: ExchangeStart = {
    ...{ n: 0, url: 'http://site.test/', method: 'GET', resourceType: 'document', requestHeaders: [] },
    ...{ requestBody: null, requestBodySize: 0, status: 200, statusText: 'OK', protocol: 'http/1.1' },
    responseHeaders: [
      ['Via', '1.1 squid.home'],
      ['Content-Type', 'text/html'],
    ],
    ...{ from: 'network', server: { address: '10.0.0.7', port: 3128 }, tls: null },
    ...{ startedAt: '2026-03-04T09:30:00.000Z', withheld: [] },
  };
  const secrets = new KnownSecrets(
    (length) => new Uint8Array(length),
    () => undefined,
  );

  const told = withoutProxy(start, secrets);

  expect(JSON.stringify(told)).not.toMatch(/10\.0\.0\.7|3128|squid/);
  expect(told.responseHeaders[1]).toEqual(['Content-Type', 'text/html']);
  expect(told.withheld).toMatchObject([{ where: 'response-header', name: 'Via' }]);
});

test('words that name a proxy are not the page’s own', () => {
  const proxy = parseProxy('socks5://proxy.test:1080');
  if (proxy === null) throw new Error('no proxy');

  expect(proxyWords(proxy, 'https://site.test/')).toEqual([
    'socks5://proxy.test:1080',
    'proxy.test:1080',
    'proxy.test',
  ]);
  expect(proxyWords(proxy, 'https://proxy.test/')).not.toContain('proxy.test');
});
