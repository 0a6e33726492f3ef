import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileBundle } from '../../archive/compile.ts';
import { archiveStatus } from '../../archive/status.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { checkArchive, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const about = { name: 'Ida Signer', organisation: null, email: null };

async function archiveWithPost() {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'words to hand over');
  return { archive, folder: temporaryFolder() };
}

test('a bundle that fails its own check is removed, and the log does not know of it', async () => {
  const { archive, folder } = await archiveWithPost();
  const one = await createIdentity({ ...about, now: new Date() });
  const { privateKey } = await createIdentity({ ...about, now: new Date() });
  const identity = { ...one, privateKey };
  const before = archiveStatus(archive).counts.events;

  const compiled = compileBundle(archive, { path: join(folder, 'b.zip'), identity, captures: 'all' });

  await expect(compiled).rejects.toMatchObject({ code: 'bundle-self-check-failed' });
  expect(readdirSync(folder)).toEqual([]);
  expect(archiveStatus(archive).counts.events).toBe(before);
  checkArchive(archive);
});

test('two at once to one name: one bundle, one line in the log, and it names the bytes that are there', async () => {
  const { archive, folder } = await archiveWithPost();
  const identity = await createIdentity({ ...about, now: new Date() });
  const order = { path: join(folder, 'b.zip'), identity, captures: 'all' as const };

  const outcomes = await Promise.allSettled([compileBundle(archive, order), compileBundle(archive, order)]);

  const [report, ...more] = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(more).toEqual([]);
  expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'output-exists' });
  expect(archive.db.prepare('SELECT id, sha256 FROM bundle').all()).toEqual([
    { id: report?.bundleId, sha256: report?.sha256 },
  ]);
  expect(readdirSync(folder)).toEqual(['b.zip']);
  checkArchive(archive);
});

test('a file that is there stays, and the log does not know of a bundle', async () => {
  const { archive, folder } = await archiveWithPost();
  const path = join(folder, 'b.zip');
  writeFileSync(path, 'mine');
  const identity = await createIdentity({ ...about, now: new Date() });

  const compiled = compileBundle(archive, { path, identity, captures: 'all' });

  await expect(compiled).rejects.toMatchObject({ code: 'output-exists' });
  expect(existsSync(join(folder, '.b.zip.partial'))).toBe(false);
  expect(archive.db.prepare('SELECT count(*) FROM bundle').pluck().get()).toBe(0);
});

test('an artifact with other bytes of the same number is the archive that is damaged, and no bundle is there', async () => {
  const { archive, folder } = await archiveWithPost();
  const identity = await createIdentity({ ...about, now: new Date() });
  archive.db.exec('DROP TRIGGER blob_chunk_no_update');
  const changed = archive.db
    .prepare("UPDATE blob_chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), 'words', 'lords') AS BLOB)")
    .run();

  const compiled = compileBundle(archive, { path: join(folder, 'b.zip'), identity, captures: 'all' });

  expect(changed.changes).toBeGreaterThan(0);
  await expect(compiled).rejects.toMatchObject({ code: 'archive-damaged' });
  expect(readdirSync(folder)).toEqual([]);
});
