/** The recorder in Debian’s Chromium, or another that is here. */
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytes, html } from '../support/site-server.ts';
import { chromium, type TestEngine } from './support/engines.ts';
import { testBroken, testEnds, testLarge } from './support/hostile.ts';
import { testPages } from './support/pages.ts';
import { testSecrets } from './support/planted.ts';
import type { Recorded } from './support/run.ts';
import {
  artifact,
  bodiesPage,
  exchangeAt,
  headers,
  recordSite,
  sha256,
  testBodies,
} from './support/table.ts';

let engine: TestEngine;
let bodies: Recorded;

beforeAll(async () => {
  engine = await chromium();
  bodies = await bodiesPage(engine);
});
afterAll(() => engine?.close());

const mebibyte = 1024 * 1024;
const expectations = { growth: 150 * mebibyte, keepsPartial: true };

testBodies(() => bodies);
testLarge(() => engine, expectations);
testBroken(() => engine, expectations);
testEnds(() => engine);
testPages(() => engine);
testSecrets(() => engine);

test('a page that wants to be printed is recorded all the same', async () => {
  const recorded = await recordSite(engine, {
    '/': html('<p>Before</p><script>print()</script><p>and after</p>'),
  });
  expect(recorded.result?.reasons).toEqual([]);
  expect(artifact(recorded, 'text').toString()).toMatch(/Before\s+and after/);
});

test('zstd, which older engines do not take, is recorded decoded', async () => {
  const body = Buffer.from('caf\xe9 and more words \xff\n'.repeat(20_000), 'latin1');
  const recorded = await recordSite(engine, {
    '/': html('<script>fetch("/zstd").then((answer) => answer.text())</script>'),
    '/zstd': bytes(zstdCompressSync(body), { 'content-type': 'text/plain', 'content-encoding': 'zstd' }),
  });
  const { start, end, size, sha256: digest } = exchangeAt(recorded, '/zstd');
  expect(headers(start.requestHeaders, 'accept-encoding')[0]).toContain('zstd');
  expect({ size, digest }).toEqual({ size: body.length, digest: sha256(body) });
  expect(end).toMatchObject({ body: 'whole', reason: null });
});
