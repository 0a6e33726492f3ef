/** The recorder in a real Electron. */
import { afterAll, beforeAll } from 'vitest';
import { electron, type TestEngine } from './support/engines.ts';
import { testBroken, testEnds, testLarge } from './support/hostile.ts';
import { testPages } from './support/pages.ts';
import type { Recorded } from './support/run.ts';
import { bodiesPage, testBodies } from './support/table.ts';

let engine: TestEngine;
let bodies: Recorded;

beforeAll(async () => {
  engine = await electron();
  bodies = await bodiesPage(engine);
});
afterAll(() => engine?.close());

const mebibyte = 1024 * 1024;
/** An engine without streams of bodies gives the page a large one in one message. */
const expectations = { growth: 400 * mebibyte, keepsPartial: false };

testBodies(() => bodies);
testLarge(() => engine, expectations);
testBroken(() => engine, expectations);
testEnds(() => engine);
testPages(() => engine);
