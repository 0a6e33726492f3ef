/** A stamp in the real window: as a file, and over the network where the user says yes; from a real authority. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPem } from '../../evidence/identity/pem.ts';
import { Authority } from '../evidence/timestamp/authority.ts';
import { type AuthorityServer, serveAuthority } from '../evidence/timestamp/authority-server.ts';
import { postPage } from '../support/archive.ts';
import { launchApp, type RunningApp } from '../support/electron.ts';
import { answerOpenDialog, makeArchiveInWindow } from '../support/window-steps.ts';

let authority: Authority;
let server: AuthorityServer;
let running: RunningApp;

beforeAll(async () => {
  authority = await Authority.open();
  await authority.issue('tsa', 'P-256');
  server = await serveAuthority(authority);
  running = await launchApp();
});
afterAll(async () => {
  await running?.close();
  await server.close();
  await authority.close();
});

test('a request travels as a file, and over the network only after a yes', async () => {
  const { app, page, home } = running;
  writeFileSync(join(home, 'root.pem'), toPem(await authority.certificate('ca')));
  writeFileSync(join(home, 'post.html'), postPage('They said it.'));
  await makeArchiveInWindow(page, join(home, 'stamped.holdfast'));
  await answerOpenDialog(app, [join(home, 'post.html')]);
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.getByText('Import finished').waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Timestamps' }).click();

  await page.getByLabel('Where the request goes').fill(join(home, 'out.tsq'));
  await page.getByRole('button', { name: 'Make the request' }).first().click();
  await page.getByText('The request was made').waitFor();
  const reply = await authority.reply('tsa', readFileSync(join(home, 'out.tsq')));
  writeFileSync(join(home, 'in.tsr'), reply);
  await answerOpenDialog(app, [join(home, 'root.pem')]);
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByLabel('Reply of the authority (.tsr)').first().fill(join(home, 'in.tsr'));
  await page.getByRole('button', { name: 'Check and attach' }).click();
  await page.getByText('The stamp was attached').waitFor();
  await page.getByText('no capture;').waitFor();
  expect(server.asked).toEqual([]);

  await page.getByText('Over the network, now').click();
  await page.getByLabel('Address of the authority').fill(`${server.address}/tsa`);
  await page.getByRole('button', { name: 'Ask the authority' }).click();
  await page.getByText('Tick this to let Holdfast use the network once.').waitFor();
  expect(server.asked).toEqual([]);
  await page.getByRole('checkbox', { name: 'Yes, ask it now' }).check();
  await page.getByRole('button', { name: 'Ask the authority' }).click();
  await expect
    .poll(() => page.getByRole('alert').or(page.getByRole('status')).allInnerTexts(), { timeout: 20_000 })
    .toEqual([
      expect.stringContaining('The stamp was attached'),
      expect.stringContaining('The stamp was attached'),
    ]);
  expect(server.asked).toEqual([{ method: 'POST', path: '/tsa', type: 'application/timestamp-query' }]);
  // The yes was for one question.
  expect(await page.getByRole('checkbox', { name: 'Yes, ask it now' }).isChecked()).toBe(false);

  await page.getByLabel('Address of the authority').fill(`${server.address}/nothing`);
  await page.getByRole('checkbox', { name: 'Yes, ask it now' }).check();
  await page.getByRole('button', { name: 'Ask the authority' }).click();
  await page.getByText('authority-not-reached').waitFor();
});

test('a capture says what its time rests on', async () => {
  const { page } = running;
  await page.getByRole('navigation').getByRole('link', { name: 'Library' }).click();
  await page.locator('#post-row-0').click();
  await page.getByText(/^It existed not later than .*"Invented Time" stamped the custody log/).waitFor();
});
