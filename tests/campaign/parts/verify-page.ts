/** verify.html with a bundle of 5 GiB in the browsers of this system: time, memory, and whether the page stays usable. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withColons } from '../../../contract/fingerprint.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { sha256Of } from '../../evidence/timestamp/authority.ts';
import { writeLarge } from '../../evidence/verify/large-bundle.ts';
import { answered, type Browser, start } from '../../verify-page/support/browser.ts';
import { startChromium } from '../../verify-page/support/chromium.ts';
import { hasFirefox, startFirefox } from '../../verify-page/support/firefox.ts';
import { pagePath } from '../../verify-page/support/page.ts';
import { startProxy } from '../../verify-page/support/proxy.ts';
import { toDisk } from '../../verify-page/support/to-disk.ts';
import { memoryOfChildren } from '../support/memory.ts';
import type { Part, PartOrder } from './part.ts';

const mebibyte = 1024 * 1024;
const mebibytes = 5 * 1024;
/** What a check may take of memory beyond what the browser had with the page open, and for how long it may not answer. */
const budget = { memory: 256 * mebibyte, pause: 1000 };
const patience = 3_600_000;

export const verifyPagePart: Part = {
  what: 'a bundle of 5 GiB is checked by verify.html, in little memory, and the page stays usable',
  count: 1,
  run,
};

async function run({ folder, count, say }: PartOrder): Promise<number> {
  const path = join(folder, 'large.zip');
  const { bundle, certificate } = await writeLarge({ mebibytes });
  await toDisk(bundle, path);
  const signer = withColons(toHex(sha256Of(certificate)));
  if (!hasFirefox) say('no Firefox here: it was not tried');
  let failures = 0;
  for (let n = 0; n < count; n++) {
    const good = [await one('Chromium', startChromium, path, signer, say)];
    if (hasFirefox) good.push(await one('Firefox', startFirefox, path, signer, say));
    if (good.includes(false)) failures += 1;
  }
  return failures;
}

async function one(
  name: string,
  launch: (proxy: string) => Promise<Browser>,
  path: string,
  signer: string,
  say: PartOrder['say'],
): Promise<boolean> {
  const proxy = await startProxy();
  const browser = await launch(proxy.address);
  try {
    const page = await browser.open(pathToFileURL(pagePath).href);
    await page.evaluate(watchPauses);
    const before = memoryOfChildren();
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, memoryOfChildren());
    }, 500);
    const started = performance.now();
    await start(page, path, { signer });
    const shown = await answered(page, patience);
    clearInterval(watching);
    const seconds = (performance.now() - started) / 1000;
    const pause = Number(await page.evaluate('globalThis.longestPause'));
    say(
      `${name}: ${shown.verdict} after ${seconds.toFixed(1)} s (${(mebibytes / seconds).toFixed(0)} MiB/s), ${((most - before) / mebibyte).toFixed(0)} MiB more memory, longest pause ${pause.toFixed(0)} ms`,
    );
    return shown.verdict === 'trusted' && most - before <= budget.memory && pause <= budget.pause;
  } finally {
    await browser.close();
    await proxy.close();
  }
}

/** How long the page could not have answered a key. */
const watchPauses = `(() => {
  globalThis.longestPause = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longestPause = Math.max(globalThis.longestPause, now - last - 20);
    last = now;
  }, 20);
})()`;
