/** `holdfast verify` for files that are no bundle of ours: WACZ files, and bags. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bagOf, type Files } from '../evidence/bagit/bag.ts';
import { plain, wacz } from '../evidence/wacz/foreign-wacz.ts';
import { commandLine } from '../support/cli.ts';

function put(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

test('a WACZ file is recognised by its content: consistent is 3, failed is 1', async () => {
  const { folder, run } = commandLine({});
  const bad = await wacz(plain(), { hashes: { 'pages/pages.jsonl': `sha256:${'0'.repeat(64)}` } });
  put(folder, { 'good.zip': await wacz(plain()), 'bad.wacz': bad });

  const good = run('verify', 'good.zip', '--json');
  expect(good.status).toBe(3);
  expect(JSON.parse(good.stdout)).toMatchObject({ kind: 'wacz', verdict: 'consistent' });
  const people = run('verify', 'good.zip');
  expect(people.stdout).toContain('made by, as it says: an invented crawler');
  expect(people.stdout).toContain('CONSISTENT');
  const failed = run('verify', 'bad.wacz');
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/^failed +resources .*pages\.jsonl.*SHA-256 differs/m);
});

test('certificates that are none are refused', async () => {
  const { folder, run } = commandLine({});
  put(folder, { 'a.wacz': await wacz(plain()), 'not.pem': 'words' });
  for (const option of ['--trust', '--tsa-root']) {
    const refused = run('verify', 'a.wacz', option, 'not.pem', '--json');
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'bad-input' } });
  }
});

test('a bag: valid is 0, with warnings too, invalid is 1', () => {
  const { folder, run, json } = commandLine({});
  put(join(folder, 'good'), bagOf({ 'data/a.txt': 'alpha' }));
  put(join(folder, 'warned'), bagOf({ 'data/.DS_Store': 'alpha' }));
  put(join(folder, 'bad'), { ...bagOf({ 'data/a.txt': 'alpha' }), 'data/a.txt': 'other' });

  expect(json('verify', '--bag', 'good')).toMatchObject({ kind: 'bag', verdict: 'valid', findings: [] });
  expect(run('verify', '--bag', 'good').status).toBe(0);
  const warned = run('verify', '--bag', 'warned');
  expect(warned.status).toBe(0);
  expect(warned.stdout).toMatch(/^warning +data\/\.DS_Store: .*\[system-file\]$/m);
  expect(warned.stdout).toContain('VALID, WITH WARNINGS');
  const bad = run('verify', '--bag', 'bad');
  expect(bad.status).toBe(1);
  expect(bad.stdout).toMatch(/^error +data\/a\.txt: .*\[file-changed\]$/m);
});

test('neither or both is wrong usage; what is not there or not read is refused', () => {
  const { folder, run } = commandLine({});
  put(folder, { 'a.tar': 'ustar' });
  expect(run('verify').status).toBe(2);
  expect(run('verify', 'a.zip', '--bag', 'b').status).toBe(2);
  expect(run('verify', '--bag', 'none').status).toBe(1);
  const tar = run('verify', '--bag', 'a.tar');
  expect(tar.status).toBe(1);
  expect(tar.stderr).toContain('tar');
});
