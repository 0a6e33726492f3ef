/**
 * An archive and a bundle made by the commands of the version before logs had trees (schema 2, unencrypted): a claimed
 * session, one page, and a tag by whoever proved to be Ida Old. No person in them exists.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compileBundle } from '../../archive/compile.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { addRedaction } from '../../archive/leaving/redactions.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listCaptures, listPosts } from '../../archive/posts.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { verifyFile } from '../../archive/verify.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { makeIdentity } from '../evidence/build/bundle.ts';
import { checkArchive, checkLog, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'archives');

function unpacked(name: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, gunzipSync(readFileSync(join(fixtures, `${name}.gz`))));
  return path;
}

const person = { name: 'Tess Ter' };

test('an archive of schema 2 is opened, holds, is made anew from its events, and gives a bundle that is trusted', async () => {
  const archive = await openArchive({ path: unpacked('schema-2.holdfast'), passphrase: null, person });
  await checkLog(archive);
  checkArchive(archive);
  expect(listPosts(archive, 'crows', 0, 10).posts).toMatchObject([
    { text: 'words of an old archive: crows are vermin' },
  ]);

  rebuild(archive);

  await checkLog(archive);
  checkArchive(archive);
  const identity = await makeIdentity('Ida New');
  const [path, trust] = ['new.zip', 'ida.pem'].map((name) => join(temporaryFolder(), name)) as [
    string,
    string,
  ];
  writeFileSync(trust, toPem(identity.certificate));
  await compileBundle(archive, { path, identity, captures: 'all' });
  const verification = await verifyFile(path, { trust: [trust] });
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');

  // Its capture was sealed before the log committed to files one by one: shown in part, they are the signer's word.
  const captureId = listCaptures(archive, 0, 1).captures[0]?.id ?? '';
  addRedaction(archive, {
    captureId,
    hides: { what: 'words', words: ['an old archive'] },
    because: 'a test',
  });
  const inPart = join(temporaryFolder(), 'part.zip');
  await compileBundle(archive, { path: inPart, identity, captures: 'all' });
  const { verdict, steps } = await verifyFile(inPart, { trust: [trust] });
  expect([verdict, steps.find(({ step }) => step === 'artifacts')?.code]).toEqual([
    'trusted',
    'files-by-word',
  ]);
  closeArchive(archive);
});

test('a bundle from before bundles showed heads is refused in one sentence that says so', async () => {
  const path = unpacked('schema-2-bundle.zip');
  const verification = await verifyFile(path, { trust: [] });
  expect(verification.verdict).toBe('failed');
  const first = verification.steps.find(({ status }) => status === 'failed');
  expect(first).toMatchObject({ step: 'checkpoints', code: 'no-heads' });
  expect(first?.message).toMatch(
    /^The bundle shows no head of a custody log at all: .* Ask for it to be compiled again\.$/,
  );

  const here = await makeArchive({ plain: true });
  const { refused } = await importFiles(here, [path]);
  expect(refused).toMatchObject([{ code: 'bundle-refused' }]);
  expect(refused[0]?.message).toContain(first?.message);
  checkArchive(here);
});
