/** Pictures of what people say of clauses. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

const hateful = 'ferry/ferry-rules/hateful-conduct';

async function policies(page: Page): Promise<void> {
  await page.evaluate(() => location.assign('#/policies'));
  await page.getByRole('button', { name: `Add a note: ${hateful}` }).waitFor();
}
async function note(page: Page, kind: string): Promise<void> {
  await policies(page);
  await page.getByRole('button', { name: `Add a note: ${hateful}` }).click();
  await page.getByText(kind, { exact: true }).click();
}
async function confirm(page: Page): Promise<void> {
  await policies(page);
  await page.getByRole('tab', { name: /^To confirm/ }).click();
  await page.getByText('As it was known').waitFor();
}

export const policyNoteShots: Shot[] = [
  { name: 'policies-note-statement', act: (page) => note(page, 'A statement') },
  {
    name: 'policies-note-link-dark',
    context: dark,
    act: async (page) => {
      await note(page, 'A link');
      await page.getByRole('button', { name: 'Record', exact: true }).click();
    },
  },
  {
    name: 'policies-note-linked',
    act: async (page) => {
      await note(page, 'A link');
      await page.getByRole('combobox', { name: 'The other clause' }).fill('glorif');
      await page.getByRole('listbox').getByRole('option').first().click();
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.getByText('The link was recorded').waitFor();
    },
  },
  { name: 'policies-confirm', act: confirm },
  {
    name: 'policies-confirm-rtl-dark-narrow',
    context: { ...dark, ...narrow },
    act: async (page) => {
      await toRtl(page);
      await confirm(page);
      await page.getByLabel('Another clause that is known').check();
    },
  },
  {
    name: 'policies-version-source',
    act: async (page) => {
      await policies(page);
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.getByRole('button', { name: 'Read the version seen 2020-12-03' }).click();
      await page.getByText('Where this text comes from').waitFor();
    },
  },
  {
    name: 'policies-keep-capture',
    act: async (page) => {
      await page.evaluate(() => location.assign('#/captures'));
      await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('complete');
      await page.locator('#capture-row-0:not([aria-busy])').click();
      await page.getByRole('button', { name: 'Keep as a policy version' }).click();
      await page.getByLabel('Platform', { exact: true }).fill('Ferry');
      await page.getByRole('button', { name: 'Keep it' }).click();
    },
  },
];
