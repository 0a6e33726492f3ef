/** Identities in the real window: making one, working under it, and a keychain that this machine does not have. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdentityFile } from '../../archive/identity.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listSigners } from '../../archive/signers.ts';
import { checkArchive } from '../support/archive.ts';
import { launchApp, type RunningApp } from '../support/electron.ts';
import { windowPassphrase } from '../support/window-steps.ts';

const identityPassphrase = 'other words for the identity';

let running: RunningApp;
let page: Page;
let desk: string;

beforeAll(async () => {
  running = await launchApp();
  ({ page } = running);
  desk = join(running.home, 'desk');
  mkdirSync(desk);
});
afterAll(() => running?.close());

function go(name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name }).click();
}

test('an identity is made while no archive is open', async () => {
  await go('Identities');
  await page.getByLabel('Name, as it stands in the certificate').fill('آیدا Signer');
  await page.getByLabel('Where the identity file goes').fill(join(desk, 'ida.p12'));
  await page
    .getByRole('textbox', { name: 'Passphrase of the identity', exact: true })
    .fill(identityPassphrase);
  await page.getByLabel('Passphrase of the identity, again').fill(identityPassphrase);
  await page.getByRole('button', { name: 'Make the identity' }).click();
  await page.getByText('The identity was made').waitFor();

  expect(readdirSync(desk).sort()).toEqual(['ida.p12', 'ida.pem']);
});

test('without a keyring the keychain is refused in a sentence, and nothing is stored', async () => {
  await page.getByText('This computer has no keychain that Holdfast would use').waitFor();
  expect(await page.getByRole('switch').isDisabled()).toBe(true);
  // The window would not ask; main refuses it all the same.
  const call = `holdfast.keepPassphrase(${JSON.stringify({ path: join(desk, 'ida.p12'), passphrase: identityPassphrase })})`;
  const kept: unknown = await page.evaluate(call);

  expect(kept).toMatchObject({
    ok: false,
    error: { code: 'keychain-not-available', message: expect.stringContaining('nothing was stored') },
  });
  expect(existsSync(join(running.home, 'profile', 'keychain.json'))).toBe(false);
});

test('an archive made under the identity says so, and lists its signer', async () => {
  await go('Open or create');
  await page.getByRole('tab', { name: 'Create' }).click();
  await page.getByLabel('Where the new archive goes').fill(join(desk, 'case.holdfast'));
  await page.getByText('An identity', { exact: true }).click();
  await page.getByLabel('Identity file').fill(join(desk, 'ida.p12'));
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill(identityPassphrase);
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('textbox', { name: 'Passphrase, again' }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Create archive' }).click();
  await page.getByText('آیدا Signer, proven').waitFor();

  await go('Identities');
  const list = page.getByRole('list', { name: 'Signers of this archive' });
  await list.getByText('1 session opened, 0 bundles signed').waitFor();
  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByText('Open or create an archive').waitFor();
  // Remembered while the window lives, without its passphrase.
  expect(await page.getByLabel('Identity file').inputValue()).toBe(join(desk, 'ida.p12'));
  expect(await page.getByRole('textbox', { name: 'Passphrase of the identity' }).inputValue()).toBe('');

  const archive = await openArchive({
    path: join(desk, 'case.holdfast'),
    passphrase: windowPassphrase,
    person: { name: 'Tess Ter' },
  });
  expect(listSigners(archive)).toMatchObject([{ label: 'آیدا Signer', state: 'proven', sessions: 1 }]);
  checkArchive(archive);
  closeArchive(archive);
});

test('a wrong passphrase of the identity leaves the archive closed and untouched', async () => {
  await page.getByLabel('Archive file').fill(join(desk, 'case.holdfast'));
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('wrong');
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('The passphrase does not open this identity').first().waitFor();

  expect(await page.evaluate('holdfast.archiveStatus({})')).toEqual({ ok: true, value: null });
});

test('a signer is replaced: the old key signs it, and what it signed before stays', async () => {
  await createIdentityFile(
    join(desk, 'new.p12'),
    identityPassphrase,
    { name: 'Ida Renewed', organisation: null, email: null },
    new Date(),
  );
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill(identityPassphrase);
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('آیدا Signer, proven').waitFor();
  await go('Identities');
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await page.getByLabel('New identity file (.p12)').fill(join(desk, 'new.p12'));
  await page.getByRole('textbox', { name: 'Passphrase of the new identity' }).fill(identityPassphrase);
  await page.getByLabel('Old identity file (.p12)').fill(join(desk, 'ida.p12'));
  await page.getByRole('textbox', { name: 'Passphrase of the old identity' }).fill(identityPassphrase);
  await page.getByRole('textbox', { name: 'Because' }).fill('The card is renewed each year.');

  await page.getByRole('button', { name: 'Record the replacement' }).click();

  const list = page.getByRole('list', { name: 'Signers of this archive' });
  await list.getByText('The old key signed this.').waitFor();
  await list.getByText('Because: The card is renewed each year.').waitFor();
  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByText('Open or create an archive').waitFor();
  const archive = await openArchive({
    path: join(desk, 'case.holdfast'),
    passphrase: windowPassphrase,
    person: { name: 'Tess Ter' },
  });
  expect(listSigners(archive).map(({ label, state }) => [label, state])).toEqual(
    expect.arrayContaining([
      ['آیدا Signer', 'replaced'],
      ['Ida Renewed', 'proven'],
    ]),
  );
  expect((await verifyLog(archive)).ok).toBe(true);
  checkArchive(archive);
  closeArchive(archive);
});
