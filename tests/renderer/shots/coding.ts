/** Pictures of coding and of the phrases. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

// By their addresses: a narrow window hides the links.
async function coding(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/coding'));
  await page.getByText('First sample').waitFor();
}
async function code(page: Page): Promise<void> {
  await coding(page);
  await page.getByRole('link', { name: 'Code on: First sample' }).click();
  await page.getByRole('region', { name: 'Tag this post' }).waitFor();
}
async function judge(page: Page, because: string): Promise<void> {
  await page.getByLabel('No violation', { exact: true }).check();
  await page.getByLabel('Because').fill(because);
  await page.keyboard.press('Control+Enter');
}
async function result(page: Page): Promise<void> {
  await code(page);
  await judge(page, 'It reports what others did.');
  await page.getByText('Post 6 of 6').waitFor();
  await judge(page, 'این متن ساختگی است و کسی را نمی‌ستاید.');
  await page.getByRole('link', { name: 'See the result' }).click();
  await page.getByRole('table', { name: 'How often' }).waitFor();
}
async function phrases(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/phrases'));
  await page.getByRole('heading', { name: 'Phrases' }).waitFor();
}

export const codingShots: Shot[] = [
  { name: 'coding', act: coding },
  {
    name: 'coding-errors-dark',
    context: dark,
    act: async (page) => {
      await coding(page);
      await page.getByLabel('Seed (optional)').fill('my birthday');
      await page.getByRole('button', { name: 'Draw', exact: true }).click();
    },
  },
  {
    name: 'coding-empty',
    fake: { posts: 0 },
    act: async (page) => {
      await page.evaluate(() => location.assign('#/coding'));
      await page.getByText('No sample yet').waitFor();
    },
  },
  { name: 'coding-code', act: code },
  {
    name: 'coding-code-narrow-rtl',
    context: narrow,
    act: async (page) => {
      await toRtl(page);
      await code(page);
      await page.getByRole('button', { name: /^Save tag/ }).click();
    },
  },
  { name: 'coding-result', act: result },
  { name: 'coding-result-dark-narrow', context: { ...dark, ...narrow }, act: result },
  { name: 'phrases', act: phrases },
  {
    name: 'phrases-rtl-dark',
    context: dark,
    act: async (page) => {
      await toRtl(page);
      await phrases(page);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    },
  },
  { name: 'phrases-empty', fake: { posts: 0 }, act: phrases },
];
