/** `holdfast verify-page`, and what `holdfast verify` says of a bundle with another page. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, encode, makeIdentity, pack, resign, unpack } from '../evidence/build/bundle.ts';
import { samplePlan } from '../evidence/build/sample.ts';
import { commandLine } from '../support/cli.ts';

test('the page is written, once, with the SHA-256 that is told', () => {
  const { folder, run, json } = commandLine({});
  const told = json('verify-page', 'verify.html');
  const bytes = readFileSync(join(folder, 'verify.html'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(told).toEqual({ sha256, size: bytes.length, path: 'verify.html' });
  expect(run('verify-page').stdout).toBe(`verify.html: ${bytes.length} bytes, SHA-256 ${sha256}\n`);
  const again = run('verify-page', 'verify.html', '--json');
  expect(again.status).toBe(1);
  expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'output-exists' } });
});

test('a bundle with this page: nothing is said; with another: a note, and the same verdict', async () => {
  const { folder, run, json } = commandLine({});
  json('verify-page', 'verify.html');
  const signer = await makeIdentity('Ada Invented');
  const page = new Uint8Array(readFileSync(join(folder, 'verify.html')));
  const good = await compile({ ...samplePlan(signer), page }, signer);
  const files = await unpack(good);
  files.set('verify.html', encode('<h1>TRUSTED</h1>'));
  await resign(files, signer);
  writeFileSync(join(folder, 'good.zip'), good);
  writeFileSync(join(folder, 'other.zip'), await pack(files));

  const ours = run('verify', 'good.zip');
  expect([ours.status, ours.stdout.includes('note:')]).toEqual([3, false]);
  const other = run('verify', 'other.zip');
  expect(other.status).toBe(3);
  expect(other.stdout).toMatch(/^note: verify\.html is not the one of this version of Holdfast/m);
  expect(JSON.parse(run('verify', 'other.zip', '--json').stdout)).toMatchObject({
    verdict: 'consistent',
    notes: [{ code: 'verify-page-other' }],
  });
});
