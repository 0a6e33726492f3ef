/** Real archives for tests, and the check that every test of the archive ends with. */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import type { ClausePack } from '../../contract/model/clause.ts';
import { archiveFaults } from './archive-faults.ts';
import { postPage } from './post-page.ts';
import { temporaryFolder } from './temporary.ts';

export { postPage } from './post-page.ts';

export const passphrase = 'correct horse, Übergröße, کلید';

export const testPack: ClausePack = {
  name: 'test pack',
  version: '1',
  checkedOn: null,
  clauses: [
    {
      key: 'x/hateful-conduct',
      platform: 'x',
      policy: 'Rules',
      title: 'Hateful conduct',
      role: 'prohibition',
      url: 'https://x.example/rules',
      summary: 'No attacks on people for what they are.',
    },
  ],
};

/** A new archive that closes with the test. */
export async function makeArchive(options: { plain?: boolean; path?: string } = {}): Promise<Archive> {
  const archive = await createArchive({
    path: options.path ?? join(temporaryFolder(), 'test.holdfast'),
    passphrase: options.plain ? null : passphrase,
    person: { name: 'Tess Ter' },
    clauses: testPack,
  });
  onTestFinished(() => {
    if (archive.db.open) closeArchive(archive);
  });
  return archive;
}

export async function* streamOf(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

export async function importPage(archive: Archive, text: string, page = postPage(text)): Promise<string> {
  const { postIds } = await importFile(archive, 'post.html', streamOf(page));
  expect(postIds).toHaveLength(1);
  return postIds[0] ?? '';
}

/** A saved page of a post of X with the platform's own id, posted when `postedAt` says. */
export function xPage(text: string, { id = '20', postedAt = '2021-01-14T10:00:00Z' } = {}): string {
  return postPage(text)
    .replace('https://social.example/ada/1', `https://x.com/ada/status/${id}`)
    .replace('2021-01-14T10:00:00Z', postedAt);
}

/** The archive holds together by its own log, from the first leaf to the last byte. */
export async function checkLog(archive: Archive): Promise<void> {
  expect((await verifyLog(archive)).problems).toEqual([]);
}

/** Everything that must hold of any archive at any time; see `archiveFaults`. */
export function checkArchive(archive: Archive): void {
  expect(archiveFaults(archive)).toEqual([]);
}
