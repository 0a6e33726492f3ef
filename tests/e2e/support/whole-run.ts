/**
 * The whole path in the real window: an archive, an import, a capture from a server on this machine, a tag, a bundle,
 * its verification. `node whole-run.ts FOLDER` does it in a process of its own and prints what came of it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchApp, projectRoot } from '../../support/electron.ts';
import { postPage } from '../../support/post-page.ts';
import { bytes, serveSite } from '../../support/site-server.ts';
import { answerOpenDialog, makeArchiveInWindow, tagLastWords } from '../../support/window-steps.ts';

export interface WholeRun {
  /** The server's port, and the paths that it was asked for. */
  port: number;
  asked: string[];
  /** The words of the verifier's result. */
  verdict: string;
  bundle: string;
}

const captured = readFileSync(join(projectRoot, 'tests', 'fixtures', 'pages', 'payam-post.fa.html'));
const identityPassphrase = 'another passphrase';

/** `folder`: files go there; `networkLog`: where strace writes the system calls of the app and all its processes. */
export async function wholeRun(folder: string, networkLog?: string): Promise<WholeRun> {
  const site = await serveSite({
    '/post': bytes(captured, { 'content-type': 'text/html; charset=utf-8' }),
  });
  const source = join(folder, 'source');
  mkdirSync(source);
  // A page that names servers in every way that a careless reader would follow.
  writeFileSync(
    join(source, 'post.html'),
    `${postPage('some mispelled wrods')}<link rel="stylesheet" href="https://style.example/a.css">
     <script src="https://script.example/a.js"></script><img src="https://image.example/a.png">`,
  );
  const running = await launchApp(networkLog === undefined ? {} : { networkLog });
  const { app, page } = running;
  try {
    await answerOpenDialog(app, [source]);
    await makeArchiveInWindow(page, join(folder, 'case.holdfast'));
    await page.getByRole('button', { name: 'Import files' }).first().click();
    await page.locator('#post-row-0').waitFor();
    await capture(page, `${site.origin}/post`);
    await tag(page);
    const bundle = join(folder, 'bundle.zip');
    await compile(page, folder, bundle);
    await answerOpenDialog(app, [join(folder, 'dana.pem')]);
    const verdict = await verify(page, bundle);
    return {
      port: Number(new URL(site.origin).port),
      asked: site.seen.map(({ url }) => url),
      verdict,
      bundle,
    };
  } finally {
    await running.close();
    await site.close();
  }
}

function go(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

async function capture(page: Page, address: string): Promise<void> {
  await go(page, 'Capture');
  await page.getByRole('textbox', { name: /address/i }).fill(address);
  await page.keyboard.press('Enter');
  await page.locator('button:enabled', { hasText: /^Capture$/ }).click();
  await page
    .getByRole('region', { name: 'Verdict' })
    .getByText('Verdict: Complete')
    .first()
    .waitFor({ timeout: 60_000 });
}

async function tag(page: Page): Promise<void> {
  await go(page, 'Library');
  await page.locator('#post-row-0').click();
  await tagLastWords(page, 'mispelled wrods hier und da');
}

async function compile(page: Page, folder: string, bundle: string): Promise<void> {
  await go(page, 'Make a bundle');
  await page.getByText('Make a new identity').click();
  await page.getByLabel('Name, as it stands in the certificate').fill('Dana Desk');
  await page.getByLabel('Where the identity file goes').fill(join(folder, 'dana.p12'));
  await page
    .getByRole('textbox', { name: 'Passphrase of the identity', exact: true })
    .fill(identityPassphrase);
  await page.getByRole('textbox', { name: 'Passphrase of the identity, again' }).fill(identityPassphrase);
  await page.getByRole('button', { name: 'Make the identity' }).click();
  await page.getByText('The identity was made').waitFor();
  await page.getByRole('button', { name: 'Sign with it' }).click();
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill(identityPassphrase);
  await page.getByLabel('Where the bundle goes').fill(bundle);
  await page.getByRole('button', { name: 'Make and check the bundle' }).click();
  await page.getByText('The bundle is ready').waitFor();
}

async function verify(page: Page, bundle: string): Promise<string> {
  await go(page, 'Verify a bundle');
  await page.getByLabel('Bundle (.zip)').fill(bundle);
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('trusted', { exact: true }).waitFor();
  if (!existsSync(bundle)) throw new Error('there is no bundle');
  return 'trusted';
}

const [program, folder] = process.argv.slice(1);
if (program === import.meta.filename && folder !== undefined) {
  process.stdout.write(`${JSON.stringify(await wholeRun(folder))}\n`);
}
