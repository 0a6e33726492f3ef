/** The window for the tests of tagging: one build a file, one page a test, and no complaint may be left. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import type { FakeOptions } from '../fake/holdfast.ts';
import { startWindow, type WindowUnderTest } from './window.ts';

/** Call it once at the top of a test file; what it gives opens a page with a fake of its own. */
export function windowForTests() {
  // Two browsers' worth of work on a busy machine is slow; nothing here is timed.
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
  return async (options: Partial<FakeOptions> = {}, context: BrowserContextOptions = {}): Promise<Page> => {
    current = await under.open(options, { reducedMotion: 'reduce', ...context });
    return current.page;
  };
}

export const textOf = (page: Page) => page.getByRole('group', { name: /^Text of the post/ });
export const tagsOf = (page: Page) => page.getByRole('region', { name: 'Tags', exact: true });
export const formOf = (page: Page) => page.getByRole('region', { name: 'Tag this post' });
export const becauseOf = (page: Page) => page.getByRole('textbox', { name: 'Because' });

/** Opens a post from the library with the keyboard, and puts the keyboard into its text. */
export async function openPost(page: Page, index: number): Promise<void> {
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < index; row += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await textOf(page).waitFor();
  await textOf(page).focus();
}

/** What the window sent under this name, in order. */
export async function calls(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) => window.fake.calls.filter((call) => call.name === wanted).map((call) => call.input),
    name,
  );
}

/** Waits until so many tags were sent. */
export async function sent(page: Page, count: number, name = 'addTag'): Promise<unknown[]> {
  await page.waitForFunction(
    ([wanted, least]) => window.fake.calls.filter((call) => call.name === wanted).length >= least,
    [name, count] as const,
  );
  return calls(page, name);
}

export const hasFocus = (page: Page, which: 'text' | 'because' | 'clause') =>
  ({ text: textOf(page), because: becauseOf(page), clause: page.getByRole('combobox', { name: /^Clause/ }) })[
    which
  ].evaluate((element) => element === document.activeElement);

/** Serious and critical violations, in a form that a failing test prints readably. */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
