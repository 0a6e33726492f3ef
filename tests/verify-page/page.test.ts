/** verify.html as a person uses it: by keyboard, with a screen reader, on a narrow screen, with mistakes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeLarge } from '../evidence/verify/large-bundle.ts';
import { violationsOf } from '../support/axe.ts';
import { type Cases, makeCases } from './support/cases.ts';
import { pagePath } from './support/page.ts';
import { toDisk } from './support/to-disk.ts';

const address = pathToFileURL(pagePath).href;

let cases: Cases;
let browser: Browser;
let large: string;
beforeAll(async () => {
  cases = await makeCases();
  large = join(cases.folder, 'large.zip');
  await toDisk((await writeLarge({ mebibytes: 256 })).bundle, large);
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  await browser.close();
  await cases.close();
});

async function opened(context: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(context)).newPage();
  await page.goto(address);
  return page;
}

async function answered(page: Page): Promise<string | null> {
  await page.waitForSelector('.verdict');
  return page.locator('.verdict h2').textContent();
}

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
  const page = await opened({ colorScheme });
  const { path, asked } = cases.get('stamped, another authority named');
  await page.locator('summary').last().click();
  await page.fill('#signer', 'not a fingerprint');
  await page.click('#check');
  expect(await violationsOf(page)).toEqual([]);
  for (const name of ['stamped, another authority named', 'tampered: a byte of a file']) {
    await page.setInputFiles('#file', cases.get(name).path);
    await page.fill('#signer', asked.signer ?? '');
    await page.click('#check');
    await answered(page);
    expect(await violationsOf(page)).toEqual([]);
  }
  expect(path).not.toBe('');
  await page.context().close();
});

test('by keyboard alone: the order of fields, and the focus stays on what is there', async () => {
  const page = await opened();
  const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
  const order: string[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Tab');
    order.push((await focused()) || (await page.evaluate(() => document.activeElement?.tagName ?? '')));
  }
  expect(order).toEqual(['SUMMARY', 'file', 'signer', 'SUMMARY', 'check']);
  await page.setInputFiles('#file', cases.get('good, nobody named').path);
  await page.locator('#check').focus();
  await page.keyboard.press('Enter');
  expect(await answered(page)).toBe('Consistent, signer not checked');
  expect(await focused()).toBe('check');
  expect(await page.locator('#live').getAttribute('role')).toBe('status');
  expect(await page.locator('#live').textContent()).toContain(
    'Consistent, signer not checked. Unchanged since',
  );
  await page.context().close();
});

test('at 320 px nothing is wider than the screen', async () => {
  const page = await opened({ viewport: { width: 320, height: 640 } });
  for (const name of ['stamped, authority’s root certificate pasted', 'tampered: a file added']) {
    await page.setInputFiles('#file', cases.get(name).path);
    await page.click('#check');
    await answered(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
  await page.context().close();
});

test('a name written from right to left stands in an element of its own, wherever it is said', async () => {
  const page = await opened();
  const { path, asked } = cases.get('good, the signer’s fingerprint pasted');
  await page.setInputFiles('#file', path);
  await page.fill('#signer', asked.signer ?? '');
  await page.click('#check');
  await answered(page);
  const name = 'ندا Invented';
  expect(await page.locator('[data-step=signer-trust] bdi').allInnerTexts()).toEqual([name]);
  expect(await page.locator('dd bdi', { hasText: name }).count()).toBe(1);
  await page.context().close();
});

test.each([
  ['no file', null, '', 'file', 'Choose the zip file of the bundle.'],
  [
    'a fingerprint cut short',
    'good',
    'AB:CD',
    'signer',
    'A SHA-256 has 64 digits, and this has 4: some are missing or too many.',
  ],
  ['a SHA-1', 'good', 'a'.repeat(40), 'signer', 'This is a SHA-1, which can be forged; ask for the SHA-256.'],
  [
    'half a certificate',
    'good',
    '-----BEGIN CERTIFICATE-----\nMII',
    'signer',
    'This is no whole certificate (PEM).',
  ],
] as const)(
  '%s: said at the field, which has the focus; nothing is checked',
  async (_, file, signer, field, said) => {
    const page = await opened();
    if (file !== null) await page.setInputFiles('#file', cases.get('good, nobody named').path);
    await page.fill('#signer', signer);
    await page.click('#check');
    expect(await page.locator(`#${field}-error`).textContent()).toBe(said);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(field);
    expect(await page.locator('.verdict').count()).toBe(0);
    await page.context().close();
  },
);

test('another fingerprint takes the old answer away, and the fingerprint of another is said loudly', async () => {
  const page = await opened();
  await page.setInputFiles('#file', cases.get('good, nobody named').path);
  await page.click('#check');
  await answered(page);
  await page.fill('#signer', 'ab'.repeat(32));
  expect(await page.locator('.verdict').count()).toBe(0);
  await page.click('#check');
  expect(await answered(page)).toBe('Consistent, but not signed by whom you named');
  expect(await page.locator('#result').textContent()).toContain(
    `No certificate in this bundle has the fingerprint that you named, ${'ab'.repeat(32)}.`,
  );
  await page.context().close();
});

test('a file dropped anywhere is the one that is checked; two are refused', async () => {
  const page = await opened();
  const drop = (names: readonly string[]) =>
    page.evaluate((each) => {
      const data = new DataTransfer();
      for (const name of each) data.items.add(new File(['not a zip'], name));
      document
        .querySelector('h1')
        ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    }, names);
  await drop(['a.zip', 'b.zip']);
  expect(await page.locator('#file-error').textContent()).toBe('Drop one file: the zip file of the bundle.');
  await drop(['بسته.zip']);
  await page.click('#check');
  expect(await answered(page)).toBe('Failed');
  expect(await page.locator('.verdict bdi').textContent()).toBe('بسته.zip');
  expect(await page.locator('[data-step=container] code').textContent()).toBe('not-a-zip');
  await page.context().close();
});

test.each([
  ['in the worker', ''],
  ['in the page itself', 'globalThis.Worker = undefined;'],
])('a check %s can be cancelled, and asked for again', async (_, before) => {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(before);
  await page.goto(address);
  await page.setInputFiles('#file', large);
  await page.click('#check');
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);
  await page.keyboard.press('Enter');
  expect(await answered(page)).toBe('Not checked');
  expect(await page.locator('#live').textContent()).toBe('Cancelled; the bundle was not checked completely.');
  await page.setInputFiles('#file', cases.get('good, nobody named').path);
  await page.click('#check');
  await page.waitForSelector('.verdict.consistent');
  await page.context().close();
});

test('a file that was changed since it was chosen is no verdict', async () => {
  const page = await opened();
  const path = join(cases.folder, 'changing.zip');
  writeFileSync(path, readFileSync(cases.get('good, nobody named').path));
  await page.setInputFiles('#file', path);
  writeFileSync(path, 'another');
  await page.click('#check');
  expect(await answered(page)).toBe('Not checked');
  expect(await page.locator('#live').textContent()).toContain('Choose it again.');
  await page.context().close();
});
