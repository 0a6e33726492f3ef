/**
 * Another passphrase, as copy, check and swap: every page is written under a new key into a new file beside the old
 * one; that is checked in full; then it takes the old one's name. Stopped or killed at any point, either the old
 * archive is there or the new one, whole.
 */
import { existsSync, realpathSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { HoldfastError } from '../../contract/errors.ts';
import type { PassphraseEstimate, PassphraseReport, Secret } from '../../contract/model/safety.ts';
import { type ArchiveKey, newKey, PageCipher } from '../../db/cipher.ts';
import { connect, encryptFile } from '../../db/connection.ts';
import { fromSqlite } from '../../db/errors.ts';
import { bytesOf, closeFrozen, type FrozenFile, withFrozenFile } from '../../db/frozen.ts';
import { inTransaction, keepStill } from '../../db/handle.ts';
import { pageSize } from '../../db/page-size.ts';
import { requirePlace } from '../../db/place.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes } from '../../evidence/digest/sha256.ts';
import type { FileSink } from '../../evidence/zip/file-sink.ts';
import type { Archive } from '../archive.ts';
import { fromFileSystem, syncFolder } from '../new-file.ts';
import { recordEvent } from '../record.ts';
import { requireUsable } from '../unlock.ts';
import type { WorkOptions } from '../work.ts';
import { copyPages } from './backup.ts';
import { openCopySink, rekeyPath, removeDatabase } from './leftovers.ts';
import { eachPiece, openPage, pagesIn } from './pages.ts';
import { requireSecret } from './recovery.ts';
import { freeBytes, neededBytes, requireSpace } from './space.ts';
import { contentsOf, headOfLog, withCheckedCopy } from './whole.ts';

export interface PassphraseOrder {
  /** What opens the archive now; null for one that is not encrypted. */
  secret: Secret | null;
  newPassphrase: string;
}

/** Pages that are written under another key to see how fast that goes. */
const samplePages = 256;
/** What is assumed of a disk, in bytes a second: one pass of writing, two of reading. */
const diskSpeed = { write: 120e6, read: 250e6 };

/**
 * What changing the passphrase will take: told before it is begun.
 * Errors: `file-not-found` where the folder is gone.
 */
export function estimatePassphraseChange(archive: Archive): PassphraseEstimate {
  const { size } = statSync(archive.path);
  const cipher = new PageCipher({ key: new Uint8Array(32), salt: new Uint8Array(16) });
  const page = Buffer.alloc(pageSize, 7);
  const started = performance.now();
  for (let n = 1; n <= samplePages; n++) cipher.open(cipher.seal(page, n), n);
  const perByte = (performance.now() - started) / 1000 / (samplePages * pageSize);
  // Opened, sealed and, for the check, opened once more; then SQLite reads everything.
  const seconds = size * (1.5 * perByte + 1 / diskSpeed.write + 2 / diskSpeed.read);
  return {
    needed: neededBytes(size),
    free: freeBytes(realpathSync(archive.path)),
    seconds: Math.ceil(seconds) + 1,
  };
}

/** Every page under the new key; and that what can be read back from the disk says the same. */
async function sealAnew(
  file: FrozenFile,
  from: ArchiveKey,
  to: ArchiveKey,
  sink: FileSink,
  options: WorkOptions,
): Promise<void> {
  const [opener, sealer] = [new PageCipher(from), new PageCipher(to)];
  const before = nodeSha256.start();
  await eachPiece('Writing under the new key', file, options, async (piece, first) => {
    for (const [page, n] of pagesIn(piece, first)) {
      const content = openPage(opener, page, n);
      before.update(content);
      await sink.write(sealer.seal(content, n));
    }
  });
  await sink.close();
  const after = nodeSha256.start();
  const written = await open(sink.temporaryPath, 'r');
  try {
    const source = { size: file.size, bytes: () => bytesOf(written.fd, file.size) };
    await eachPiece('Reading it back', source, options, (piece, first) => {
      for (const [page, n] of pagesIn(piece, first)) after.update(openPage(sealer, page, n));
    });
  } finally {
    await written.close();
  }
  if (!sameBytes(before.digest(), after.digest())) {
    throw new HoldfastError(
      'io-failed',
      'What was read back from the disk is not what was written. The archive was left as it was. Check the disk.',
    );
  }
}

/** A file in clear is encrypted by SQLite itself: its pages have no room for what a sealed page needs. */
async function sealPlain(
  file: FrozenFile,
  to: ArchiveKey,
  sink: FileSink,
  options: WorkOptions,
): Promise<void> {
  await copyPages('Copying', file, null, sink, options);
  options.progress?.({ step: 'Encrypting', done: 0, total: null, unit: 'bytes' });
  encryptFile(sink.temporaryPath, to);
}

/**
 * The new file takes the old one's name. The old one must be closed, and its log gone: SQLite would fold what another
 * key wrote into the new file.
 */
function swap(archive: Archive, newPath: string, path: string): void {
  archive.db.close();
  closeFrozen(archive.db);
  if (existsSync(`${path}-wal`)) {
    throw new HoldfastError(
      'archive-in-use',
      `Another program has ${path} open. Close it there; the passphrase was not changed.`,
    );
  }
  renameSync(newPath, path);
  try {
    syncFolder(dirname(path));
  } catch {
    // The name is taken; should the computer lose power now, it may come up with the old file, which is whole as well.
  }
}

/** The archive under its name, with a new handle and the same session. */
function reopened(archive: Archive, key: ArchiveKey): Archive {
  const { path } = archive;
  const info = { ...archive.info, encrypted: true };
  return { ...archive, db: connect(path, key), key, info };
}

/**
 * Gives the archive a new passphrase, and encrypts one that was plain (`secret` null). Nothing else may write to it
 * meanwhile. The archive that was handed in is closed at the end; the one that `replaced` is told of is open, in the
 * same session. Backups that were made before still open with the old passphrase.
 * Errors: `wrong-passphrase`, `recovery-key-…`, `disk-full`, `not-writable`, `io-failed`, `archive-damaged`,
 * `archive-gone`, `cancelled`: nothing has changed. Where the handle could not be kept (`archive.db.open` is false),
 * the archive is closed and must be opened again, with the passphrase that it had.
 */
export async function changePassphrase(
  archive: Archive,
  order: PassphraseOrder,
  options: WorkOptions,
  replaced: (archive: Archive) => void,
): Promise<PassphraseReport> {
  requirePlace(archive.db);
  const path = realpathSync(archive.path);
  requireUsable(order.newPassphrase);
  const from = order.secret === null ? requirePlain(archive) : await requireSecret(archive, order.secret);
  const to = await newKey(order.newPassphrase);
  try {
    const { db } = archive;
    const whileStill = <T>(act: (file: FrozenFile) => Promise<T>) =>
      keepStill(db, () => withFrozenFile(db, act));
    return await whileStill(async (file) => {
      requireSpace(path, file.size);
      const sink = await openCopySink(rekeyPath(path));
      try {
        const report = await writeUnder(archive, file, { from, to }, sink, options);
        options.signal?.throwIfAborted();
        // In one turn: nobody may ask a closed handle for anything.
        swap(archive, sink.temporaryPath, path);
        from?.key.fill(0);
        replaced(reopened(archive, to));
        return report;
      } finally {
        removeDatabase(sink.temporaryPath);
        await sink.discard();
      }
    });
  } catch (error) {
    throw fromFileSystem(fromSqlite(error, archive.path), path);
  }
}

async function writeUnder(
  archive: Archive,
  file: FrozenFile,
  { from, to }: { from: ArchiveKey | null; to: ArchiveKey },
  sink: FileSink,
  options: WorkOptions,
): Promise<PassphraseReport> {
  const expected = contentsOf(archive.db);
  // Sealed pages have less room than plain ones: there will be more of them.
  if (from === null) delete expected.rows.page_count;
  if (from === null) await sealPlain(file, to, sink, options);
  else await sealAnew(file, from, to, sink, options);
  options.progress?.({ step: 'Checking the new file', done: 0, total: null, unit: 'bytes' });
  const what = from === null ? 'plain' : 'encrypted';
  const head = await withCheckedCopy(sink.temporaryPath, to, expected, (db) => {
    // The act is in the new file's log alone: where it is, the change has happened.
    inTransaction(db, () => recordEvent({ ...archive, db }, 'passphrase.changed', { from: what }));
    return headOfLog(db);
  });
  return { from: what, size: statSync(sink.temporaryPath).size, head };
}

function requirePlain(archive: Archive): null {
  if (archive.key === null) return null;
  throw new HoldfastError('passphrase-missing', 'Give the passphrase that the archive has now.');
}
