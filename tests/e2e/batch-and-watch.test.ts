/** A list of addresses, and a post that is looked at again, in the real window and by the command over a real server. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchNewsSchema } from '../../contract/capture-job.ts';
import { launchApp, projectRoot, type RunningApp } from '../support/electron.ts';
import { postPage } from '../support/post-page.ts';
import { html, type Site, serveSite } from '../support/site-server.ts';
import { makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

let site: Site;
let running: RunningApp;
let page: Page;
let archive: string;
let words = 'The first words of it';
let isGone = false;

beforeAll(async () => {
  site = await serveSite({
    '/post': (_request, response) => {
      if (isGone) response.writeHead(410, { 'content-type': 'text/html' }).end('<h1>Gone</h1>');
      else response.setHeader('content-type', 'text/html').end(postPage(words));
    },
    '/second': html(postPage('Words of the second')),
  });
  // The watch list is looked at every six seconds instead of thirty.
  running = await launchApp({ args: ['--clock-rate=5'] });
  ({ page } = running);
  const desk = join(running.home, 'desk');
  mkdirSync(desk);
  archive = join(desk, 'case.holdfast');
});

afterAll(async () => {
  await running?.close();
  await site?.close();
});

function go(name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

/** The command as a user has it, after the window has let go of the archive. */
async function holdfast(...args: string[]): Promise<{ status: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(projectRoot, 'cli', 'holdfast.mjs'), ...args], {
    env: { ...process.env, HOLDFAST_PASSPHRASE: windowPassphrase },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const status = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stdout = await text(child.stdout);
  return { stdout, status: await status };
}

test('a list that was pasted is captured, each address with a verdict of its own', async () => {
  await makeArchiveInWindow(page, archive);
  await go('Batch');
  await page
    .getByRole('textbox', { name: 'Addresses' })
    .fill(
      `# a list\n${site.origin}/post\nnot one\n${site.origin}/second\n${site.origin}/post\n${site.origin}/missing`,
    );
  await page.getByText('3 addresses; 1 line left out').waitFor();
  await page.getByText('Line 3: not one').waitFor();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('2 complete, 1 failed. Every address of this batch was captured.').waitFor();
  expect(await page.getByRole('row').allInnerTexts()).toEqual([
    expect.stringMatching(/complete[\s\S]*\/post/),
    expect.stringMatching(/complete[\s\S]*\/second/),
    expect.stringMatching(/failed[\s\S]*\/missing/),
  ]);
  await page.getByRole('row').first().click();
  await page.getByRole('heading', { name: 'Capture', exact: false }).first().waitFor();
  expect(page.url()).toContain('#/capture/');
});

test('a post is watched: still up, edited with its words, not reachable', async () => {
  await go('Library');
  await page.getByRole('row').filter({ hasText: 'The first words of it' }).click();
  await page.getByRole('button', { name: 'Watch this post' }).click();
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.getByRole('link', { name: 'active' }).click();

  const checks = page.getByRole('listitem');
  const check = async (outcome: string): Promise<void> => {
    const before = await checks.count();
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect.poll(() => checks.count(), { timeout: 60_000 }).toBe(before + 1);
    await checks.first().getByText(outcome).waitFor();
  };
  await check('still up');
  words = 'The first words, and quite other ones';
  await check('edited');
  await expect
    .poll(() => checks.first().getByRole('region', { name: 'What was changed' }).textContent())
    .toBe('The first words of it words, and quite other ones');
  isGone = true;
  await page.getByLabel('From where, as you would state it').fill('office');
  await check('not reachable (no persona, not signed in, network as stated: office); who acted is not known');
  expect(await page.getByText('Gone, as far as').count()).toBe(0);
});

test('what is due is checked without anybody asking', async () => {
  await go('Watch list');
  await page.getByRole('button', { name: 'Watch an address' }).click();
  await page.getByLabel('Address').fill(`${site.origin}/second`);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: '/second' });
  await row.getByText('still up').waitFor({ timeout: 90_000 });
  await row.getByText('Next check').waitFor();
});

test('the command takes a list, and a second vantage says gone', async () => {
  await page.getByRole('row').filter({ hasText: '/post' }).click();
  await page.getByRole('heading', { name: 'Checks, newest first' }).waitFor();
  const watch = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: /lock/i }).first().click();
  await page.getByRole('heading', { name: 'Open or create' }).waitFor();
  const list = join(running.home, 'list.txt');
  writeFileSync(list, `${site.origin}/second\n# no more\nftp://x\n${site.origin}/second\n`);

  const batch = await holdfast('capture', archive, '--from', list, '--engine', 'chromium', '--json');
  const [bad, duplicate, ...news]: unknown[] = batch.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(bad).toMatchObject({ news: 'bad-line', line: 3, found: 'ftp://x' });
  expect(duplicate).toMatchObject({ news: 'duplicate', line: 4, of: 1 });
  expect(news.map((line) => batchNewsSchema.parse(line))).toMatchObject([
    { news: 'opened', todo: 1 },
    { news: 'outcome', url: `${site.origin}/second`, result: { verdict: 'complete' } },
    { news: 'ended', stopped: null },
  ]);
  expect(batch.status).toBe(1);
  const vantage = ['--network', 'VPN, Germany', '--engine', 'chromium'];
  const checked = await holdfast('watch', 'run', archive, watch, ...vantage);
  expect(checked.stdout).toContain('Gone, as far as two vantages show');
  expect(checked.status).toBe(0);
});
