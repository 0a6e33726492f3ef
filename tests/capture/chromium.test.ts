/** The recorder in Debian’s Chromium, or another that is here. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { html } from '../support/site-server.ts';
import { chromium, type TestEngine } from './support/engines.ts';
import { testBroken, testEnds, testLarge } from './support/hostile.ts';
import { testPages } from './support/pages.ts';
import { testSecrets } from './support/planted.ts';
import type { Recorded } from './support/run.ts';
import { artifact, bodiesPage, recordSite, testBodies } from './support/table.ts';

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
