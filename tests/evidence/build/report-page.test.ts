/** The report as a browser shows it from its folder: what axe says of it, and that pictures start covered. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../../support/axe.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { compile, makeIdentity, unpack } from './bundle.ts';
import { datedSample } from './dated-sample.ts';
import { samplePlan } from './sample.ts';
import { withCase } from './with-case.ts';

const signer = await makeIdentity('Ada Invented');
const plans = { 'of a case': withCase(samplePlan(signer)), 'with dated clauses': datedSample(signer).plan };

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(() => browser.close());

/** The address of the report in a folder with all its files. */
async function reportOf(name: keyof typeof plans): Promise<string> {
  const folder = temporaryFolder();
  for (const [path, bytes] of await unpack(await compile(plans[name], signer))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return pathToFileURL(join(folder, 'data', 'report.html')).href;
}

test.each([
  ['of a case', 'light'],
  ['with dated clauses', 'dark'],
] as const)('axe finds nothing in the report %s, %s', async (name, colorScheme) => {
  const page = await (await browser.newContext({ colorScheme })).newPage();
  await page.goto(await reportOf(name));
  for (const summary of await page.locator('summary').all()) await summary.click();

  const violations = await violationsOf(page);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await page.context().close();
});

test('a picture is covered until it is asked for, by keyboard, too, and never in print', async () => {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await page.goto(await reportOf('of a case'));
  const picture = page.locator('figure').first();
  const filter = () => page.evaluate("getComputedStyle(document.querySelector('figure img')).filter");

  expect(await filter()).toBe('blur(28px)');
  await picture.locator('input').press(' ');
  expect(await filter()).toBe('none');
  await picture.locator('input').press(' ');
  expect(await filter()).toBe('blur(28px)');
  await page.emulateMedia({ media: 'print' });
  expect(await filter()).toBe('none');

  await page.context().close();
});
