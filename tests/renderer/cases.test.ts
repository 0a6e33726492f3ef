/** Cases in a real browser, over a fake of main. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { idOf } from './fake/ids.ts';
import { calls, go, openPost } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const caseId = idOf(78, 0);
const name = 'Test Quay ./. Harbour Watch';

async function openCase(page: Page): Promise<void> {
  await go(page, 'Cases');
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
}
const order = (page: Page) =>
  page
    .getByRole('button', { name: /^Remove exhibit/ })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')?.slice(15)));

test('exhibits are put in order by keyboard alone, and the keyboard stays where it was', async () => {
  const page = await open();
  await openCase(page);
  expect(await order(page)).toEqual(['2', '1', '4', '5']);

  await page.getByRole('button', { name: 'Note on exhibit 5' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByText('Exhibit 5 is now at place 3 of 4.').waitFor();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByText('Exhibit 5 is now at place 2 of 4.').waitFor();
  await page.getByRole('button', { name: 'Move exhibit 2 down' }).press('Enter');
  await page.getByText('Exhibit 2 is now at place 2 of 4.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Exhibit 2 is now at place 3 of 4.').waitFor();

  expect(await order(page)).toEqual(['5', '1', '2', '4']);
  expect(await calls(page, 'moveExhibit')).toEqual([
    { caseId, number: 5, before: 4 },
    { caseId, number: 5, before: 1 },
    { caseId, number: 2, before: 1 },
    { caseId, number: 2, before: 4 },
  ]);
});

test('name, time zone and labels are changed, and the keyboard stays where it was', async () => {
  const page = await open();
  await openCase(page);
  const change = page.getByRole('button', { name: 'Change name or time zone' });
  await change.click();
  await page.getByLabel('Name of the case').fill('Harbour, second part');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Kolkata');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('heading', { name: 'Harbour, second part' }).waitFor();
  await expect.poll(() => change.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Label of exhibit 5' }).click();
  await page.getByRole('textbox', { name: 'Label of exhibit 5' }).fill('The second call');
  await page.getByRole('button', { name: 'Keep the label' }).click();
  await page.getByText('Exhibit 5: The second call').waitFor();

  expect(await calls(page, 'changeCase')).toEqual([
    { caseId, name: 'Harbour, second part', timeZone: 'Asia/Kolkata' },
  ]);
  expect(await calls(page, 'labelExhibit')).toEqual([{ caseId, number: 5, label: 'The second call' }]);
});

test('a note is kept, an exhibit is removed with a reason, and its number stays empty', async () => {
  const page = await open();
  await openCase(page);
  await page.getByRole('button', { name: 'Note on exhibit 1' }).click();
  await page.getByRole('textbox', { name: 'Note on exhibit 1' }).fill('Translate this.');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await page.getByText('Translate this.').waitFor();

  await page.getByRole('button', { name: 'Remove exhibit 4' }).click();
  expect(await page.getByRole('button', { name: 'Remove it' }).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Why it is removed' }).fill('Not of this case.');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('Not of this case.').waitFor();

  expect(await order(page)).toEqual(['2', '1', '5']);
  expect(await calls(page, 'removeExhibit')).toEqual([{ caseId, number: 4, because: 'Not of this case.' }]);
});

test('a case is made, a post added to it with a label, and its bundle compiled with what was said', async () => {
  const page = await open();
  await go(page, 'Cases');
  await page.getByRole('button', { name: 'Make a case' }).click();
  await page.getByText('Give the case a name.').waitFor();
  await page.getByLabel('Name of the case').fill('Winter');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Kolkata');
  await page.getByRole('button', { name: 'Make a case' }).click();
  await page.getByRole('link', { name: 'Winter' }).waitFor();
  expect(await calls(page, 'makeCase')).toEqual([{ name: 'Winter', timeZone: 'Asia/Kolkata' }]);

  await go(page, 'Library');
  await openPost(page, 5);
  await page.getByRole('button', { name: 'Add to a case' }).click();
  await page.getByLabel('Label').fill('The first');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Exhibit 1 of “Winter”.').waitFor();
  expect(await calls(page, 'addExhibits')).toMatchObject([
    { exhibits: [{ label: 'The first', note: null }] },
  ]);

  await openCase(page);
  await page.getByRole('link', { name: 'Make a bundle of this case' }).click();
  await page.getByLabel('The notes on the exhibits leave, too').check();
  await page.getByRole('textbox', { name: 'Identity file (.p12)' }).fill('/home/ida.p12');
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('secret words');
  await page.getByRole('textbox', { name: 'Where the bundle goes' }).fill('/home/b.zip');
  await page.getByRole('button', { name: 'Make and check the bundle' }).click();
  await page.getByText('The bundle is ready').waitFor();
  expect(await calls(page, 'compileBundle')).toMatchObject([{ case: caseId, notes: true }]);

  await page.getByRole('link', { name: 'Write a certificate' }).click();
  await page.getByRole('button', { name: 'Check the bundle and show the statements' }).click();
  await page.getByLabel('1. I kept the records.').check();
  await page.getByLabel('3. I certify neither authorship nor truth.').check();
  await page.getByRole('textbox', { name: 'Position and qualification' }).fill('Analyst');
  await page.getByRole('textbox', { name: 'Identity file (.p12)' }).fill('/home/ida.p12');
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('secret words');
  await page.getByRole('button', { name: 'Write and sign the certificate' }).click();
  await page.getByText('2 confirmed, 1 not confirmed').waitFor();
  expect(await calls(page, 'certifyBundle')).toMatchObject([
    { form: 'us', title: 'Analyst', confirmed: [1, 3], identity: { path: '/home/ida.p12' } },
  ]);
});
