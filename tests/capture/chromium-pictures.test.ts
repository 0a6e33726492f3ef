/** Pictures of whole pages in Debian’s Chromium, on two kinds of screen. */
import { afterAll, beforeAll, describe } from 'vitest';
import { chromium, type TestEngine } from './support/engines.ts';
import { testPictures } from './support/pictures.ts';

describe.each([1, 2])('%i physical pixels to a CSS pixel', (scale) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await chromium(`--force-device-scale-factor=${scale}`);
  });
  afterAll(() => engine?.close());
  testPictures(() => engine, scale, [null]);
});
