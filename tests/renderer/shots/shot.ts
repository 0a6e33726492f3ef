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

export const narrow: BrowserContextOptions = { viewport: { width: 700, height: 800 } };
export const dark: BrowserContextOptions = { colorScheme: 'dark' };

export async function toRtl(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'from right to left' }).click();
}
