/** The main job: from the click on Capture to the verified bundle, in the real window over a real server. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonPages, listPosts, virtualList } from '../support/city/lists.ts';
import { launchApp, projectRoot, type RunningApp } from '../support/electron.ts';
import { bytes, type Site, serveSite } from '../support/site-server.ts';
import { findTraces } from '../support/traces.ts';
import { makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

const cookie = 'planted-cookie-value-91827364';
const pictures = join(projectRoot, 'test-results');
const fixture = readFileSync(join(projectRoot, 'tests', 'fixtures', 'pages', 'payam-post.fa.html'));

/** Longer than anybody waits for in a test. */
const long = listPosts(3000);

let site: Site;
let origin: string;
let running: RunningApp;
let page: Page;
let desk: string;

beforeAll(async () => {
  site = await serveSite({
    '/post': bytes(fixture, {
      'set-cookie': `sid=${cookie}; Path=/`,
      'content-type': 'text/html; charset=utf-8',
    }),
    '/list': virtualList({ marks: 'marked', source: { pages: '/list/posts', size: 50 }, count: long.length }),
    '/list/posts': jsonPages(long, 50),
  });
  origin = site.origin;
  running = await launchApp();
  ({ page } = running);
  desk = join(running.home, 'desk');
  mkdirSync(desk);
  mkdirSync(pictures, { recursive: true });
});

afterAll(async () => {
  await running?.close();
  await site?.close();
});

function go(name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

async function picture(name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

test('an address is opened in the capture view and captured with one click', async () => {
  await makeArchiveInWindow(page, join(desk, 'case.holdfast'));
  await go('Capture');
  await page.getByRole('textbox', { name: /address/i }).fill(`${origin}/post`);
  await page.keyboard.press('Enter');
  const capture = page.getByRole('button', { name: 'Capture', exact: true });
  await expect.poll(() => capture.isEnabled()).toBe(true);

  await picture('capture-page');
  await capture.click();
  await picture('capture-running');

  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.waitFor();
  await picture('capture-verdict');
  await verdict.getByText('Verdict: Complete').first().waitFor();
  await verdict.getByText('Verdict: Complete').waitFor();
});

test('the autopilot is paused, goes on, and is stopped: what passed is sealed and says so', async () => {
  const address = page.getByRole('textbox', { name: /address/i });
  await address.fill(`${origin}/list`);
  await page.keyboard.press('Enter');
  const capture = page.getByRole('button', { name: 'Capture', exact: true });
  await page.getByText('A page', { exact: true }).first().waitFor({ state: 'attached' });
  await expect.poll(() => capture.isEnabled()).toBe(true);
  await page.getByRole('checkbox', { name: /autopilot/ }).check();
  await capture.click();

  const autopilot = page.getByRole('region', { name: 'Autopilot' });
  await autopilot.getByRole('button', { name: 'Pause' }).click();
  await autopilot.getByText('The autopilot waits').waitFor();
  await autopilot.getByRole('button', { name: 'Go on scrolling' }).click();
  await autopilot.getByText(/[1-9][0-9] posts seen on [2-9]/).waitFor();
  await picture('capture-autopilot');
  await autopilot.getByRole('button', { name: 'Stop scrolling and seal' }).click();

  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.getByText('Verdict: Incomplete').waitFor();
  await verdict.getByText(/The autopilot was stopped after [0-9]+ posts/).waitFor();
  await expect.poll(() => verdict.getByText('posts-missing').count()).toBe(0);
  await verdict.getByRole('link', { name: 'Open in the library' }).click();
  await page.getByText(/ended because somebody stopped it/).waitFor();
});

test('at one key a recording is stopped and purged: address and time stay, and nothing else', async () => {
  const captures = async (): Promise<unknown> =>
    page.evaluate(
      'holdfast.listCaptures({ offset: 0, limit: 9, show: "all" }).then(({ value }) => value.total)',
    );
  const before = await captures();
  await go('Capture');
  await page.getByRole('textbox', { name: /address/i }).fill(`${origin}/list?purged`);
  await page.keyboard.press('Enter');
  const capture = page.getByRole('button', { name: 'Capture', exact: true });
  await expect.poll(() => capture.isEnabled()).toBe(true);
  await page.getByRole('checkbox', { name: /autopilot/ }).check();
  await capture.click();
  await page
    .getByRole('region', { name: 'Autopilot' })
    .getByText(/[1-9][0-9] posts seen on [2-9]/)
    .waitFor();

  await page.keyboard.press('F9');

  const note = page.getByRole('status').filter({ hasText: 'Stopped and purged by leaf' });
  await note.getByText(`${origin}/list?purged`).waitFor();
  await picture('capture-purged');
  const pages = await running.app.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents().filter((one) => one.getURL().startsWith('http')).length,
  );
  expect(pages).toBe(0);
  expect(await captures()).toBe(before);
  await page.getByText('only its address and the time stay', { exact: false }).waitFor();
  const kept = await page.evaluate('holdfast.listKeeping({}).then(({ value }) => value.purged)');
  expect(kept).toMatchObject([
    { cause: 'stopped', address: `${origin}/list?purged`, destroyed: { captures: 1 } },
  ]);
  expect(await page.evaluate('holdfast.verifyLog({}).then(({ value }) => value.problems)')).toEqual([]);
});

test('the captured post stands in the library, with its verdict and where its text came from', async () => {
  await go('Library');
  // The posts of the list were captured later, and come first.
  await page.getByRole('textbox', { name: 'Search the posts' }).fill('شمارندگان');
  await page.getByRole('row').filter({ hasText: 'شمارندگان' }).first().click();
  await page
    .getByRole('group', { name: /^Text of the post/ })
    .getByText('شمارندگان')
    .waitFor();
  await picture('captured-post');
  await go('Captures');
  await page
    .getByRole('row')
    .getByText(/complete/i)
    .first()
    .waitFor();
  await picture('captures');
});

test('its bundle verifies with openssl, and no secret of the session stands in it or anywhere in clear', async () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['cli/main.ts', ...args], {
      cwd: projectRoot,
      env: { ...process.env, HOLDFAST_PASSPHRASE: windowPassphrase },
      encoding: 'utf8',
    });
  await page.getByRole('button', { name: /lock/i }).first().click();
  await page.getByRole('heading', { name: 'Open or create' }).waitFor();
  expect(run('identity', 'create', join(desk, 'dana.p12'), '--name', 'Dana Desk').status).toBe(0);
  const compiled = run(
    'bundle',
    join(desk, 'case.holdfast'),
    join(desk, 'bundle.zip'),
    '--no-pdf',
    '--all',
    '--identity',
    join(desk, 'dana.p12'),
  );
  expect(compiled.stderr + compiled.stdout).toContain('checked after writing: consistent');

  expect(run('verify', join(desk, 'bundle.zip'), '--trust', join(desk, 'dana.pem')).status).toBe(0);
  expect(findTraces(cookie, [running.home, '/dev/shm'])).toEqual([]);
});
