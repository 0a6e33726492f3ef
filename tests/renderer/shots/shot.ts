import type { BrowserContextOptions, Page } from 'playwright-core';
import type { FakeOptions } from '../fake/holdfast.ts';

/** One picture: how the window stands, and what is done in it first. */
export interface Shot {
  name: string;
  fake?: Partial<FakeOptions>;
  context?: BrowserContextOptions;
  /** 'window': as it stands, without what would have to be scrolled to. */
  part?: 'window';
  act(page: Page): Promise<void>;
}
