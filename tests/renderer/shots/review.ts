/** Pictures of the review: what waits for a second person. */
import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';
import { dark, narrow, toRtl } from './shot.ts';

async function review(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
}
async function moveDown(page: Page, times: number): Promise<void> {
  await page.getByRole('grid').focus();
  for (let i = 0; i < times; i += 1) await page.keyboard.press('j');
}
async function choose(page: Page, filter: RegExp): Promise<void> {
  await page.getByRole('radiogroup').getByText(filter).click();
  await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
}

export const reviewShots: Shot[] = [
  { name: 'review', act: review },
  {
    name: 'review-dated-dark',
    context: dark,
    act: async (page) => {
      await review(page);
      await choose(page, /Rule changed/);
    },
  },
  {
    name: 'review-disputed-side-by-side',
    act: async (page) => {
      await review(page);
      await choose(page, /Disputed/);
      await moveDown(page, 1);
      await page.keyboard.press('a');
      await page.getByLabel('Why you agree').fill('The quotation marks came later, in the edited post.');
    },
  },
  {
    name: 'review-long-name-rtl',
    act: async (page) => {
      await toRtl(page);
      await review(page);
      await choose(page, /All/);
      await moveDown(page, 11);
    },
  },
  {
    name: 'review-own',
    act: async (page) => {
      await review(page);
      await choose(page, /All/);
      await moveDown(page, 10);
    },
  },
  {
    name: 'review-narrow-dark',
    context: { ...narrow, ...dark },
    act: async (page) => {
      await page.evaluate(() => location.assign('#/review'));
      await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
    },
  },
  {
    name: 'review-empty',
    fake: { otherTags: 0 },
    act: async (page) => {
      await page.getByRole('link', { name: 'Review', exact: true }).click();
      await page.getByText('No tags yet').waitFor();
    },
  },
  {
    name: 'review-100k-end',
    fake: { posts: 50_000, otherTags: 100_000 },
    act: async (page) => {
      await review(page);
      await choose(page, /All/);
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await page.locator('#inbox-row-99999:not([aria-busy])').waitFor();
    },
  },
];
