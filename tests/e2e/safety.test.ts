/** Keeping an archive safe, in the real app: sheet, passphrase, backup, restore, and the lock that comes by itself. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { archiveStatus } from '../../archive/status.ts';
import { checkArchive, postPage } from '../support/archive.ts';
import { launchApp } from '../support/electron.ts';
import { findTraces } from '../support/traces.ts';
import { answerOpenDialog, makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

const next = 'five other words nobody guesses';

function section(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}

async function go(page: Page, name: string): Promise<void> {
  // The menu may say more of a screen than its name.
  await page.getByRole('navigation').getByRole('link', { name }).click();
}

async function openWith(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Lock the archive' }).waitFor();
}

async function importOne(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.getByText('Import finished').waitFor();
  rmSync(path);
}

test('sheet, new passphrase by the sheet, backup, check, restore', async () => {
  const { app, page, home, close } = await launchApp();
  const desk = join(home, 'desk');
  mkdirSync(desk);
  const source = join(desk, 'post.html');
  writeFileSync(source, postPage('words to keep'));
  await answerOpenDialog(app, [source]);
  const path = join(desk, 'case.holdfast');
  await makeArchiveInWindow(page, path);
  await importOne(page, source);
  await go(page, 'Safety');
  await page.getByText('No backup of this archive was ever made', { exact: false }).waitFor();

  const sheet = join(desk, 'sheet.txt');
  const part = section(page, 'Recovery sheet');
  await part.getByRole('textbox', { name: 'Present passphrase' }).fill('wrong');
  await part.getByLabel('Where the sheet goes').fill(sheet);
  await part.getByRole('button', { name: 'Make a recovery sheet' }).click();
  await page.getByText('The passphrase does not open this archive').waitFor();
  await part.getByRole('textbox', { name: 'Present passphrase' }).fill(windowPassphrase);
  await part.getByRole('button', { name: 'Make a recovery sheet' }).click();
  await page.getByText('The recovery sheet was written').waitFor();
  const groups = readFileSync(sheet, 'utf8').match(/\d+\. [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{2}/g) ?? [];
  expect(groups).toHaveLength(12);
  // Apart from the computer, as it should be.
  rmSync(sheet);

  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByRole('switch', { name: 'I have a recovery sheet' }).check();
  const typed = page.getByLabel('The twelve groups of the sheet');
  await typed.fill(groups.join('\n').replace(/[0-9a-f]{2}$/, (end) => (end === '00' ? '11' : '00')));
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('The recovery key holds a typing error').waitFor();
  await typed.fill(groups.join('\n'));
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Lock the archive' }).waitFor();

  await go(page, 'Safety');
  const change = section(page, 'Passphrase');
  await change.getByText(/^This takes about/).waitFor();
  await change.getByText('Recovery sheet', { exact: true }).click();
  await change.getByLabel('The twelve groups of the sheet').fill(groups.join('\n'));
  await change.getByRole('textbox', { name: 'New passphrase', exact: true }).fill(next);
  await change.getByRole('textbox', { name: 'New passphrase, again' }).fill(next);
  await change.getByRole('button', { name: 'Change the passphrase' }).click();
  await page.getByText('The archive has the new passphrase').waitFor();

  const backup = join(desk, 'backup.holdfast');
  await section(page, 'Backup').getByLabel('Where the backup goes').fill(backup);
  await section(page, 'Backup').getByRole('button', { name: 'Back up now' }).click();
  await page.getByText('The backup was made and checked').first().waitFor();
  await page.getByText('Last backup:', { exact: false }).waitFor();
  await section(page, 'Check').getByRole('button', { name: 'Check the archive' }).click();
  await page.getByText('The archive is whole').waitFor();

  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByRole('tab', { name: 'Restore a backup' }).click();
  await page.getByLabel('Backup file').fill(backup);
  const restored = join(desk, 'restored.holdfast');
  await page.getByLabel('Where the new archive goes').fill(restored);
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(next);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('The archive was restored and checked').waitFor();
  await page.getByRole('button', { name: 'Open it' }).click();
  await openWith(page, next);
  await page.getByText('words to keep').first().waitFor();
  await go(page, 'Custody log');
  await page.getByTitle('archive.restored').waitFor();

  const digits = groups.map((group) => group.split(' ').slice(1, 3).join(''));
  const secrets = [windowPassphrase, next, groups[0] ?? '', digits.slice(0, 2).join('')];
  expect(secrets.flatMap((words) => findTraces(words, [home, '/dev/shm']))).toEqual([]);
  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).waitFor();
  for (const file of [path, restored]) {
    const archive = await openArchive({ path: file, passphrase: next, person: { name: 'Tess Ter' } });
    expect(archiveStatus(archive).counts).toMatchObject({ captures: 1, posts: 1 });
    checkArchive(archive);
    closeArchive(archive);
  }
  await close();
});

test('nobody there: the archive locks, work under way is ended first; the system locks it, and so does the key', async () => {
  // An hour of the idle lock's clock is a minute here.
  const { app, page, home, close } = await launchApp({ args: ['--clock-rate=60'] });
  const desk = join(home, 'desk');
  mkdirSync(desk);
  const path = join(desk, 'case.holdfast');
  await makeArchiveInWindow(page, path);
  await page.getByText('Locked after 15 minutes without input').waitFor();
  expect(await page.evaluate('window.holdfast.archiveStatus({})')).toEqual({ ok: true, value: null });

  const source = join(desk, 'large.bin');
  for (let i = 0; i < 24; i++) writeFileSync(source, randomBytes(16 * 1024 * 1024), { flag: 'a' });
  await openWith(page, windowPassphrase);
  // One minute, a second here: long before the import has ended.
  const imported = page.evaluate(`(() => {
    const work = window.holdfast.importFiles({ paths: [${JSON.stringify(source)}] }, 999999);
    return window.holdfast.setLock({ idleMinutes: 1 }).then(() => work);
  })()`);
  await page.getByText('The archive locks when the work under way has ended').waitFor();
  expect(await imported).toMatchObject({
    ok: true,
    value: { captures: [{ format: 'unknown' }], refused: [] },
  });
  await page.getByText('Locked after a minute without input').waitFor();
  expect(readFileSync(join(home, 'profile', 'settings.json'), 'utf8')).toBe('{"idleMinutes":1}\n');

  await page.evaluate('window.holdfast.setLock({ idleMinutes: null })');
  await openWith(page, windowPassphrase);
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
  await page.getByText('Locked with this computer', { exact: false }).waitFor();

  await openWith(page, windowPassphrase);
  const accelerator = await app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
    const item = file?.submenu?.items.find(({ label }) => label === '&Lock Archive');
    item?.click();
    return item?.accelerator;
  });
  expect(accelerator).toBe('CmdOrCtrl+Shift+L');
  await page.getByRole('button', { name: 'Open', exact: true }).waitFor();

  const archive = await openArchive({ path, passphrase: windowPassphrase, person: { name: 'Tess Ter' } });
  expect(archiveStatus(archive).counts.captures).toBe(1);
  checkArchive(archive);
  closeArchive(archive);
  await close();
});
