/** Pictures of holds, dates and purges. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

async function captures(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/captures'));
  await page.getByRole('heading', { name: 'Captures' }).waitFor();
}
async function one(page: Page): Promise<void> {
  await captures(page);
  await page.locator('[role=row]:not([aria-busy])').nth(1).click();
  await page.getByRole('region', { name: 'Keeping and purging' }).scrollIntoViewIfNeeded();
}
async function dialog(page: Page): Promise<void> {
  await one(page);
  await page.getByRole('button', { name: 'Purge this capture' }).click();
  await page.getByText('What a purge cannot reach').waitFor();
}
async function filled(page: Page): Promise<void> {
  await dialog(page);
  await page.getByRole('textbox', { name: 'Reason' }).fill('An image that nobody may keep');
  await page.getByRole('textbox', { name: 'Authority' }).fill('District court of Ferry, 3 O 7/26');
  const part = page.getByRole('textbox', { name: /^Type the last six/ });
  const label = await page.getByText(/^Type the last six characters of its id: /).textContent();
  await part.fill(label?.slice(-6) ?? '');
  await page.getByRole('button', { name: 'Purge for good' }).click();
  await page.getByText('Purged by leaf').first().waitFor();
}
async function tombstones(page: Page): Promise<void> {
  await captures(page);
  await page.getByText('Purged: 1').click();
}

export const keepingShots: Shot[] = [
  { name: 'keeping-captures', act: tombstones },
  {
    name: 'keeping-captures-narrow-rtl-dark',
    context: { ...narrow, ...dark },
    act: async (page) => {
      await toRtl(page);
      await tombstones(page);
    },
  },
  { name: 'keeping-capture', act: one },
  {
    name: 'keeping-hold-dark',
    context: dark,
    act: async (page) => {
      await one(page);
      await page.getByRole('button', { name: 'Put under a legal hold' }).click();
      await page
        .getByRole('textbox', { name: 'Why it must not be purged' })
        .fill('It stands before a court.');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('It cannot be purged').waitFor();
    },
  },
  { name: 'keeping-purge', act: dialog },
  {
    name: 'keeping-purge-narrow-rtl',
    context: narrow,
    act: async (page) => {
      await toRtl(page);
      await dialog(page);
      await page.getByRole('button', { name: 'Purge for good' }).click();
    },
  },
  { name: 'keeping-purged-dark', context: dark, act: filled },
];
