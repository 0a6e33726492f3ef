/** The window for the tests of one file: built once, loaded anew for each test. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { FakeOptions } from '../fake/holdfast.ts';
import { startWindow, type WindowUnderTest } from './window.ts';

/** Call it once, at the top of a test file. The answer opens the page of the test that runs. */
export function windowForTests(): (
  options?: Partial<FakeOptions>,
  context?: BrowserContextOptions,
) => Promise<Page> {
  let under: WindowUnderTest;
  let current: { page: Page; complaints: string[] } | null = null;
  beforeAll(async () => {
    under = await startWindow();
  }, 180_000);
  afterAll(() => under?.close());
  afterEach(async ({ task }) => {
    const last = current;
    current = null;
    // Keys and buttons may still be held down.
    if (task.result?.state === 'fail') await last?.page.context().close();
    // Anything that the content security policy refused, and any error of ours, is a defect.
    expect(last?.complaints ?? []).toEqual([]);
  });
  return async (options = {}, context = {}) => {
    current = await under.open(options, { reducedMotion: 'reduce', ...context });
    return current.page;
  };
}
