/** Real archives for tests, and the check that every test of the archive ends with. */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Archive } from '../../archive/archive.ts';
import { readBlob } from '../../archive/blobs.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { rebuild } from '../../archive/rebuild.ts';
import type { ClausePack } from '../../contract/model/clause.ts';
import { eachEvent } from '../../db/event.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { leafHash } from '../../evidence/log/merkle.ts';
import { temporaryFolder } from './temporary.ts';

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

/** A saved page with one post. */
export function postPage(text: string, author = 'Ada Example'): string {
  const post = {
    '@context': 'https://schema.org',
    '@type': 'SocialMediaPosting',
    url: 'https://social.example/ada/1',
    author: { '@type': 'Person', name: author, alternateName: '@ada' },
    datePublished: '2021-01-14T10:00:00Z',
    articleBody: text,
  };
  const json = JSON.stringify(post).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A post</title><script type="application/ld+json">${json}</script>`;
}

export async function importPage(archive: Archive, text: string): Promise<string> {
  const { postIds } = await importFile(archive, 'post.html', streamOf(postPage(text)));
  expect(postIds).toHaveLength(1);
  return postIds[0] ?? '';
}

/** The archive holds together by its own log, from the first leaf to the last byte. */
export async function checkLog(archive: Archive): Promise<void> {
  expect((await verifyLog(archive)).problems).toEqual([]);
}

const blobRow = z.object({ id: z.number(), sha256: z.instanceof(Uint8Array), size: z.number() });

/**
 * Everything that must hold of any archive at any time: SQLite's own check, every sealed blob hashed again, no
 * staging, every leaf hash, and every table as the events say.
 */
export function checkArchive(archive: Archive): void {
  const { db } = archive;
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.prepare('SELECT count(*) FROM blob WHERE sha256 IS NULL').pluck().get()).toBe(0);
  const blobs = z.array(blobRow).parse(db.prepare('SELECT id, sha256, size FROM blob').all());
  for (const blob of blobs) {
    const hash = nodeSha256.start();
    let size = 0;
    for (const chunk of readBlob(archive, blob.id)) {
      hash.update(chunk);
      size += chunk.length;
    }
    expect({ size, sha256: toHex(hash.digest()) }).toEqual({ size: blob.size, sha256: toHex(blob.sha256) });
  }
  for (const event of eachEvent(db)) expect(event.leafHash).toEqual(leafHash(nodeSha256, event.leaf));
  expect(rebuild(archive).differences).toEqual([]);
}
