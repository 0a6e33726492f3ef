import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBlob, stageBytes } from '../../archive/blobs.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { checkArchive, makeArchive, streamOf } from '../support/archive.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('bytes come back as they were, however they were cut on the way in and out', async () => {
  const archive = await makeArchive({ plain: true });
  const bytes = randomBytes(3 * 1024 * 1024 + 17);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 6 }),
      fc.nat(bytes.length),
      fc.nat(bytes.length),
      async (cuts, offset, length) => {
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        pieces.push(bytes.subarray(at));

        const staged = await stageBytes(archive, streamOf(...pieces));

        expect(staged.size).toBe(bytes.length);
        expect(Buffer.from(staged.sha256).toString('hex')).toBe(sha256(bytes));
        const part = Buffer.concat([...readBlob(archive, staged.id, offset, length)]);
        expect(part.equals(bytes.subarray(offset, offset + length))).toBe(true);
        archive.db.prepare('DELETE FROM blob_chunk').run();
        archive.db.prepare('DELETE FROM blob').run();
      },
    ),
    { numRuns: 15 },
  );
});

test('the same bytes are stored once, under two captures', async () => {
  const archive = await makeArchive();
  const bytes = randomBytes(2_500_000);

  await importFile(archive, 'first.bin', streamOf(bytes));
  await importFile(archive, 'second.bin', streamOf(bytes));

  expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(1);
  expect(archive.db.prepare('SELECT count(*) FROM artifact').pluck().get()).toBe(2);
  checkArchive(archive);
});

describe('an import that breaks off leaves nothing', () => {
  test('when its source fails', async () => {
    const archive = await makeArchive();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield randomBytes(5_000_000);
      throw new HoldfastError('file-unreadable', 'the stick was pulled out');
    }

    await expect(importFile(archive, 'a.bin', broken())).rejects.toMatchObject({ code: 'file-unreadable' });

    expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(0);
    checkArchive(archive);
  });

  test('when it is cancelled', async () => {
    const archive = await makeArchive();
    const abort = new AbortController();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield randomBytes(5_000_000);
      abort.abort();
      yield randomBytes(5_000_000);
    }

    await expect(importFile(archive, 'a.bin', slow(), { signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });

    expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(0);
    checkArchive(archive);
  });

  test('when it is empty', async () => {
    const archive = await makeArchive();

    await expect(importFile(archive, 'a.html', streamOf())).rejects.toMatchObject({ code: 'file-empty' });

    checkArchive(archive);
  });
});
