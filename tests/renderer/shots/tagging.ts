/** Pictures of tagging: the form, the list of tags, suggestions, keys, many posts, reports. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot } from './shot.ts';

/** Opens a post with the keyboard in its text. */
async function openPost(page: Page, index: number): Promise<void> {
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
  await page.getByRole('grid').focus();
  for (let row = 0; row < index; row += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const text = page.getByRole('group', { name: /^Text of the post/ });
  await text.waitFor();
  await text.focus();
}
/** Two quotes, a clause with exceptions, one answered, and a reason. */
async function fillForm(page: Page, index: number, forward: 'ArrowLeft' | 'ArrowRight'): Promise<void> {
  await openPost(page, index);
  await page.keyboard.press(forward);
  await page.keyboard.press(`Control+Shift+${forward}`);
  await page.keyboard.press('Enter');
  for (let n = 0; n < 2; n += 1) await page.keyboard.press(forward);
  await page.keyboard.press(`Control+Shift+${forward}`);
  await page.keyboard.press('4');
  await page.getByText('When last seen up').waitFor();
  await page
    .getByRole('radiogroup', { name: 'Public interest exception' })
    .getByRole('radio', { name: 'does not apply' })
    .check();
  await page
    .getByRole('textbox', { name: 'Because' })
    .fill('They speak of people as of a thing to be swept away.');
}
async function tagged(page: Page, index: number, forward: 'ArrowLeft' | 'ArrowRight'): Promise<void> {
  await fillForm(page, index, forward);
  await page.keyboard.press('Control+Enter');
  await page.getByText('reworded since').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('On a second look this is satire.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('by no clause in particular').waitFor();
}
async function clauses(page: Page): Promise<void> {
  await openPost(page, 0);
  await page.keyboard.press('/');
  await page.keyboard.type('at');
  await page.getByRole('option').first().waitFor();
}
async function failed(page: Page): Promise<void> {
  await openPost(page, 0);
  await page.keyboard.press('1');
  await page.keyboard.type('for the first');
  await page.keyboard.press('Control+Enter');
  await page.getByText('What you typed is here again').waitFor();
  await page.keyboard.press('j');
  await page.getByRole('link', { name: 'Go to what was typed' }).waitFor();
}
async function many(page: Page): Promise<void> {
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
  await page.getByRole('grid').focus();
  for (let n = 0; n < 6; n += 1) {
    await page.keyboard.press('x');
    await page.keyboard.press('j');
  }
  await page.getByRole('button', { name: 'Tag 6 posts' }).click();
  await page.getByRole('combobox', { name: 'Clause' }).fill('hate');
  await page.getByRole('option').first().waitFor();
}
async function keys(page: Page): Promise<void> {
  await openPost(page, 0);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
}
async function arrange(page: Page): Promise<void> {
  await openPost(page, 0);
  await page.getByRole('button', { name: 'Arrange the keys' }).click();
  await page.getByRole('dialog').waitFor();
}
const diskFull = { addTag: { code: 'disk-full', message: 'The disk is full. Nothing was stored.' } } as const;

export const taggingShots: Shot[] = [
  { name: 'tagging-form', act: (page) => fillForm(page, 0, 'ArrowRight') },
  { name: 'tagging-form-dark', context: dark, act: (page) => fillForm(page, 0, 'ArrowRight') },
  { name: 'tagging-form-fa', act: (page) => fillForm(page, 1, 'ArrowLeft') },
  { name: 'tagging-form-narrow', context: narrow, act: (page) => fillForm(page, 3, 'ArrowLeft') },
  {
    name: 'tagging-list-fa-rtl-dark',
    context: dark,
    act: async (page) => {
      await page.getByRole('button', { name: 'from right to left' }).click();
      await tagged(page, 1, 'ArrowLeft');
    },
  },
  { name: 'tagging-list', act: (page) => tagged(page, 0, 'ArrowRight') },
  { name: 'tagging-list-narrow', context: narrow, act: (page) => tagged(page, 2, 'ArrowLeft') },
  { name: 'tagging-clauses', part: 'window', act: clauses },
  { name: 'tagging-clauses-dark-narrow', part: 'window', context: { ...narrow, ...dark }, act: clauses },
  { name: 'tagging-failed', fake: { errors: diskFull }, act: failed },
  { name: 'tagging-many', part: 'window', act: many },
  { name: 'tagging-many-dark', part: 'window', context: dark, act: many },
  { name: 'tagging-keys', part: 'window', act: keys },
  { name: 'tagging-arrange', part: 'window', act: arrange },
  { name: 'tagging-arrange-dark-narrow', part: 'window', context: { ...narrow, ...dark }, act: arrange },
  {
    name: 'tagging-report',
    act: async (page) => {
      await openPost(page, 0);
      await page.getByRole('button', { name: 'Record a report' }).click();
    },
  },
];
