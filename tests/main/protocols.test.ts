import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { answerArtifact, safeMediaType } from '../../main/artifact-answer.ts';
import { parseRange } from '../../main/byte-range.ts';
import { answerWindow } from '../../main/window-answer.ts';
import { pair } from './support/pair.ts';
import { hugeByte, hugeSize, testArtifacts, testHandlers } from './support/test-handlers.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-window-'));
const root = join(folder, 'renderer');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>');
writeFileSync(join(root, 'assets', 'index-a_B-1.2.js'), 'export {};');
writeFileSync(join(root, 'notes'), 'a file without an extension');
writeFileSync(join(folder, 'secret.html'), 'outside');
writeFileSync(join(folder, 'secret.js'), 'outside');

const { client } = pair(testHandlers());
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await client.stop(10_000);
});

describe('the window protocol', () => {
  test('the page comes with a policy whose nonce is its own and new each time', async () => {
    const seen = new Set<string>();
    for (const path of ['', 'index.html', 'posts/1']) {
      const answer = await answerWindow(root, 'GET', `holdfast://app/${path}`);
      const text = await answer.text();
      const [, nonce = ''] = /<style nonce="([A-Za-z0-9+/=]+)">/.exec(text) ?? [];
      expect(text).toBe(`<meta nonce="${nonce}"><style nonce="${nonce}"></style>`);
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy.split('; ')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data: holdfast-artifact:",
        'media-src holdfast-artifact:',
        'frame-src holdfast-artifact: holdfast-replay:',
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]);
      seen.add(nonce);
    }
    expect(seen.size).toBe(3);
  });

  test('scripts come as scripts', async () => {
    const answer = await answerWindow(root, 'GET', 'holdfast://app/assets/index-a_B-1.2.js');
    expect(await answer.text()).toBe('export {};');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'holdfast://app/../secret.html',
    'holdfast://app/%2e%2e/secret.html',
    'holdfast://app/assets/..%2f..%2fsecret.html',
    'holdfast://app/assets/..%5c..%5csecret.js',
    'holdfast://app/assets/..\\..\\secret.js',
    'holdfast://app/assets//../../secret.js',
    'holdfast://app/.hidden.js',
    'holdfast://app/missing.js',
    'holdfast://app/assets/index-a_B-1.2.js%00.html',
    'holdfast://app/assets.exe',
    'holdfast://elsewhere/index.html',
    'https://app/index.html',
    'no url',
  ])('%s is not found', async (url) => {
    const answer = await answerWindow(root, 'GET', url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  test('no path whatever leads outside', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '\\',
      '/',
      'secret.html',
      'secret.js',
      'assets',
      '\0',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const answer = await answerWindow(root, 'GET', `holdfast://app/${parts.join('/')}`);
        expect(await answer.text()).not.toContain('outside');
      }),
    );
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
    expect((await answerWindow(root, method, 'holdfast://app/')).status).toBe(405);
  });
});

describe('the artifact protocol', () => {
  test.each([
    ['image/png', 'image/png'],
    ['IMAGE/JPEG; charset=binary', 'image/jpeg'],
    ['video/mp4', 'video/mp4'],
    ['text/html; charset=utf-8', 'text/plain; charset=utf-8'],
    ['application/xhtml+xml', 'text/plain; charset=utf-8'],
    ['image/svg+xml', 'text/plain; charset=utf-8'],
    ['text/javascript', 'text/plain; charset=utf-8'],
    ['application/xml', 'text/plain; charset=utf-8'],
    ['application/pdf', 'application/octet-stream'],
    ['multipart/related', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    ['image/png\r\nx: y', 'application/octet-stream'],
  ])('%s is served as %s', (claimed, served) => {
    expect(safeMediaType(claimed)).toBe(served);
  });

  test('whatever it is said to be, it is never a document that runs', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('html', 'svg', 'xml', 'x').map((x) => `image/${x}+xml`),
        ),
        (claimed) => {
          expect(safeMediaType(claimed)).toMatch(
            /^(image\/(png|jpeg|gif|webp|avif|bmp)|video\/|audio\/|text\/plain|application\/octet-stream)/,
          );
        },
      ),
    );
  });

  test('hostile markup comes as plain text under a policy that forbids everything', async () => {
    for (const sha256 of [testArtifacts.html, testArtifacts.svg]) {
      const answer = await answerArtifact(client, 'GET', `holdfast-artifact://${sha256}/`, null);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<script>');
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors holdfast://app",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
    }
  });

  test('a range is those bytes, in order, at any place of 200 MiB', async () => {
    const offset = 123_456_789;
    const url = `holdfast-artifact://${testArtifacts.huge}/`;
    const answer = await answerArtifact(client, 'GET', url, `bytes=${offset}-${offset + 999_999}`);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${offset}-${offset + 999_999}/${hugeSize}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(bytes).toHaveLength(1_000_000);
    expect(bytes.every((byte, n) => byte === hugeByte(offset + n))).toBe(true);
  });

  test('a viewer that walks away ends the reading', async () => {
    const sent = { bytes: 0 };
    const other = pair(testHandlers(sent));
    const url = `holdfast-artifact://${testArtifacts.huge}/`;
    const answer = await answerArtifact(other.client, 'GET', url, null);
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    // It answers only after the handler of the reading has given up.
    await other.client.stop(10_000);
    expect(sent.bytes).toBeLessThan(hugeSize / 2);
  });

  test.each([
    [`holdfast-artifact://${'e'.repeat(64)}/`, 404],
    ['holdfast-artifact://short/', 404],
    [`holdfast-artifact://${'G'.repeat(64)}/`, 404],
    ['no url', 404],
  ])('%s is answered with %d', async (url, status) => {
    expect((await answerArtifact(client, 'GET', url, null)).status).toBe(status);
  });

  test('only reading is allowed, and a range behind the end is refused with the size', async () => {
    const url = `holdfast-artifact://${testArtifacts.png}/`;
    expect((await answerArtifact(client, 'POST', url, null)).status).toBe(405);
    const answer = await answerArtifact(client, 'GET', url, 'bytes=70-');
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */70']);
    expect((await answerArtifact(client, 'HEAD', url, null)).headers.get('content-length')).toBe('70');
  });
});

describe('the Range header', () => {
  test.each([
    [null, 'whole'],
    ['bytes=0-0', { offset: 0, length: 1 }],
    ['bytes=2-', { offset: 2, length: 8 }],
    ['bytes=2-100', { offset: 2, length: 8 }],
    ['bytes=-3', { offset: 7, length: 3 }],
    ['bytes=-30', { offset: 0, length: 10 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,3-4', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=1e3-', 'whole'],
  ] as const)('%s of 10 bytes', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });

  test('any header gives a range inside the file or none', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
    );
    fc.assert(
      fc.property(header, fc.nat(1000), (text, size) => {
        const range = parseRange(text, size);
        if (typeof range === 'string') return;
        expect(range.length).toBeGreaterThan(0);
        expect(range.offset + range.length).toBeLessThanOrEqual(size);
      }),
    );
  });
});
