/** Two people at one archive, in the real app: tags, reviews, and a sample that both judge without seeing each other's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { checkArchive, checkLog, postPage } from '../support/archive.ts';
import { launchApp } from '../support/electron.ts';
import { answerOpenDialog, makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

const texts = [
  'a storm over the square, number one',
  'a storm over the square, number two',
  'a storm over the square, number three',
  'a calm day by the sea, number four',
  'a calm day by the sea, number five',
  'روزی آرام در کنار دریا، شمارهٔ شش',
];
const reason = 'the storm is praised, says the first person';

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** Locks the archive and opens it again under another name. */
async function changePlaces(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Lock the archive' }).waitFor();
}

/** Sets a tag on the post with these words: a clause by typing, and why. */
async function tagPost(page: Page, words: string): Promise<void> {
  await go(page, 'Library');
  await page.getByRole('row').filter({ hasText: words }).click();
  const form = page.getByRole('region', { name: 'Tag this post' });
  const clause = form.getByRole('combobox');
  await clause.fill('hateful');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await clause.press('Enter');
  await form.getByRole('textbox', { name: 'Because' }).fill(reason);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Tags', exact: true }).getByText(reason).waitFor();
}

/** Reviews the tag that the list stands on, by keyboard. */
async function reviewTag(page: Page, key: 'a' | 'd', because: string, left: RegExp): Promise<void> {
  await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
  await page.keyboard.press(key);
  await page.keyboard.type(because);
  await page.keyboard.press('Control+Enter');
  await page.getByText(left).waitFor();
}

/** Judges all six posts of the sample by keyboard; `finding`: the key that each text asks for. */
async function code(page: Page, finding: (text: string) => 'n' | 'u', unseen: string): Promise<void> {
  await go(page, 'Coding');
  await page.getByRole('link', { name: 'Code on: Both of us' }).click();
  for (let judged = 1; judged <= texts.length; judged += 1) {
    await page.getByText(`Post ${judged} of 6`).waitFor();
    const text = page.getByRole('group', { name: /^Text of the post/ });
    await text.waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain(unseen);
    await text.focus();
    await page.keyboard.press(finding((await text.textContent()) ?? ''));
    await page.keyboard.type(`judged as number ${judged}`);
    await page.keyboard.press('Control+Enter');
  }
  await page.getByText('You have judged every post of this sample.').waitFor();
}

test('two people tag, agree, dispute, and judge a sample of six posts blind', async () => {
  const { app, page, home, close } = await launchApp();
  try {
    const desk = join(home, 'desk');
    mkdirSync(desk);
    const files = texts.map((text, n) => {
      const path = join(desk, `post-${n}.html`);
      writeFileSync(path, postPage(text));
      return path;
    });
    const path = join(desk, 'case.holdfast');
    await makeArchiveInWindow(page, path);
    await answerOpenDialog(app, files);
    await page.getByRole('button', { name: 'Import files' }).first().click();
    await page.getByText('Import finished').waitFor();
    await tagPost(page, 'number one');
    await tagPost(page, 'number four');

    // Their own tags wait for somebody else.
    await go(page, 'Review');
    await page.getByText('You set this tag yourself').waitFor();
    expect(await page.getByRole('button', { name: 'Agree' }).isDisabled()).toBe(true);

    await changePlaces(page, 'Mika Second');
    await go(page, 'Review');
    await reviewTag(page, 'd', 'nothing is praised on a calm day', /^Unreviewed \(1\)/);
    await reviewTag(page, 'a', 'I read it the same way', /^Unreviewed \(0\)/);

    await go(page, 'Coding');
    await page.getByLabel('Name of the sample').fill('Both of us');
    await page.getByLabel('How many posts').fill('6');
    await page.getByRole('button', { name: 'Draw', exact: true }).click();
    await page.getByText('6 posts of 6; 4 had no tag when it was drawn').waitFor();
    await code(page, (text) => (text.includes('storm') ? 'n' : 'u'), reason);
    await page.getByRole('link', { name: 'See the result' }).click();
    await page.getByText('Only one person has judged it.').waitFor();

    await changePlaces(page, 'Dana Desk');
    await code(page, (text) => (/storm|number five/.test(text) ? 'n' : 'u'), 'Mika Second');
    await page.getByRole('link', { name: 'See the result' }).click();
    const table = page.getByRole('table', { name: 'How often two people said the same' });
    const cells = await table.getByRole('cell').allTextContents();
    expect(cells.slice(0, 2).sort()).toEqual([
      'Dana Desk (claimed, not proven)',
      'Mika Second (claimed, not proven)',
    ]);
    // Chance alone: (3 × 4 + 3 × 2) of 36; kappa: (5/6 − 1/2) / (1 − 1/2).
    expect(cells.slice(2)).toEqual(['6', '5 (83 %)', '5 (83 %)', '0.67']);
    const differing = page.getByRole('region', { name: 'Posts on which people differ' });
    await differing.getByText('1 post', { exact: true }).waitFor();
    await differing.getByText('number five').waitFor();

    await go(page, 'Review');
    await page.getByText(/^Disputed \(1\)/).click();
    await page.getByText('nothing is praised on a calm day').waitFor();
    await page.getByText(/^All \(14\)/).waitFor();
    await page.getByRole('button', { name: 'Lock the archive' }).click();
    await page.getByRole('heading', { name: 'Open or create' }).waitFor();

    const archive = await openArchive({ path, passphrase: windowPassphrase, person: { name: 'Tess Ter' } });
    try {
      checkArchive(archive);
      await checkLog(archive);
    } finally {
      closeArchive(archive);
    }
  } finally {
    await close();
  }
});
