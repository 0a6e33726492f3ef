/** Holds, dates and purges in a real browser, over a fake of main. */
import { expect, test } from 'vitest';
import { calls, capture, go, rowsShown } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

test('a purge says what goes and what it cannot reach, and asks for reason, authority and part of the id', async () => {
  const page = await open();
  await go(page, 'Captures');
  await rowsShown(page);
  await page.locator('[role=row]:not([aria-busy])').nth(1).click();
  const section = page.getByRole('region', { name: 'Keeping and purging' });
  await section.getByRole('button', { name: 'Put under a legal hold' }).click();
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('Say why.').waitFor();
  await section.getByLabel('Why it must not be purged').fill('A court wants it.');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('It cannot be purged.').waitFor();
  const purge = section.getByRole('button', { name: 'Purge this capture' });
  expect(await purge.isDisabled()).toBe(true);
  await section.getByRole('button', { name: 'Lift the legal hold' }).click();
  await section.getByLabel('Why the hold is lifted').fill('It does not any more.');
  await section.getByRole('button', { name: 'Save' }).click();

  await purge.click();
  const dialog = page.getByRole('dialog', { name: 'Purge this capture' });
  await dialog.getByText('from-the-other-desk.zip', { exact: false }).waitFor();
  await dialog.getByText(/^Backup, /).waitFor();
  await dialog.getByRole('button', { name: 'Purge for good' }).click();
  await dialog.getByText('Say by what right.').waitFor();
  expect(await calls(page, 'purgeCapture')).toEqual([]);
  await dialog.getByLabel('Reason').fill('nobody may keep it');
  await dialog.getByLabel('Authority').fill('District court');
  const part =
    (await dialog.getByText(/^Type the last six characters of its id: /).textContent())?.slice(-6) ?? '';
  await dialog.getByLabel(/^Type the last six/).fill(part);
  await dialog.getByRole('button', { name: 'Purge for good' }).click();
  await dialog.getByText('Purged by leaf 5000 of the custody log.').waitFor();
  expect(await calls(page, 'purgeCapture')).toMatchObject([
    { because: 'nobody may keep it', authority: 'District court', confirm: part, keepAddress: false },
  ]);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Purged: 2').click();
  await page.getByText('District court: nobody may keep it').waitFor();
});

test('the page of the capture view is stopped and purged, and its address and the time are told', async () => {
  const page = await open();
  await capture(page, 'https://social.example/1');
  await page.getByRole('button', { name: 'Stop and purge (F9)' }).click();
  await page.getByText('Stopped and purged by leaf 5001.', { exact: false }).waitFor();
  await page.getByRole('status').getByText('https://social.example/1').waitFor();
});
