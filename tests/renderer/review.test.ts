/** The review in a real browser: finding, reading, agreeing and disputing, by keyboard alone. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { seriousViolations } from '../support/axe.ts';
import { violationsInLightAndDark } from './support/light-and-dark.ts';
import { calls } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

async function review(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Review', exact: true }).click();
  await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
}
async function choose(page: Page, filter: RegExp): Promise<void> {
  await page.getByRole('radiogroup').getByText(filter).click();
  await page.locator('#inbox-row-0:not([aria-busy])').waitFor();
}
const detail = (page: Page) => page.getByRole('region', { name: 'The tag', exact: true });
const list = (page: Page) => page.getByRole('grid');
const activeRow = (page: Page) => list(page).getAttribute('aria-activedescendant');
const button = (page: Page, name: string) => detail(page).getByRole('button', { name });

test('filters show their counts and only their tags', async () => {
  const page = await open();
  await review(page);

  for (const [name, state] of [
    [/^Unreviewed \(20\)/, 'unreviewed'],
    [/^Disputed \(20\)/, 'disputed'],
    [/^Withdrawn \(10\)/, 'withdrawn'],
  ] as const) {
    await choose(page, name);
    const states = await list(page)
      .getByText(/^(unreviewed|agreed|disputed|withdrawn)$/)
      .allTextContents();
    expect(new Set(states)).toEqual(new Set([state]));
  }
  await choose(page, /^Rule changed since/);
  expect(await list(page).getByRole('row').count()).toBe(
    await list(page)
      .getByText(/^(reworded|dropped) since$/)
      .count(),
  );
  await choose(page, /^All \(60\)/);
  await page.getByLabel('Only tags that others set').check();
  await page.getByText(/^All \(55\)/).waitFor();
  expect((await calls(page, 'listInbox')).at(-1)).toMatchObject({ filter: 'all', others: true });
});

test('a tag is agreed to by keyboard alone, and the next one stands there afterwards', async () => {
  const page = await open();
  await review(page);
  const first = await detail(page).getByRole('heading', { level: 3 }).textContent();

  await page.keyboard.press('j');
  expect(await activeRow(page)).toBe('inbox-row-1');
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await page.keyboard.type('I read it the same way, adj.');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Unreviewed \(19\)/).waitFor();

  expect(await calls(page, 'reviewTag')).toMatchObject([
    { act: 'agree', because: 'I read it the same way, adj.' },
  ]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  expect(await activeRow(page)).toBe('inbox-row-0');
  expect(first).not.toBe(null);
  // Straight on: the next letter is for the next tag.
  await page.keyboard.press('d');
  await page.keyboard.type('A quotation.');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Unreviewed \(18\)/).waitFor();
  const done = (await calls(page, 'reviewTag')) as { tagId: string; act: string }[];
  expect(done.map(({ act }) => act)).toEqual(['agree', 'dispute']);
  expect(new Set(done.map(({ tagId }) => tagId)).size).toBe(2);
});

test('without a reason nothing is recorded; Escape leaves it, and what was typed is still there', async () => {
  const page = await open();
  await review(page);

  await page.keyboard.press('d');
  await page.keyboard.press('Control+Enter');
  await detail(page).getByText('Say why.').waitFor();
  await page.keyboard.type('half a thou');
  await page.keyboard.press('Escape');
  expect(await page.getByLabel('Why you dispute it').count()).toBe(0);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('d');

  expect(await page.getByLabel('Why you dispute it').inputValue()).toBe('half a thou');
  expect(await calls(page, 'reviewTag')).toEqual([]);
});

test('one’s own tag cannot be agreed to, and it says why; it can be disputed and withdrawn', async () => {
  const page = await open();
  await review(page);
  await choose(page, /^All/);
  await list(page).focus();
  for (let i = 0; i < 21; i += 1) await page.keyboard.press('j');
  await detail(page).getByText('You set this tag yourself').waitFor();

  expect(await button(page, 'Agree').isDisabled()).toBe(true);
  expect(await button(page, 'Dispute').isEnabled()).toBe(true);
  await page.keyboard.press('a');
  expect(await page.getByLabel('Why you agree').count()).toBe(0);
  await page.keyboard.press('w');
  await detail(page).getByText('A withdrawal is final').waitFor();
});

test('what the archive refuses is said beside the reason, which stays', async () => {
  const page = await open({
    errors: { reviewTag: { code: 'own-tag', message: 'You set this tag: a second person has to agree.' } },
  });
  await review(page);

  await page.keyboard.press('a');
  await page.keyboard.type('same reading');
  await page.keyboard.press('Control+Enter');

  await detail(page).getByText('You set this tag yourself').waitFor();
  expect(await page.getByLabel('Why you agree').inputValue()).toBe('same reading');
});

test('a Persian keyboard moves and reviews by the place of the keys', async () => {
  const page = await open();
  await review(page);
  await list(page).focus();
  const press = (key: string, code: string) =>
    list(page).dispatchEvent('keydown', { key, code, bubbles: true, cancelable: true });

  await press('ت', 'KeyJ');
  await expect.poll(() => activeRow(page)).toBe('inbox-row-1');
  await press('ش', 'KeyA');

  await page.getByLabel('Why you agree').waitFor();
});

test('the post opens from the list and the way back leads to the same row with the keyboard on it', async () => {
  const page = await open({ otherTags: 400 });
  await review(page);
  await choose(page, /^All/);
  await list(page).focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('PageDown');
  const row = await activeRow(page);
  await page.locator(`#${row}:not([aria-busy])`).waitFor();
  const offset = await list(page).evaluate((grid) => grid.scrollTop);

  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: /^Text of the post/ }).waitFor();
  expect(page.url()).toContain('#/review/post/');
  await page.getByRole('link', { name: 'Back to the review' }).click();
  await page.locator(`#${row}:not([aria-busy])`).waitFor();

  expect(await activeRow(page)).toBe(row);
  expect(await list(page).evaluate((grid) => grid.scrollTop)).toBe(offset);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  expect(await page.getByRole('radio', { name: /^All/ }).isChecked()).toBe(true);
});

test('100,000 tags: only rows in view exist, and End reaches the last', async () => {
  const page = await open({ posts: 50_000, otherTags: 100_000 });
  await review(page);
  await choose(page, /^All \(100,000\)/);

  await list(page).focus();
  await page.keyboard.press('End');
  await page.locator('#inbox-row-99999:not([aria-busy])').waitFor();

  expect(await list(page).getByRole('row').count()).toBeLessThan(60);
  expect(await list(page).getAttribute('aria-rowcount')).toBe('100000');
  await detail(page).getByText('No. 49999').waitFor();
});

test('the detail shows the clause’s words, the dates, the exceptions and every review side by side', async () => {
  const page = await open();
  await review(page);
  await choose(page, /^Disputed/);
  await list(page).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');

  const tag = detail(page);
  expect(
    await tag
      .getByRole('listitem')
      .filter({ hasText: /disputes|agrees/ })
      .count(),
  ).toBe(2);
  await tag.getByText('not considered').waitFor();
  await tag.getByText('does not apply').waitFor();
  await tag.getByRole('rowheader', { name: /posted/i }).waitFor();
  expect(await tag.textContent()).not.toMatch(/violates/);
});

test('quotes and reasons keep their own direction in a window laid out from right to left', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'from right to left' }).click();
  await review(page);
  await list(page).focus();
  await page.keyboard.press('j');

  const quote = detail(page).locator('blockquote').first();
  expect(await quote.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  await page.keyboard.press('k');
  const english = detail(page).locator('blockquote').first();
  expect(await english.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
});

test('a tag is reviewed at its post, too', async () => {
  const page = await open();
  await page.locator('#post-row-0:not([aria-busy])').click();
  const form = page.getByRole('region', { name: 'Tag this post' });
  await form.getByLabel('No violation', { exact: true }).check();
  await form.getByRole('textbox', { name: 'Because' }).fill('A report of what others did.');
  await form.getByRole('button', { name: /^Save tag/ }).click();
  const tags = page.getByRole('region', { name: 'Tags', exact: true });
  await tags.getByRole('button', { name: 'Withdraw' }).click();
  await tags.getByLabel('Why it is withdrawn').fill('Wrong post.');
  await tags.getByRole('button', { name: 'Record the withdrawal' }).click();

  await page.getByText('The withdrawal was recorded').waitFor();
  expect(await calls(page, 'reviewTag')).toMatchObject([{ act: 'withdraw', because: 'Wrong post.' }]);
  expect(await tags.getByRole('button', { name: 'Agree' }).isDisabled()).toBe(true);
});

describe('accessibility: no serious violation (axe)', () => {
  test('the review with a reason begun', async () => {
    const page = await open();
    await review(page);
    await choose(page, /^Disputed/);
    await list(page).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await page.keyboard.press('Control+Enter');
    await detail(page).getByText('Say why.').waitFor();

    expect(await violationsInLightAndDark(page)).toEqual([]);
  });

  test('the review, empty', async () => {
    const page = await open({ otherTags: 0 });
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.getByText('No tags yet').waitFor();

    expect(await seriousViolations(page)).toEqual([]);
  });
});
