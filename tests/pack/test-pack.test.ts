/** The test pack, driven as a person would: the packed window over the packed host. */

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../support/electron.ts';
import { answerOpenDialog, makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';
import { packOf, runtime, sandbox } from './support/packs.ts';

let home: string;
let app: ElectronApplication;
let page: Page;

async function start(...args: string[]): Promise<void> {
  const { PATH = '', DISPLAY = '' } = process.env;
  app = await electron.launch({
    executablePath: packOf('test').executable,
    args: [...sandbox, '--ozone-platform=x11', ...args],
    env: { PATH, DISPLAY, HOME: home, TMPDIR: join(home, 'tmp') },
    cwd: home,
  });
  page = await app.firstWindow();
  await page.waitForLoadState('load');
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'holdfast-pack-'));
  for (const name of ['tmp', 'pages']) mkdirSync(join(home, name));
  const fixtures = join(projectRoot, 'tests', 'fixtures', 'pages');
  for (const name of readdirSync(fixtures)) copyFileSync(join(fixtures, name), join(home, 'pages', name));
  await start();
});

afterAll(async () => {
  await app?.close();
  rmSync(home, { recursive: true, force: true });
});

test('says that it is no copy for real material', async () => {
  expect(await app.evaluate((electronOfApp) => electronOfApp.app.isPackaged)).toBe(true);
  const info: unknown = await page.evaluate('window.holdfast.info({})');
  expect(info).toMatchObject({
    ok: true,
    value: { electron: runtime.version, notForUsers: expect.stringContaining('A test build') },
  });
  const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  expect(title).toContain('test build');
});

test('makes an archive, imports pages, shows them in the library', async () => {
  await makeArchiveInWindow(page, join(home, 'case.holdfast'));

  await answerOpenDialog(app, [join(home, 'pages')]);
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.getByText('Import finished').waitFor();

  await page.getByRole('textbox', { name: 'Search the posts' }).fill('harbour vote');
  await page.locator('#post-row-0').getByText('Dorian Vale').waitFor();
  mkdirSync(join(projectRoot, 'test-results'), { recursive: true });
  await page.screenshot({ path: join(projectRoot, 'test-results', 'pack-library.png') });
});

test('started with an archive, as the file association does, asks for its passphrase', async () => {
  await app.close();
  await start(join(home, 'case.holdfast'));
  expect(await page.evaluate('window.holdfast.info({})')).toMatchObject({
    value: { archivePath: join(home, 'case.holdfast') },
  });
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByLabel('Your name').fill('Dana Desk');
  await page.keyboard.press('Enter');
  await page.locator('#post-row-0').waitFor();
});
