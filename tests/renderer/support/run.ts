/** One window for the tests of a file: built once, a page of its own for each test, and no complaint left unread. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import type { FakeOptions } from '../fake/holdfast.ts';
import { startWindow, type WindowUnderTest } from './window.ts';

export interface WindowRun {
  open(options?: Partial<FakeOptions>, context?: BrowserContextOptions): Promise<Page>;
  /** What the window asked the archive by this function, in order. */
  calls(page: Page, name: string): Promise<unknown[]>;
}

/** Called once at the top of a test file. */
export function oneWindow(): WindowRun {
  // A browser's worth of work on a busy machine is slow; nothing here is timed.
  vi.setConfig({ testTimeout: 180_000 });
  let under: WindowUnderTest;
  let current: { page: Page; complaints: string[] } | null = null;
  beforeAll(async () => {
    under = await startWindow();
  }, 180_000);
  afterAll(() => under?.close());
  afterEach(async () => {
    const last = current;
    current = null;
    await last?.page.context().close();
    // Anything that the content security policy refused, and any error of ours, is a defect.
    expect(last?.complaints ?? []).toEqual([]);
  });
  return {
    open: async (options = {}, context = {}) => {
      current = await under.open(options, { reducedMotion: 'reduce', ...context });
      return current.page;
    },
    calls: (page, name) =>
      page.evaluate(
        (wanted) => window.fake.calls.filter((call) => call.name === wanted).map((call) => call.input),
        name,
      ),
  };
}
