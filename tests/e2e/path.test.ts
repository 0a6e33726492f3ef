/** The whole path in the real window over the real archive: from saved pages to a bundle that is trusted. */

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTlogProof } from '../../evidence/log/tlog-proof.ts';
import { launchApp, projectRoot, type RunningApp } from '../support/electron.ts';
import { findTraces } from '../support/traces.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  makeArchiveInWindow,
  tagLastWords,
  windowPassphrase,
} from '../support/window-steps.ts';
import { filesOfZip } from '../support/zip-files.ts';

/** Words that stand in a fixture and in no part of the program. */
const persian = 'شمارندگانِ رأیِ بندر';
const pictures = join(projectRoot, 'test-results');

let running: RunningApp;
let page: Page;
let desk: string;

beforeAll(async () => {
  running = await launchApp();
  ({ page } = running);
  desk = join(running.home, 'desk');
  mkdirSync(join(desk, 'pages'), { recursive: true });
  mkdirSync(pictures, { recursive: true });
  const fixtures = join(projectRoot, 'tests', 'fixtures', 'pages');
  for (const name of readdirSync(fixtures)) copyFileSync(join(fixtures, name), join(desk, 'pages', name));
});

afterAll(() => running?.close());

function go(name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name }).click();
}

async function picture(name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

test('a new archive is made', async () => {
  await makeArchiveInWindow(page, join(desk, 'case.holdfast'));
  await picture('library-empty');
});

test('saved pages are imported, one in Persian among them, and found by their words', async () => {
  await answerOpenDialog(running.app, [join(desk, 'pages')]);
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.getByText('Import finished').waitFor();
  await page.getByText('9 posts', { exact: true }).waitFor();
  await picture('library');

  await page.getByRole('textbox', { name: 'Search the posts' }).fill('شمارندگان راي');

  await page.getByText('1 of 9 posts').waitFor();
  await page.locator('#post-row-0').click();
});

test('words of the post are quoted and tagged with a clause', async () => {
  await tagLastWords(page, 'An announced attack');
  await picture('post');
});

test('a picture of the page is shown from the archive, once it is asked for', async () => {
  await go('Library');
  await page.getByRole('textbox', { name: 'Search the posts' }).fill('harbour vote');
  await page.locator('#post-row-0').getByText('Dorian Vale').waitFor();
  await page.locator('#post-row-0').click();
  await page.getByRole('button', { name: 'Show picture' }).first().click();

  const shown = page.locator('img[src^="holdfast-artifact:"]').first();
  await expect.poll(() => shown.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBeGreaterThan(0);
  await picture('post-with-picture');
});

test('an identity is made, a bundle compiled, and verified', async () => {
  await go('Make a bundle');
  await page.getByText('Make a new identity').click();
  await page.getByLabel('Name, as it stands in the certificate').fill('Dana Desk');
  await page.getByLabel('Where the identity file goes').fill(join(desk, 'dana.p12'));
  await page
    .getByRole('textbox', { name: 'Passphrase of the identity', exact: true })
    .fill('another passphrase');
  await page.getByRole('textbox', { name: 'Passphrase of the identity, again' }).fill('another passphrase');
  await page.getByRole('button', { name: 'Make the identity' }).click();
  await page.getByText('The identity was made').waitFor();
  await page.getByRole('button', { name: 'Sign with it' }).click();
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('another passphrase');
  await page.getByLabel('Where the bundle goes').fill(join(desk, 'bundle.zip'));
  await page.getByRole('button', { name: 'Make and check the bundle' }).click();
  await page.getByText('The bundle is ready').waitFor();
  await picture('bundle');
  // Printed by the app itself.
  expect(await page.getByText('The bundle has no report.pdf').count()).toBe(0);
  const pdf = (await filesOfZip(join(desk, 'bundle.zip'))).get('data/report.pdf');
  expect(
    Buffer.from(pdf ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  await go('Verify a bundle');
  await page.getByLabel('Bundle (.zip)').fill(join(desk, 'bundle.zip'));
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByText('consistent, signer not checked').waitFor();
  await answerOpenDialog(running.app, [join(desk, 'dana.pem')]);
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByRole('region', { name: 'Result' }).getByText('trusted', { exact: true }).waitFor();
  await picture('verify');
});

test('one byte changed in a captured page: failed, and the file is named', async () => {
  const bundle = readFileSync(join(desk, 'bundle.zip'));
  // Captured files stand before what was made for the bundle.
  bundle[bundle.indexOf('</html>')] = 0x2e;
  writeFileSync(join(desk, 'changed.zip'), bundle);

  await page.getByLabel('Bundle (.zip)').fill(join(desk, 'changed.zip'));
  await page.getByRole('button', { name: 'Verify', exact: true }).click();

  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('failed', { exact: true }).first().waitFor();
  await picture('verify-changed');
  expect(await result.textContent()).toMatch(/data\/captures\/[0-9a-f-]+\/original\.[a-z]+its bytes differ/);
  rmSync(join(desk, 'changed.zip'));
});

test('the custody log tells what was done, by whom as claimed', async () => {
  await go('Custody log');
  await page.getByText('Dana Desk (claimed').first().waitFor();
  await page.getByLabel('What was done').selectOption({ label: 'Tagged a post with a clause' });
  await page.getByText('1 act found').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await picture('custody');
});

test('the log is signed and checked, and the place of one capture is proven by a file', async () => {
  await page.getByRole('button', { name: 'Sign what is recorded now' }).click();
  await page.getByText(/everything that is recorded$/).waitFor();
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByText('Everything is as the log says').waitFor();
  await picture('custody-checked');

  await go('Captures');
  await page.locator('#capture-row-0').click();
  const path = join(desk, 'capture.tlog-proof');
  await answerSaveDialog(running.app, path);
  await page.getByRole('button', { name: 'Save the proof of this capture' }).click();
  await page.getByText('The proof was saved').waitFor();
  await picture('proof');
  expect(parseTlogProof(readFileSync(path)).index).toBeGreaterThan(0);
});

test('the host is killed: the window says so, and the archive opens again with everything in it', async () => {
  const [host] = spawnSync('pgrep', ['-f', `${projectRoot.replace(/\/$/, '')}/dist/host/host.cjs`], {
    encoding: 'utf8',
  }).stdout.split('\n');
  expect(host).toMatch(/^\d+$/);

  process.kill(Number(host), 'SIGKILL');

  await page
    .getByText(/the archive must be opened again/i)
    .first()
    .waitFor();
  await picture('host-stopped');
  await page.getByRole('textbox', { name: 'Archive file' }).fill(join(desk, 'case.holdfast'));
  await page.getByLabel('Your name').fill('Dana Desk');
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('9 posts', { exact: true }).waitFor();
});

test('locking closes the archive to one file', async () => {
  await page.getByRole('button', { name: /lock/i }).first().click();
  await page.getByRole('heading', { name: 'Open or create' }).waitFor();

  expect(existsSync(join(desk, 'case.holdfast-wal'))).toBe(false);
});

test('no word of the posts stands in clear in the home, the profile or the temporary folder', () => {
  const found = findTraces(persian, [running.home, '/dev/shm']).map(({ path }) => path.replace(desk, ''));

  // The pages themselves, which lie in the same home; and the bundle, which is meant to be read.
  expect(found.filter((path) => !path.startsWith('/pages/') && path !== '/bundle.zip')).toEqual([]);
  expect(found).toContain('/bundle.zip');
});
