/** Pictures of verify.html, for people to look at: `node tests/verify-page/screenshots.ts FOLDER`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { makeCases } from './support/cases.ts';
import { pagePath } from './support/page.ts';

const folder = process.argv[2] ?? '/tmp/verify-page';
mkdirSync(folder, { recursive: true });
const cases = await makeCases();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

const shots = [
  ['empty', null],
  ['consistent', 'good, nobody named'],
  ['trusted', 'stamped, authority’s root certificate pasted'],
  ['foreign', 'foreign signer of the same name'],
  ['failed', 'tampered: a byte of a file'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1000, 320]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const [name, wanted] of shots) {
      await page.goto(pathToFileURL(pagePath).href);
      if (wanted !== null) {
        const { path, asked } = cases.get(wanted);
        await page.setInputFiles('#file', path);
        await page.fill('#signer', asked.signer ?? '');
        if (asked.authority !== undefined) {
          await page.click('summary:has-text("time-stamping")');
          await page.fill('#authority', asked.authority);
        }
        await page.click('#check');
        await page.waitForSelector('.verdict');
      }
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
await cases.close();
