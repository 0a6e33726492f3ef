/** Pictures of cases. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

async function cases(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/cases'));
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
}
async function one(page: Page): Promise<void> {
  await cases(page);
  await page.getByRole('link', { name: 'Test Quay ./. Harbour Watch' }).click();
  await page.getByText('Numbers that are empty').waitFor();
}

export const caseShots: Shot[] = [
  { name: 'cases', act: cases },
  { name: 'cases-one', act: one },
  { name: 'cases-one-dark', context: dark, act: one },
  {
    name: 'cases-one-narrow-rtl',
    context: narrow,
    act: async (page) => {
      await toRtl(page);
      await one(page);
    },
  },
  {
    name: 'cases-empty',
    act: async (page) => {
      await cases(page);
      await page.getByRole('link', { name: 'پرونده‌ی اسکله' }).click();
      await page.getByText('No exhibits yet').waitFor();
    },
  },
  {
    name: 'cases-bundle',
    act: async (page) => {
      await one(page);
      await page.getByRole('link', { name: 'Make a bundle of this case' }).click();
      await page.getByLabel('Which case').waitFor();
    },
  },
  {
    name: 'cases-certificate',
    act: async (page) => {
      await page.evaluate(() => location.assign('#/certify?bundle=/home/b.zip'));
      await page.getByRole('button', { name: 'Check the bundle and show the statements' }).click();
      await page.getByText('Who certifies').waitFor();
    },
  },
];
