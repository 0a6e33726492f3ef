/** Every screen of the window in a real browser, looked at by axe in light and dark. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from './fake/holdfast.ts';
import { violationsInLightAndDark } from './support/light-and-dark.ts';
import {
  capture,
  captured,
  checkLog,
  compile,
  coverParts,
  go,
  importPolicy,
  openPost,
  rowsShown,
  takeOver,
  textOf,
  verify,
  verifyPath,
} from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

describe('accessibility: no serious violation (axe)', () => {
  type Screen = [string, Partial<FakeOptions>, (page: Page) => Promise<void>];
  const screens: Screen[] = [
    [
      'open',
      { open: false },
      async (page) => page.getByRole('heading', { name: 'Open or create' }).waitFor(),
    ],
    [
      'create, with errors',
      { open: false },
      async (page) => {
        await page.getByRole('tab', { name: 'Create' }).click();
        await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('short');
        await page.getByRole('button', { name: 'Create archive' }).click();
        await page.getByText('Type your name.').waitFor();
      },
    ],
    [
      'library with an import’s summary',
      { dialogPath: '/x.html' },
      async (page) => {
        await rowsShown(page);
        await page.getByRole('button', { name: 'Import files' }).click();
        await page.getByText('Import finished').waitFor();
        await page.getByRole('grid').press('Space');
      },
    ],
    ['cases', {}, (page) => go(page, 'Cases')],
    [
      'a case, with a reason asked for',
      {},
      async (page) => {
        await go(page, 'Cases');
        await page.getByRole('link', { name: 'Test Quay ./. Harbour Watch' }).click();
        await page.getByRole('button', { name: 'Remove exhibit 4' }).click();
      },
    ],
    [
      'policies on a day, with a history',
      {},
      async (page) => {
        await go(page, 'Policies');
        await page.getByRole('button', { name: 'History: ferry/ferry-rules/hateful-conduct' }).click();
        await page.getByText('came, 2020-10-28').waitFor();
      },
    ],
    [
      'policies, versions and a failed import',
      {
        errors: {
          importPolicy: { code: 'policy-undated', message: 'rules.md does not say when it was seen.' },
        },
      },
      async (page) => {
        await go(page, 'Policies');
        await page.getByRole('tab', { name: 'Versions' }).click();
        await page.getByRole('button', { name: 'Read the version seen 2020-12-03' }).click();
        await importPolicy(page);
        await page.getByText('Nothing says when this text was seen').waitFor();
      },
    ],
    [
      'library, empty',
      { posts: 0 },
      async (page) => page.getByText('Nothing is in this archive yet').waitFor(),
    ],
    [
      'post with a quote',
      {},
      async (page) => {
        await openPost(page, 0);
        await page.getByText('The capture that holds it').waitFor();
        await textOf(page).press('ArrowRight');
      },
    ],
    [
      'bundle form with a new identity',
      {},
      async (page) => {
        await go(page, 'Make a bundle');
        await page.getByText('Make a new identity').click();
      },
    ],
    [
      'bundle made',
      {},
      async (page) => {
        await compile(page);
        await page.getByText('What a stranger can check').waitFor();
      },
    ],
    [
      'parts of a picture to cover',
      {},
      async (page) => {
        await coverParts(page);
        await page.getByRole('button', { name: 'Add a part' }).click();
        await page.getByRole('button', { name: /^Part 1: / }).focus();
      },
    ],
    [
      'capture, before a page is open',
      {},
      async (page) => {
        await capture(page);
        await page.getByText('No page is open yet').waitFor();
      },
    ],
    [
      'capture, a page with things refused',
      {},
      async (page) => {
        await capture(page, 'https://refusing.invalid/');
        await page.getByText('Refused to this page: 3 things').click();
        await page.getByRole('button', { name: /^Open here/ }).waitFor();
      },
    ],
    [
      'capture, a certificate that is not accepted',
      {},
      async (page) => {
        await capture(page, 'https://bad-certificate.invalid/');
        await page.getByRole('button', { name: 'Continue for this capture only' }).waitFor();
      },
    ],
    [
      'capture, a page that is not there, and an address that is none',
      {},
      async (page) => {
        await capture(page, 'https://nowhere.invalid/');
        await page.getByRole('button', { name: 'Try again' }).waitFor();
        await capture(page, 'two words');
        await page.getByText('Something that was filled in cannot be used').waitFor();
      },
    ],
    [
      'capture, under way',
      { hold: true },
      async (page) => {
        await capture(page, 'https://x.invalid/post');
        await page.getByRole('button', { name: 'Capture', exact: true }).click();
        await page.getByText('Capturing the page').first().waitFor();
      },
    ],
    ...(['complete', 'incomplete', 'failed'] as const).map(
      (captureVerdict): Screen => [
        `capture: ${captureVerdict}`,
        { captureVerdict },
        async (page) => {
          await capture(page, 'https://x.invalid/post');
          await page.getByRole('button', { name: 'Capture', exact: true }).click();
          await page.getByRole('region', { name: 'Verdict' }).waitFor();
        },
      ],
    ),
    ['captured: screenshot', {}, (page) => captured(page, 'Screenshot')],
    [
      // The page itself stays away: axe would run script in a frame that allows none.
      'captured: page',
      {},
      async (page) => {
        await captured(page, 'Page');
        await page.getByRole('button', { name: 'Show the page' }).waitFor();
      },
    ],
    [
      'captured: source',
      {},
      async (page) => {
        await captured(page, 'Source');
        await page.locator('#exchange-row-0').waitFor();
      },
    ],
    [
      'captured: custody',
      {},
      async (page) => {
        await captured(page, 'Custody');
        await page.getByText('Acts on this capture, oldest first').waitFor();
      },
    ],
    ['verify: failed', { verdict: 'failed' }, verify],
    ['verify: consistent', { verdict: 'consistent' }, verify],
    ['verify: trusted', { verdict: 'trusted' }, verify],
    ['timestamps', {}, (page) => go(page, 'Timestamps')],
    ['timestamps: none yet', { stamps: false }, (page) => go(page, 'Timestamps')],
    ['verify: WACZ', { verdict: 'consistent' }, (page) => verifyPath(page, '/in/crawl.wacz')],
    ['verify: bag', { verdict: 'failed' }, (page) => verifyPath(page, '/in/some bag')],
    [
      'custody log',
      {},
      async (page) => {
        await go(page, 'Custody log');
        await rowsShown(page);
      },
    ],
    ['custody log: checked', {}, checkLog],
    ['custody log: not in order', { logVerdict: 'not in order' }, checkLog],
    [
      'captured: proof',
      { dialogPath: '/home/dana/out/capture.tlog-proof' },
      async (page) => {
        await captured(page, 'Custody');
        await page.getByRole('button', { name: 'Save the proof' }).click();
        await page.getByText('The proof was saved').waitFor();
      },
    ],
    [
      'identities, one signer open and about to be replaced',
      {},
      async (page) => {
        await go(page, 'Identities');
        await page.getByRole('button', { name: 'Details and fingerprint' }).first().click();
        await page.getByRole('button', { name: 'Replace' }).first().click();
        await page.getByRole('button', { name: 'Record the replacement' }).click();
      },
    ],
    [
      'identities, taken over, without a keychain or an archive',
      { open: false, keychain: false },
      async (page) => {
        await go(page, 'Identities');
        await takeOver(page);
      },
    ],
    [
      'open under an identity, with errors',
      { open: false },
      async (page) => {
        await page.getByText('An identity', { exact: true }).click();
        await page.getByRole('button', { name: 'Open', exact: true }).click();
      },
    ],
    [
      'captures',
      {},
      async (page) => {
        await go(page, 'Captures');
        await rowsShown(page);
      },
    ],
    [
      'one capture',
      {},
      async (page) => {
        await go(page, 'Captures');
        await rowsShown(page);
        await page.getByRole('grid').press('Enter');
        await page.getByRole('heading', { name: 'Artifacts' }).waitFor();
      },
    ],
    [
      'a batch, with a bad line',
      {},
      async (page) => {
        await go(page, 'Batch');
        await page.getByRole('textbox', { name: 'Addresses' }).fill('https://social.example/1\nnot one');
        await page.getByText('Line 2').waitFor();
        await rowsShown(page);
      },
    ],
    [
      'the watch list, with its form refused',
      {},
      async (page) => {
        await go(page, 'Watch list');
        await page.getByRole('button', { name: 'Watch an address' }).click();
        await page.getByLabel('Only at some hours of the day').check();
        await page.getByRole('button', { name: 'Watch', exact: true }).click();
        await rowsShown(page);
      },
    ],
    [
      'one of the watch list',
      {},
      async (page) => {
        await go(page, 'Watch list');
        await rowsShown(page);
        await page.getByRole('grid').press('Enter');
        await page.getByText('Show the capture').first().waitFor();
      },
    ],
    [
      'safety, with an empty form refused',
      {},
      async (page) => {
        await page.getByRole('link', { name: 'Safety' }).click();
        await page.getByText(/^This takes about/).waitFor();
        await page.getByRole('button', { name: 'Back up now' }).click();
      },
    ],
    [
      'replacing a signer',
      {},
      async (page) => {
        await go(page, 'Identities');
        await page.getByRole('button', { name: 'Replace' }).first().click();
        await page.getByText('The old key is lost').waitFor();
      },
    ],
  ];
  test.each(screens)('%s', async (_name, options, act) => {
    const page = await open(options);
    await act(page);
    expect(await violationsInLightAndDark(page)).toEqual([]);
  });
});
