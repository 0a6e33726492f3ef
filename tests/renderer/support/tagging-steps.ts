/** Steps that several tests of tagging take. */
import type { Page } from 'playwright-core';
import { calls, rowsShown, textOf } from './steps.ts';

export const tagsOf = (page: Page) => page.getByRole('region', { name: 'Tags', exact: true });
export const formOf = (page: Page) => page.getByRole('region', { name: 'Tag this post' });
export const becauseOf = (page: Page) => page.getByRole('textbox', { name: 'Because' });

/** Opens a post from the library with the keyboard, and puts the keyboard into its text. */
export async function openPost(page: Page, index: number): Promise<void> {
  await rowsShown(page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < index; row += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await textOf(page).waitFor();
  await textOf(page).focus();
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
