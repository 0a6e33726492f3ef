/** Pictures of whole pages in a real Electron, on two kinds of screen. */
import { afterAll, beforeAll, describe } from 'vitest';
import { electron, type TestEngine } from './support/engines.ts';
import { testPictures } from './support/pictures.ts';

describe.each([1, 2])('%i physical pixels to a CSS pixel', (scale) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await electron(`--force-device-scale-factor=${scale}`);
  });
  afterAll(() => engine?.close());
  testPictures(() => engine, scale, [
    { kind: 'view', width: 700, height: 400 },
    { kind: 'parked', width: 300, height: 400 },
  ]);
});
