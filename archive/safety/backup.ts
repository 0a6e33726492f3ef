/**
 * A backup: a copy of the archive's file, made while work on it goes on. It opens with the same passphrase and the
 * same recovery sheet.
 */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BackupReport, LogHead } from '../../contract/model/safety.ts';
import { PageCipher } from '../../db/cipher.ts';
import { fromSqlite } from '../../db/errors.ts';
import { bytesOf, type FrozenFile, withFrozenFile } from '../../db/frozen.ts';
import { inTransaction } from '../../db/handle.ts';
import { dropLease } from '../../db/lease.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { FileSink } from '../../evidence/zip/file-sink.ts';
import type { Archive } from '../archive.ts';
import { fromFileSystem } from '../new-file.ts';
import { recordEvent } from '../record.ts';
import type { WorkOptions } from '../work.ts';
import { openCopySink, removeDatabase } from './leftovers.ts';
import { eachPiece, type PageSource, pagesIn, requireWhole } from './pages.ts';
import { requireSpace } from './space.ts';
import { type Contents, contentsOf, withCheckedCopy } from './whole.ts';

/** Copies page after page and refuses one that is not as it was written: no backup of damage. */
export async function copyPages(
  step: string,
  source: PageSource,
  cipher: PageCipher | null,
  sink: FileSink,
  options: WorkOptions,
): Promise<void> {
  await eachPiece(step, source, options, async (piece, first) => {
    if (cipher !== null) for (const [page, n] of pagesIn(piece, first)) requireWhole(cipher, page, n);
    await sink.write(piece);
  });
  await sink.close();
}

/** SHA-256 of a file as it lies on the disk, and its size. */
export async function digestOf(
  step: string,
  path: string,
  options: WorkOptions,
): Promise<{ sha256: string; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = nodeSha256.start();
    await eachPiece(step, { size, bytes: () => bytesOf(file.fd, size) }, options, (piece) =>
      hash.update(piece),
    );
    return { sha256: toHex(hash.digest()), size };
  } finally {
    await file.close();
  }
}

async function makeCopy(
  archive: Archive,
  file: FrozenFile,
  contents: Contents,
  sink: FileSink,
  options: WorkOptions,
): Promise<{ sha256: string; size: number; head: LogHead }> {
  const cipher = archive.key === null ? null : new PageCipher(archive.key);
  await copyPages('Copying', file, cipher, sink, options);
  options.progress?.({ step: 'Checking the copy', done: 0, total: null, unit: 'bytes' });
  const head = await withCheckedCopy(sink.temporaryPath, archive.key, contents, (db) => {
    // The copy is open nowhere.
    inTransaction(db, () => dropLease(db));
    return contents.head;
  });
  return { ...(await digestOf('Hashing the copy', sink.temporaryPath, options)), head };
}

/**
 * Writes a backup to `path`, checks it in full, and records that. It has its name only when all that is done.
 * Errors: `output-exists`, `disk-full`, `not-writable`, `archive-damaged`, `archive-busy`, `archive-gone`, `cancelled`;
 * after each, no backup is there and the archive is as it was.
 */
export async function backUp(
  archive: Archive,
  path: string,
  options: WorkOptions = {},
): Promise<BackupReport> {
  const target = resolve(path);
  try {
    return await withFrozenFile(archive.db, async (file) => {
      // In the same turn as the freezing: nothing was written in between.
      const contents = contentsOf(archive.db);
      requireSpace(target, file.size);
      const sink = await openCopySink(target);
      try {
        const made = await makeCopy(archive, file, contents, sink, options);
        options.signal?.throwIfAborted();
        // Recorded before it gets its name: no copy may lie about of which the log does not know.
        inTransaction(archive.db, () => recordEvent(archive, 'backup.made', made));
        await sink.commit();
        return { path: target, ...made };
      } catch (error) {
        await sink.discard();
        removeDatabase(sink.temporaryPath);
        throw error;
      }
    });
  } catch (error) {
    throw fromFileSystem(fromSqlite(error, archive.path), target);
  }
}
