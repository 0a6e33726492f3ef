/**
 * Pictures of every screen, for looking at. Run: `node tests/renderer/screenshots.ts FOLDER [NAME-PART]`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { caseShots } from './shots/cases.ts';
import { codingShots } from './shots/coding.ts';
import { keepingShots } from './shots/keeping.ts';
import { personaShots } from './shots/personas.ts';
import { policyNoteShots } from './shots/policyNotes.ts';
import { reviewShots } from './shots/review.ts';
import { dark, narrow, type Shot, toRtl } from './shots/shot.ts';
import { taggingShots } from './shots/tagging.ts';
import { unseenShots } from './shots/unseen.ts';
import { coverParts } from './support/steps.ts';
import { startWindow } from './support/window.ts';

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
}
async function openPost(page: Page, index: number): Promise<void> {
  await page.getByRole('row').nth(index).click();
  await page.getByRole('group', { name: /^Text of the post/ }).waitFor();
}
async function selectWords(page: Page, count: number): Promise<void> {
  await page.getByRole('group', { name: /^Text of the post/ }).focus();
  await page.keyboard.press('ArrowLeft');
  for (let i = 1; i < count; i += 1) await page.keyboard.press('Control+Shift+ArrowLeft');
}
async function rows(page: Page): Promise<void> {
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
}
async function askTrust(page: Page): Promise<void> {
  await rows(page);
  await page.getByRole('button', { name: 'Import files' }).click();
  const question = page.getByRole('region', { name: 'Whose signatures do you trust?' });
  await question.getByRole('button', { name: 'Add a certificate' }).first().click();
}
const verify = (page: Page) => verifyPath(page, '/home/dana/in/bundle.zip');
async function verifyPath(page: Page, path: string): Promise<void> {
  await go(page, 'Verify a bundle');
  await page.getByLabel('Bundle (.zip)').fill(path);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
}
async function compile(page: Page): Promise<void> {
  await go(page, 'Make a bundle');
  await page.getByLabel('Identity file (.p12)').fill('/home/dana/identity.p12');
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('x');
  await page.getByLabel('Where the bundle goes').fill('/home/dana/out/bundle.zip');
  await page.getByRole('button', { name: 'Make and check' }).click();
}

async function clauseHistory(page: Page): Promise<void> {
  await go(page, 'Policies');
  await page.getByRole('button', { name: 'History: ferry/ferry-rules/hateful-conduct' }).click();
  await page.getByText('came, 2020-10-28').waitFor();
}
async function notKnown(page: Page, menu = false): Promise<void> {
  if (menu) await page.getByRole('button', { name: 'Show the menu' }).click();
  await go(page, 'Policies');
  await page.getByLabel('Day (UTC)').fill('2020-11-11');
  await page.getByText('not known').first().waitFor();
}
async function readVersion(page: Page): Promise<void> {
  await go(page, 'Policies');
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Read the version seen 2020-12-03' }).click();
  await page.getByRole('region', { name: 'Clauses of the version seen 2020-12-03' }).waitFor();
}
async function changes(page: Page): Promise<void> {
  await go(page, 'Policies');
  await page.getByRole('tab', { name: 'What changed' }).click();
  await page.getByLabel('Earlier version').selectOption('2020-10-28');
  await page.locator('ins').first().waitFor();
}
async function importPolicy(page: Page): Promise<void> {
  await go(page, 'Policies');
  await page.getByRole('button', { name: 'Import dated texts' }).click();
  await page.getByLabel('Folder, dated file, or repository').fill('/home/dana/ferry');
  await page.getByLabel('Platform', { exact: true }).fill('Ferry');
  await page.getByLabel('Policy', { exact: true }).fill('Community Guidelines');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}
async function identities(page: Page): Promise<void> {
  await go(page, 'Identities');
  await page.getByRole('list', { name: 'Signers of this archive' }).waitFor();
}

async function capture(page: Page, address: string): Promise<void> {
  await go(page, 'Capture');
  const field = page.getByRole('textbox', { name: 'Address of the page' });
  await field.fill(address);
  await field.press('Enter');
}
async function verdict(page: Page): Promise<void> {
  await capture(page, 'https://refusing.invalid/orla_invented/status/1349000000000');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
}
/** A capture that goes through the page. */
async function autopilot(page: Page): Promise<void> {
  await capture(page, 'https://x.invalid/ada');
  await page.getByRole('checkbox', { name: /autopilot/ }).check();
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await page.getByText('The autopilot goes through the page').waitFor();
}

async function captured(page: Page, tab: string): Promise<void> {
  await go(page, 'Captures');
  await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('incomplete');
  await rows(page);
  await page.locator('#capture-row-0').click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
}

async function readAgain(page: Page): Promise<void> {
  await captured(page, 'Page');
  await page.getByRole('button', { name: 'Read again' }).click();
  await page.getByRole('heading', { name: 'It is read otherwise now' }).scrollIntoViewIfNeeded();
}

async function safety(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Safety' }).click();
  await page.getByText(/^This takes about/).waitFor();
}
function section(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}
async function checkLog(page: Page): Promise<void> {
  // By its address: a narrow window hides the links.
  await page.evaluate(() => location.assign('#/custody'));
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByRole('region', { name: 'Check the log' }).getByText('as the log says').first().waitFor();
}

const shots: Shot[] = [
  ...reviewShots,
  ...codingShots,
  ...unseenShots,
  ...keepingShots,
  ...policyNoteShots,
  ...taggingShots,
  { name: 'policies-on', act: (page) => go(page, 'Policies') },
  { name: 'policies-on-dark', context: dark, act: (page) => clauseHistory(page) },
  { name: 'policies-empty', fake: { posts: 0 }, act: (page) => go(page, 'Policies') },
  { name: 'policies-not-known', act: (page) => notKnown(page) },
  { name: 'policies-not-known-narrow', context: narrow, act: (page) => notKnown(page, true) },
  { name: 'policies-versions', act: (page) => readVersion(page) },
  { name: 'policies-changes', act: (page) => changes(page) },
  {
    name: 'policies-changes-sides-dark',
    context: dark,
    act: async (page) => {
      await changes(page);
      await page.getByText('Side by side').click();
    },
  },
  {
    name: 'policies-import',
    act: async (page) => {
      await importPolicy(page);
      await page.getByText('3 versions added').waitFor();
    },
  },
  { name: 'policies-import-running', fake: { hold: true }, act: (page) => importPolicy(page) },
  {
    name: 'policies-rtl',
    act: async (page) => {
      await toRtl(page);
      await notKnown(page);
    },
  },
  { name: 'safety', act: safety },
  { name: 'safety-dark', context: dark, act: safety },
  {
    name: 'safety-rtl',
    act: async (page) => {
      await safety(page);
      await toRtl(page);
    },
  },
  {
    name: 'safety-narrow',
    context: narrow,
    act: async (page) => {
      await page.getByRole('button', { name: 'Show the menu' }).click();
      await safety(page);
    },
  },
  { name: 'safety-plain', fake: { encrypted: false }, act: safety },
  {
    name: 'safety-done',
    act: async (page) => {
      await safety(page);
      await section(page, 'Backup').getByLabel('Where the backup goes').fill('/mnt/usb/backup.holdfast');
      await section(page, 'Backup').getByRole('button', { name: 'Back up now' }).click();
      await page.getByText('The backup was made and checked').first().waitFor();
      const sheet = section(page, 'Recovery sheet');
      await sheet.getByRole('textbox', { name: 'Present passphrase' }).fill('x');
      await sheet.getByLabel('Where the sheet goes').fill('/home/dana/sheet.pdf');
      await sheet.getByRole('button', { name: 'Make a recovery sheet' }).click();
      await page.getByText('The recovery sheet was written').waitFor();
      await section(page, 'Check').getByRole('button', { name: 'Check the archive' }).click();
      await page.getByText('The archive is whole').waitFor();
    },
  },
  {
    name: 'safety-changing',
    fake: { hold: true },
    act: async (page) => {
      await safety(page);
      const part = section(page, 'Passphrase');
      await part.getByText('Recovery sheet', { exact: true }).click();
      await part.getByLabel('The twelve groups of the sheet').fill('1. 3fa9 02bc 7d');
      await part.getByRole('textbox', { name: 'New passphrase', exact: true }).fill('seven words');
      await part.getByRole('textbox', { name: 'New passphrase, again' }).fill('seven words');
      await part.getByRole('button', { name: 'Change the passphrase' }).click();
      await page.getByText('Changing the passphrase').waitFor();
    },
  },
  {
    name: 'safety-check-bad',
    fake: { whole: false },
    act: async (page) => {
      await safety(page);
      await section(page, 'Check').getByRole('button', { name: 'Check the archive' }).click();
      await page.getByText('The archive is not whole').waitFor();
    },
  },
  {
    name: 'safety-lock-waits',
    act: async (page) => {
      await safety(page);
      await page.evaluate(() => window.fake.push('idleLock', { state: 'waiting', why: 'idle', minutes: 15 }));
    },
  },
  {
    name: 'welcome-locked',
    act: async (page) => {
      await page.getByRole('button', { name: 'Lock the archive' }).click();
      await page.getByRole('heading', { name: 'Open or create' }).waitFor();
      await page.evaluate(() => window.fake.push('idleLock', { state: 'locked', why: 'idle', minutes: 15 }));
    },
  },
  {
    name: 'welcome-sheet',
    fake: { open: false },
    act: async (page) => {
      await page.getByRole('switch', { name: 'I have a recovery sheet' }).check();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
    },
  },
  {
    name: 'welcome-restore',
    fake: { open: false },
    act: async (page) => {
      await page.getByRole('tab', { name: 'Restore a backup' }).click();
    },
  },
  {
    name: 'welcome-restore-dark-narrow',
    fake: { open: false },
    context: { ...narrow, ...dark },
    act: async (page) => {
      await page.getByRole('tab', { name: 'Restore a backup' }).click();
    },
  },
  { name: 'capture-start', act: (page) => go(page, 'Capture') },
  { name: 'capture-page', act: (page) => capture(page, 'https://x.invalid/post') },
  {
    name: 'capture-refused-open',
    act: async (page) => {
      await capture(page, 'https://refusing.invalid/');
      await page.getByText('Refused to this page: 3 things').click();
    },
  },
  ...caseShots,
  ...personaShots,
  { name: 'capture-certificate', act: (page) => capture(page, 'https://bad-certificate.invalid/') },
  {
    name: 'capture-certificate-dark',
    context: dark,
    act: (page) => capture(page, 'https://bad-certificate.invalid/'),
  },
  { name: 'capture-nowhere', act: (page) => capture(page, 'https://nowhere.invalid/') },
  {
    name: 'capture-running',
    fake: { hold: true },
    act: async (page) => {
      await capture(page, 'http://x.invalid/slow');
      await page.getByRole('button', { name: 'Capture', exact: true }).click();
      await page.getByText('Capturing the page').first().waitFor();
    },
  },
  { name: 'capture-autopilot', fake: { hold: true }, act: autopilot },
  {
    name: 'capture-autopilot-dark-narrow',
    context: { ...dark, ...narrow },
    fake: { hold: true },
    act: async (page) => {
      await page.getByRole('button', { name: 'Show the menu' }).click();
      await autopilot(page);
    },
  },
  {
    name: 'capture-autopilot-chosen',
    act: async (page) => {
      await capture(page, 'https://x.invalid/ada');
      await page.getByRole('checkbox', { name: /autopilot/ }).check();
    },
  },
  {
    name: 'capture-autopilot-rtl',
    fake: { hold: true },
    act: async (page) => {
      await autopilot(page);
      await page.getByRole('button', { name: 'Pause' }).click();
      await toRtl(page);
    },
  },
  { name: 'capture-complete', act: verdict },
  { name: 'capture-incomplete', fake: { captureVerdict: 'incomplete' }, act: verdict },
  { name: 'capture-incomplete-dark', context: dark, fake: { captureVerdict: 'incomplete' }, act: verdict },
  {
    name: 'capture-failed-narrow',
    context: narrow,
    fake: { captureVerdict: 'failed' },
    act: async (page) => {
      await page.getByRole('button', { name: 'Show the menu' }).click();
      await verdict(page);
    },
  },
  {
    name: 'capture-incomplete-rtl',
    fake: { captureVerdict: 'incomplete' },
    act: async (page) => {
      await verdict(page);
      await toRtl(page);
    },
  },
  { name: 'import-trust', fake: { dialogPath: '/home/dana/in/bundle.zip' }, act: askTrust },
  {
    name: 'import-trust-dark',
    context: dark,
    fake: { dialogPath: '/home/dana/in/bundle.zip' },
    act: askTrust,
  },
  {
    name: 'import-trust-narrow-rtl',
    context: narrow,
    fake: { dialogPath: '/home/dana/in/bundle.zip' },
    act: async (page) => {
      await toRtl(page);
      await askTrust(page);
    },
  },
  { name: 'captured-read-again', act: readAgain },
  { name: 'captured-read-again-dark', context: dark, act: readAgain },
  { name: 'captured-screenshot', act: (page) => captured(page, 'Screenshot') },
  {
    name: 'captured-page-dark',
    context: dark,
    act: async (page) => {
      await captured(page, 'Page');
      await page.getByRole('button', { name: 'Show the page' }).click();
    },
  },
  {
    name: 'captured-source',
    act: async (page) => {
      await captured(page, 'Source');
      await page.locator('#exchange-row-0').waitFor();
    },
  },
  {
    name: 'captured-custody-rtl',
    act: async (page) => {
      await captured(page, 'Custody');
      await toRtl(page);
    },
  },
  {
    name: 'captures-verdicts',
    act: async (page) => {
      await go(page, 'Captures');
      await rows(page);
    },
  },
  { name: 'welcome', fake: { open: false }, act: async () => {} },
  {
    name: 'welcome-create',
    fake: { open: false },
    act: async (page) => {
      await page.getByRole('tab', { name: 'Create' }).click();
      await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('hunter2');
    },
  },
  {
    name: 'welcome-plain-dark',
    fake: { open: false },
    context: dark,
    act: async (page) => {
      await page.getByRole('tab', { name: 'Create' }).click();
      await page.getByRole('switch').check();
    },
  },
  {
    name: 'welcome-error',
    fake: { open: false },
    act: async (page) => {
      await page.getByLabel('Archive file').fill('/home/dana/e.holdfast');
      await page.getByLabel('Your name').fill('Dana');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'library', act: rows },
  { name: 'library-dark', context: dark, act: rows },
  {
    name: 'library-rtl',
    act: async (page) => {
      await rows(page);
      await toRtl(page);
    },
  },
  { name: 'library-narrow', context: narrow, act: rows },
  {
    name: 'library-narrow-nav',
    context: narrow,
    act: async (page) => {
      await rows(page);
      await page.getByRole('button', { name: 'Show the menu' }).click();
    },
  },
  {
    name: 'library-empty',
    fake: { posts: 0 },
    act: async (page) => {
      await page.getByText('Nothing is in this archive yet').waitFor();
    },
  },
  {
    name: 'library-100k-end',
    fake: { posts: 100_000 },
    act: async (page) => {
      await rows(page);
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await page.getByText('No. 99999').waitFor();
    },
  },
  {
    name: 'library-search',
    fake: { posts: 100_000 },
    act: async (page) => {
      await rows(page);
      await page.keyboard.press('/');
      await page.keyboard.type('invented');
      await page.getByText('more than 10,000').waitFor();
    },
  },
  {
    name: 'library-nothing',
    act: async (page) => {
      await rows(page);
      await page.keyboard.press('/');
      await page.keyboard.type('qqqq');
      await page.getByText('No post contains').waitFor();
    },
  },
  {
    name: 'library-picked',
    act: async (page) => {
      await rows(page);
      await page.getByRole('grid').focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('j');
    },
  },
  {
    name: 'import-running',
    fake: { hold: true, dialogPath: '/x.html' },
    act: async (page) => {
      await rows(page);
      await page.getByRole('button', { name: 'Import files' }).click();
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'import-done',
    fake: { dialogPath: '/x.html' },
    act: async (page) => {
      await rows(page);
      await page.getByRole('button', { name: 'Import files' }).click();
      await page.getByText('Import finished').waitFor();
    },
  },
  {
    name: 'post-en',
    act: async (page) => {
      await rows(page);
      await openPost(page, 0);
      await selectWords(page, 1);
    },
  },
  {
    name: 'post-fa',
    act: async (page) => {
      await rows(page);
      await openPost(page, 1);
      await selectWords(page, 3);
      await page.getByRole('combobox', { name: 'Clause' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'post-fa-rtl-dark',
    context: dark,
    act: async (page) => {
      await rows(page);
      await toRtl(page);
      await openPost(page, 1);
      await selectWords(page, 2);
    },
  },
  {
    name: 'post-narrow',
    context: narrow,
    act: async (page) => {
      await rows(page);
      await openPost(page, 3);
    },
  },
  {
    name: 'post-lossy',
    act: async (page) => {
      await rows(page);
      await openPost(page, 4);
    },
  },
  {
    name: 'bundle',
    act: async (page) => {
      await go(page, 'Make a bundle');
    },
  },
  {
    name: 'bundle-leaves',
    act: async (page) => {
      await go(page, 'Make a bundle');
      await page.getByRole('button', { name: 'Show what leaves' }).click();
      await page.getByRole('heading', { name: 'Withhold words' }).waitFor();
    },
  },
  {
    name: 'bundle-leaves-cut',
    act: async (page) => {
      await go(page, 'Make a bundle');
      await page.getByLabel('Of network records (WACZ)').selectOption('exhibits');
      await page.getByRole('button', { name: 'Show what leaves' }).click();
      await page.getByRole('heading', { name: 'Withhold words' }).waitFor();
    },
  },
  ...[
    { name: 'cover-parts', context: {} },
    { name: 'cover-parts-dark', context: dark },
    { name: 'cover-parts-rtl', context: {} },
  ].map(({ name, context }) => ({
    name,
    context,
    part: 'window' as const,
    act: async (page: Page) => {
      if (name.endsWith('rtl')) await toRtl(page);
      await coverParts(page);
      await page.getByRole('button', { name: 'Add a part' }).click();
      await page.getByRole('button', { name: 'Add a part' }).click();
      await page.getByLabel('From left, part 2').fill('20');
      await page.getByRole('button', { name: /^Part 1: / }).focus();
    },
  })),
  {
    name: 'bundle-identity',
    act: async (page) => {
      await go(page, 'Make a bundle');
      await page.getByText('Make a new identity').click();
      await page.getByLabel('Name, as it').fill('Dana');
      await page.getByLabel('Where the identity').fill('/home/dana/id.p12');
      await page
        .getByRole('textbox', { name: 'Passphrase of the identity', exact: true })
        .fill('five random words are better');
      await page.getByLabel('identity, again').fill('five random words are better');
      await page.getByRole('button', { name: 'Make the identity' }).click();
      await page.getByText('The identity was made').waitFor();
    },
  },
  {
    name: 'bundle-done',
    act: async (page) => {
      await compile(page);
      await page.getByText('The bundle is ready').first().waitFor();
    },
  },
  {
    name: 'bundle-running-dark',
    fake: { hold: true },
    context: dark,
    act: async (page) => {
      await compile(page);
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'bundle-error',
    fake: {
      errors: {
        compileBundle: {
          code: 'identity-wrong-passphrase',
          message: 'The passphrase does not open /home/dana/identity.p12.',
        },
      },
    },
    act: async (page) => {
      await compile(page);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'verify-consistent', act: verify },
  { name: 'verify-trusted-dark', fake: { verdict: 'trusted' }, context: dark, act: verify },
  { name: 'verify-failed', fake: { verdict: 'failed' }, act: verify },
  { name: 'verify-wacz', act: (page) => verifyPath(page, '/home/dana/in/crawl.wacz') },
  {
    name: 'verify-wacz-trusted-dark-narrow',
    fake: { verdict: 'trusted' },
    context: dark,
    act: async (page) => {
      await verifyPath(page, '/home/dana/in/crawl.wacz');
      await page.setViewportSize({ width: 700, height: 800 });
    },
  },
  {
    name: 'verify-bag-rtl',
    fake: { verdict: 'failed' },
    act: async (page) => {
      await toRtl(page);
      await verifyPath(page, '/home/dana/in/a bag');
    },
  },
  {
    name: 'verify-bag-dark',
    context: dark,
    act: (page) => verifyPath(page, '/home/dana/in/a bag'),
  },
  {
    name: 'verify-failed-rtl',
    fake: { verdict: 'failed' },
    act: async (page) => {
      await toRtl(page);
      await verify(page);
    },
  },
  { name: 'timestamps-empty', fake: { stamps: false }, act: (page) => go(page, 'Timestamps') },
  {
    name: 'timestamps',
    act: async (page) => {
      await go(page, 'Timestamps');
      await page.getByLabel('Where the request goes').fill('/media/usb/stamp-2026-01-06.tsq');
      await page.getByRole('button', { name: 'Make the request' }).first().click();
      await page.getByText('The request was made').waitFor();
    },
  },
  {
    name: 'timestamps-network-dark',
    context: dark,
    act: async (page) => {
      await go(page, 'Timestamps');
      await page.getByText('Over the network, now').click();
      await page.getByLabel('Address of the authority').fill('https://time.invalid/tsa');
    },
  },
  {
    name: 'timestamps-rtl-narrow',
    context: narrow,
    act: async (page) => {
      await page.getByRole('button', { name: 'Show the menu' }).click();
      await go(page, 'Timestamps');
      await toRtl(page);
    },
  },
  {
    name: 'timestamps-suggested',
    fake: { stamps: false },
    act: async (page) => {
      await page.getByText('covered by no timestamp yet').waitFor();
    },
  },
  { name: 'identities', act: identities },
  { name: 'identities-dark', context: dark, act: identities },
  {
    name: 'identities-details-rtl',
    act: async (page) => {
      await identities(page);
      await page.getByRole('button', { name: 'Details' }).nth(2).click();
      await page.getByText('Copy fingerprint').nth(2).waitFor();
      await toRtl(page);
    },
  },
  {
    name: 'identities-narrow',
    context: narrow,
    act: async (page) => {
      await page.getByRole('button', { name: 'Show the menu' }).click();
      await identities(page);
      await page.getByRole('button', { name: 'Details' }).first().click();
    },
  },
  { name: 'identities-empty', fake: { posts: 0, keychain: false }, act: (page) => go(page, 'Identities') },
  {
    name: 'identities-replace',
    act: async (page) => {
      await identities(page);
      await page.getByRole('button', { name: 'Replace' }).first().click();
      await page.getByRole('button', { name: 'Record the replacement' }).click();
    },
  },
  {
    name: 'identities-import',
    act: async (page) => {
      await identities(page);
      await page.getByRole('tab', { name: 'Take one over' }).click();
      await page.getByLabel('Your organisation').fill('/home/dana/org.pfx');
      await page.getByRole('textbox', { name: 'Passphrase of that file' }).fill('x');
      await page.getByLabel('Where the new identity').fill('/home/dana/me.p12');
      await page
        .getByRole('textbox', { name: 'New passphrase of the identity', exact: true })
        .fill('five random words');
      await page.getByLabel('identity, again').fill('five random words');
      await page.getByRole('button', { name: 'Take the identity over' }).click();
      await page.getByText('The identity was taken over').waitFor();
    },
  },
  {
    name: 'identities-keychain-dark',
    context: dark,
    act: async (page) => {
      await go(page, 'Identities');
      await page.getByRole('switch').check();
      const keychain = page.getByRole('region', { name: 'Passphrases in this' });
      await keychain.getByLabel('Identity file').fill('/home/dana/identity.p12');
      await keychain.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('x');
      await keychain.getByRole('button', { name: 'Keep the passphrase' }).click();
      await keychain.getByText('Kept for 1 identity').waitFor();
    },
  },
  {
    name: 'identities-locked',
    fake: { open: false, keychain: false },
    act: (page) => go(page, 'Identities'),
  },
  {
    name: 'welcome-identity',
    fake: { open: false },
    act: async (page) => {
      await page.getByText('An identity', { exact: true }).click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
    },
  },
  {
    name: 'library-proven',
    fake: { open: false },
    act: async (page) => {
      await page.getByLabel('Archive file').fill('/home/dana/e.holdfast');
      await page.getByText('An identity', { exact: true }).click();
      await page.getByLabel('Identity file').fill('/home/dana/me.p12');
      await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('x');
      await page
        .getByRole('textbox', { name: 'Passphrase', exact: true })
        .fill('correct horse battery staple');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await rows(page);
    },
  },
  {
    name: 'custody',
    act: async (page) => {
      await go(page, 'Custody log');
      await rows(page);
    },
  },
  {
    name: 'custody-rtl-dark',
    context: dark,
    act: async (page) => {
      await toRtl(page);
      await go(page, 'Custody log');
      await rows(page);
    },
  },
  { name: 'custody-checked', act: checkLog },
  { name: 'custody-not-in-order', fake: { logVerdict: 'not in order' }, act: checkLog },
  { name: 'custody-narrow', context: narrow, fake: { logVerdict: 'not in order' }, act: checkLog },
  {
    name: 'custody-not-in-order-rtl-dark',
    context: dark,
    fake: { logVerdict: 'not in order' },
    act: async (page) => {
      await toRtl(page);
      await checkLog(page);
    },
  },
  {
    name: 'custody-checking',
    fake: { hold: true },
    act: async (page) => {
      await go(page, 'Custody log');
      await page.getByRole('button', { name: 'Check the log' }).click();
      await page.getByText('Checking the log').waitFor();
    },
  },
  {
    name: 'custody-filtered',
    act: async (page) => {
      await go(page, 'Custody log');
      await page.getByLabel('What was done').selectOption('tag.set');
      await page.getByLabel('Id contains').fill('xyz');
      await page.getByText('found').waitFor();
    },
  },
  {
    name: 'custody-nothing-found',
    act: async (page) => {
      await go(page, 'Custody log');
      await page.getByLabel('Id contains').fill('ffffffff-ffff');
      await page.getByText('No act in the log').waitFor();
    },
  },
  {
    name: 'captured-proof',
    fake: { dialogPath: '/home/dana/out/capture.tlog-proof' },
    act: async (page) => {
      await captured(page, 'Custody');
      await page.getByRole('button', { name: 'Save the proof' }).click();
      await page.getByText('The proof was saved').waitFor();
    },
  },
  {
    name: 'captures',
    act: async (page) => {
      await go(page, 'Captures');
      await rows(page);
    },
  },
  {
    name: 'captures-from-a-bundle',
    act: async (page) => {
      await go(page, 'Captures');
      await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('imported');
      await rows(page);
      await page.getByRole('row').nth(2).click();
      await page.getByText('it came in a bundle of another archive').waitFor();
    },
  },
  {
    name: 'host-restarted',
    act: async (page) => {
      await rows(page);
      await page.evaluate(() => window.fake.crashHost());
      await page.getByText('was restarted').waitFor();
    },
  },
];

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder for the pictures.');
mkdirSync(folder, { recursive: true });
const under = await startWindow();
try {
  for (const shot of shots) {
    if (process.argv[3] !== undefined && !shot.name.includes(process.argv[3])) continue;
    const { page, complaints } = await under.open(shot.fake, { ...shot.context, reducedMotion: 'reduce' });
    try {
      await shot.act(page);
    } catch (error) {
      console.error(`${shot.name}: ${String(error).slice(0, 300)}`);
    }
    if (shot.part !== 'window') await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${shot.name}.png`), fullPage: shot.part !== 'window' });
    if (complaints.length > 0) console.error(shot.name, complaints);
    await page.context().close();
  }
} finally {
  await under.close();
}
