import type { BrowserWindow, Certificate } from 'electron';
import { describe, expect, test } from 'vitest';
import { isWebUrl, parseAddress } from '../../main/capture-view/address.ts';
import { ServerCertificates } from '../../main/capture-view/certificates.ts';
import { failureWords } from '../../main/capture-view/failure-words.ts';
import { hostSink } from '../../main/capture-view/host-sink.ts';
import { orderOf } from '../../main/capture-view/keys.ts';
import { boundsOf, parkedBounds } from '../../main/capture-view/placement.ts';
import { Refusals } from '../../main/capture-view/refusals.ts';
import { plainUserAgent } from '../../main/capture-view/user-agent.ts';
import { pair } from './support/pair.ts';
import { testCapture, testHandlers } from './support/test-handlers.ts';

describe('an address', () => {
  test.each([
    ['example.org/post?x=1#y', 'https://example.org/post?x=1#y'],
    ['  https://example.org  ', 'https://example.org/'],
    ['HTTP://Example.ORG/Path', 'http://example.org/Path'],
    ['localhost:8080/x', 'https://localhost:8080/x'],
    ['127.0.0.1', 'https://127.0.0.1/'],
    ['http://[::1]:80/', 'http://[::1]/'],
    ['пример.рф/страница', 'https://xn--e1afmkfd.xn--p1ai/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0'],
    ['example.org/@user:1', 'https://example.org/@user:1'],
  ])('%s', (typed, url) => {
    expect(parseAddress(typed)).toBe(url);
    expect(isWebUrl(url)).toBe(true);
  });

  test.each([
    ['', 'words'],
    ['   ', 'words'],
    ['two words', 'words'],
    ['javascript:alert(1)', 'javascript:'],
    ['JavaScript:alert(1)', 'javascript:'],
    ['file:///etc/hostname', 'file:'],
    ['data:text/html,x', 'data:'],
    ['about:blank', 'about:'],
    ['holdfast://app/', 'holdfast:'],
    ['mailto:a@b.c', 'mailto:'],
    ['https://', 'Expected an address such as'],
    ['http:', 'Expected an address such as'],
    ['https://user:pass@example.org', 'user name or a password'],
    ['user@example.org', 'user name or a password'],
    ['example.org:99999', 'Expected an address such as'],
  ])('%j is none', (typed, says) => {
    expect(() => parseAddress(typed)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => parseAddress(typed)).toThrow(says);
  });
});

test.each([
  ['X11; Linux x86_64', '114.0.5735.106', 'Chrome/114.0.0.0'],
  ['Windows NT 10.0; Win64; x64', '153.0.1.2', 'Chrome/153.0.0.0'],
  ['Macintosh; Intel Mac OS X 10_15_7', '153.0.1.2', 'Chrome/153.0.0.0'],
])('says it is Chromium on %s', (platform, version, chrome) => {
  const own = `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Holdfast/0.1.0 Chrome/${version} Electron/45.4.1 Safari/537.36`;
  expect(plainUserAgent(own, version)).toBe(
    `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) ${chrome} Safari/537.36`,
  );
});

describe('keys', () => {
  const key = (name: string, ...held: ('control' | 'meta' | 'alt' | 'shift')[]) => ({
    type: 'keyDown' as const,
    key: name,
    control: held.includes('control'),
    meta: held.includes('meta'),
    alt: held.includes('alt'),
    shift: held.includes('shift'),
  });
  test.each([
    [key('l', 'control'), 'address', null],
    [key('L', 'control'), 'address', null],
    [key('l', 'meta'), null, 'address'],
    [key('S', 'control', 'shift'), 'capture', null],
    [key('s', 'control'), null, null],
    [key('ArrowLeft', 'alt'), 'back', null],
    [key('ArrowLeft'), null, null],
    [key('[', 'meta'), null, 'back'],
    [key('r', 'control'), 'reload', null],
    [key('F5'), 'reload', 'reload'],
    [key('F6'), 'switch', 'switch'],
    [key('Escape'), 'stop', 'stop'],
    [key('l'), null, null],
    [{ ...key('F5'), type: 'keyUp' as const }, null, null],
  ])('%j', (input, elsewhere, onMac) => {
    expect([orderOf(input, false), orderOf(input, true)]).toEqual([elsewhere, onMac]);
  });
});

describe('a certificate', () => {
  const certificate = (fingerprint: string, issuer?: Certificate): Certificate =>
    ({
      data: `PEM ${fingerprint}`,
      fingerprint: `sha256/${Buffer.from(fingerprint).toString('base64')}`,
      subjectName: 'site.example',
      issuerName: 'Some Authority',
      validStart: Date.UTC(2026, 0, 1) / 1000,
      validExpiry: Date.UTC(2026, 2, 1) / 1000,
      ...(issuer === undefined ? {} : { issuerCert: issuer }),
    }) as Certificate;

  test('is accepted for its host only, and only itself', () => {
    const certificates = new ServerCertificates();
    const ask = (url: string, one: string) =>
      certificates.trusts(url, 'net::ERR_CERT_DATE_INVALID', certificate(one));
    expect(certificates.accept('https://a.example/')).toBe(false);
    expect(ask('https://a.example/x', 'one')).toBe(false);
    expect(certificates.wrongWith('https://a.example/y')).toContain('expired or is not valid yet');
    expect(certificates.wrongWith('https://a.example/y')).toContain('2026-01-01 to 2026-03-01');
    expect(certificates.wrongWith('https://a.example/y')).toContain(Buffer.from('one').toString('hex'));
    expect(certificates.isException('https://a.example/')).toBe(false);

    expect(certificates.accept('https://a.example/')).toBe(true);

    expect(ask('https://a.example/', 'one')).toBe(true);
    expect(ask('https://a.example/', 'two')).toBe(false);
    expect(ask('https://b.example/', 'one')).toBe(false);
    expect([
      certificates.isException('https://a.example/'),
      certificates.isException('https://b.example/'),
    ]).toEqual([true, false]);
  });

  test('is kept with its chain, a circle in it included', () => {
    const certificates = new ServerCertificates();
    const root = certificate('root');
    Object.assign(root, { issuerCert: root });
    certificates.note('a.example', certificate('leaf', certificate('middle', root)), 'OK');
    certificates.note('b.example', certificate('leaf'), 'net::ERR_CERT_REVOKED');
    expect(certificates.of('a.example')).toEqual({
      chain: ['PEM leaf', 'PEM middle', 'PEM root'],
      error: null,
    });
    expect(certificates.of('b.example')).toEqual({ chain: ['PEM leaf'], error: 'net::ERR_CERT_REVOKED' });
    expect(certificates.of('c.example')).toBeNull();
  });
});

test('what was refused is kept newest first, once, cut, and no more than twenty', () => {
  let told = 0;
  const refusals = new Refusals(() => {
    told += 1;
  });
  for (let n = 0; n < 30; n += 1) refusals.add('window', `w${n}`);
  refusals.add('window', 'w20');
  refusals.add('permission', 'x'.repeat(5000));
  expect(told).toBe(32);
  expect(refusals.list).toHaveLength(20);
  expect(refusals.list[0]?.detail).toHaveLength(301);
  expect(refusals.list.map(({ detail }) => detail).slice(1, 4)).toEqual(['w20', 'w29', 'w28']);
});

test('why a page is not there is said with Chromium’s own name for it', () => {
  expect(failureWords('a.example', 'ERR_CONNECTION_REFUSED')).toBe(
    'The server refused the connection (a.example, ERR_CONNECTION_REFUSED).',
  );
  expect(failureWords('a.example', 'ERR_NEW_IN_45')).toContain('ERR_NEW_IN_45');
});

describe('the place of the page', () => {
  const window = (width: number, height: number, zoom = 1): BrowserWindow =>
    ({
      getContentSize: () => [width, height],
      webContents: { getZoomFactor: () => zoom },
    }) as unknown as BrowserWindow;
  const place = { x: 10, y: 20, width: 100, height: 50, visible: true };

  test.each([
    [place, window(800, 600), { x: 10, y: 20, width: 100, height: 50 }],
    [place, window(800, 600, 1.5), { x: 15, y: 30, width: 150, height: 75 }],
    [{ ...place, x: -30, width: 5000 }, window(800, 600), { x: 0, y: 20, width: 800, height: 50 }],
    [{ ...place, visible: false }, window(800, 600), null],
    [{ ...place, y: 700 }, window(800, 600), null],
    [{ ...place, width: 0 }, window(800, 600), null],
    [{ ...place, width: -5 }, window(800, 600), null],
  ])('%j', (given, over, bounds) => {
    expect(boundsOf(given, over)).toEqual(bounds);
  });

  test('that is parked keeps its size and one pixel of the window', () => {
    expect(parkedBounds(window(800, 600), { x: 1, y: 2, width: 300, height: 200 })).toEqual({
      x: 799,
      y: 599,
      width: 300,
      height: 200,
    });
  });
});

describe('the sink of the recorder', () => {
  const startedAt = '2026-01-05T08:00:00.000Z';
  const begin = {
    url: 'https://a.example/',
    startedAt,
    engine: { name: 'electron' as const, version: 'Chromium 1', userAgent: 'x' },
  };
  const end = {
    captureId: testCapture,
    finalUrl: null,
    title: null,
    finishedAt: startedAt,
    monotonicMilliseconds: 1,
    serverClock: [],
    withheld: [],
    reasons: [],
  };
  async function* pieces(...sizes: number[]): AsyncGenerator<Uint8Array> {
    for (const size of sizes) yield new Uint8Array(size);
  }

  test('hands everything to the host in order, bodies larger than a message among it', async () => {
    const { client } = pair(testHandlers());
    const steps: string[] = [];
    const sink = hostSink(client, ({ step }) => steps.push(step));
    const { captureId } = await sink.begin(begin);
    await sink.exchange(
      captureId,
      {
        n: 0,
        url: 'https://a.example/',
        method: 'GET',
        resourceType: 'document',
        requestHeaders: [['Accept', '*/*']],
        requestBody: null,
        requestBodySize: 0,
        status: 200,
        statusText: 'OK',
        protocol: 'h2',
        responseHeaders: [],
        from: 'network',
        server: null,
        tls: null,
        startedAt,
        withheld: [],
      },
      pieces(1, 3_000_000, 7),
    );
    await sink.secrets(captureId, [
      { name: 'Cookie: sid', commitment: 'a'.repeat(64), salt: 'b'.repeat(64), secret: 'secret-value' },
    ]);
    await sink.exchangeEnd(captureId, {
      n: 0,
      body: 'whole',
      counted: 3_000_008,
      encoded: null,
      reason: null,
      milliseconds: 12,
      withheld: [],
    });
    await sink.artifact({ captureId, role: 'dom', mediaType: 'text/html', name: null }, pieces(5, 5));
    const result = await sink.finish(end);
    await client.stop(10_000);
    expect(result.url.split('\n')).toEqual([
      'begin https://a.example/ electron',
      'exchange 0 3000008',
      'secrets 1',
      'end 0 whole',
      'artifact dom 10',
    ]);
    expect(steps).toEqual(['sealing']);
  });

  test('throws what the host refuses, and when the host is gone', async () => {
    const { client } = pair(testHandlers());
    const sink = hostSink(client, () => undefined);
    await expect(sink.begin({ ...begin, startedAt: 'yesterday' })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await client.stop(10_000);
    await expect(sink.finish(end)).rejects.toMatchObject({ code: 'host-stopped' });
  });
});
