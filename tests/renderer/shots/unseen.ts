/** Pictures of batches and of the watch list. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

async function batch(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/batch'));
  await page.getByRole('heading', { name: 'Batch' }).waitFor();
}
async function typed(page: Page): Promise<void> {
  await batch(page);
  await page
    .getByRole('textbox', { name: 'Addresses' })
    .fill(
      '# January\nhttps://social.example/1\nnot an address\nhttps://social.example/1\nhttps://social.example/2',
    );
}
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/watch'));
  await page.getByRole('heading', { name: 'Watch list' }).waitFor();
}
async function watched(page: Page, row: number): Promise<void> {
  await watch(page);
  await page.getByRole('row').nth(row).click();
  await page.getByRole('heading', { name: 'Checks, newest first' }).waitFor();
}

export const unseenShots: Shot[] = [
  { name: 'batch', act: typed },
  { name: 'batch-empty', fake: { posts: 0 }, act: batch },
  {
    name: 'batch-running-dark',
    fake: { hold: true },
    context: dark,
    act: async (page) => {
      await batch(page);
      await page.getByRole('button', { name: /^Go on/ }).click();
    },
  },
  {
    name: 'batch-narrow-rtl',
    context: narrow,
    act: async (page) => {
      await toRtl(page);
      await typed(page);
      await page.getByRole('button', { name: 'Call off the rest' }).click();
    },
  },
  { name: 'watch', act: watch },
  { name: 'watch-empty', fake: { posts: 0 }, act: watch },
  {
    name: 'watch-add-dark',
    context: dark,
    act: async (page) => {
      await watch(page);
      await page.getByRole('button', { name: 'Watch an address' }).click();
      await page.getByLabel('Only at some hours of the day').check();
      await page.getByRole('button', { name: 'Watch', exact: true }).click();
    },
  },
  { name: 'watch-one', act: (page) => watched(page, 0) },
  {
    name: 'watch-gone-narrow-rtl',
    context: narrow,
    act: async (page) => {
      await toRtl(page);
      await watched(page, 1);
    },
  },
];
