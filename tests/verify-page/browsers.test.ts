/** verify.html opened from file:// in the browsers of this system: the same answers as the command line, and no network. */
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyFile } from '../../archive/verify.ts';
import { type Browser, checked, type OpenPage, type Shown } from './support/browser.ts';
import { type Cases, caseNames, makeCases } from './support/cases.ts';
import { startChromium } from './support/chromium.ts';
import { hasFirefox, startFirefox } from './support/firefox.ts';
import { pagePath } from './support/page.ts';
import { type SilentProxy, startProxy } from './support/proxy.ts';

const address = pathToFileURL(pagePath).href;

let cases: Cases;
beforeAll(async () => {
  cases = await makeCases();
});
afterAll(() => cases.close());

/** What the command line says of a case, in the form of the page. */
async function said(name: string) {
  const { path, trust, tsaRoots } = cases.get(name);
  return verifyFile(path, { trust, tsaRoots });
}

describe.each([
  ['Chromium', startChromium, true],
  ['Firefox', startFirefox, hasFirefox],
] as const)('in %s', (_, launch, isHere) => {
  let proxy: SilentProxy;
  let browser: Browser;
  let page: OpenPage;
  beforeAll(async () => {
    if (!isHere) return;
    proxy = await startProxy();
    browser = await launch(proxy.address);
    page = await browser.open(address);
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
  });

  test.skipIf(!isHere).each(caseNames)(
    '%s: verdict and steps are those of the command line',
    async (name) => {
      const { path, asked, verdict } = cases.get(name);

      const shown = await checked(page, path, asked);

      expect(shown.verdict).toBe(verdict);
      compare(shown, await said(name));
      expect(shown.said).toBe(`${shown.heading}. ${shown.sentence}`);
    },
  );

  test.skipIf(!isHere)('the page asked for nothing on a network', () => {
    expect(page.requests().filter((each) => !/^(?:file|blob|data):/.test(each))).toEqual([]);
    expect(page.complaints()).toEqual([]);
    expect(heardOf(proxy)).toEqual([]);
  });

  test.skipIf(!isHere)('without a worker the page does it itself', async () => {
    const alone = await browser.open(address, 'globalThis.Worker = undefined;');
    const { path, asked } = cases.get('good, the signer’s fingerprint pasted');
    const shown = await checked(alone, path, asked);
    expect(shown.verdict).toBe('trusted');
    expect(alone.requests().filter((each) => !/^(?:file|data):/.test(each))).toEqual([]);
    await alone.close();
  });

  test.skipIf(!isHere)('a request would have been heard, and the policy stops it', async () => {
    const other = await browser.open('about:blank');
    await other.evaluate(`fetch('http://invented.example/heard').catch(() => null).then(() => null)`);
    expect(heardOf(proxy)).toEqual(['GET http://invented.example/heard']);
    expect(other.requests()).toContain('http://invented.example/heard');
    await other.close();
    const refused = await page.evaluate(
      `fetch('http://invented.example/refused').then(() => 'sent', () => 'refused')`,
    );
    expect(refused).toBe('refused');
    expect(heardOf(proxy)).toHaveLength(1);
  });
});

/** What browsers ask their makers for by themselves is not the page's. */
function heardOf({ heard }: SilentProxy): string[] {
  return heard.filter(
    (line) =>
      !/[/ ](?:[a-z0-9.-]+\.)?(?:google|googleapis|gstatic|gvt1|firefox|mozilla)\.(?:com|net|org)[:/]/.test(
        line,
      ),
  );
}

function compare(shown: Shown, expected: Awaited<ReturnType<typeof said>>): void {
  expect(shown.verdict).toBe(expected.verdict);
  expect(shown.steps).toEqual(expected.steps.map(({ step, status, message }) => ({ step, status, message })));
  expect(shown.files).toEqual(expected.files.map(({ path }) => path));
  expect(shown.text).toContain(expected.signer?.name ?? 'No readable signature was found.');
  for (const { certificate } of expected.verdict === 'failed' ? [] : expected.timestamps) {
    expect(shown.text).toContain(certificate);
  }
}
