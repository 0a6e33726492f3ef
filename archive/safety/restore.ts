/**
 * A new archive from a backup. It goes on from there under its own name, and its log says so: two archives that both
 * went on from one point must not pass for one.
 */
import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import type { LogHead, RestoreReport } from '../../contract/model/safety.ts';
import { type ArchiveKey, PageCipher } from '../../db/cipher.ts';
import { fromSqlite } from '../../db/errors.ts';
import { bytesOf } from '../../db/frozen.ts';
import { inTransaction } from '../../db/handle.ts';
import { dropLease } from '../../db/lease.ts';
import type { FileSink } from '../../evidence/zip/file-sink.ts';
import type { OpenOptions } from '../archive.ts';
import { startLog } from '../log/start.ts';
import { fromFileSystem } from '../new-file.ts';
import { closeArchive, openArchive } from '../open.ts';
import { recordEvent } from '../record.ts';
import { fitsFirstPage, inspect, keyOf, secretOf } from '../unlock.ts';
import type { WorkOptions } from '../work.ts';
import { copyPages, digestOf } from './backup.ts';
import { openCopySink, removeDatabase } from './leftovers.ts';
import { requireSpace } from './space.ts';
import { headOfLog, withCheckedCopy } from './whole.ts';

export interface RestoreOrder extends OpenOptions {
  backupPath: string;
}

/** A file with a log beside it is an archive in use, or was copied while it was: half of it is in the log. */
function requireFinished(backupPath: string): void {
  const log = statSync(`${backupPath}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) return;
  throw new HoldfastError(
    'archive-in-use',
    `Beside ${backupPath} lies a write-ahead log: it is an archive that is open, or that was not closed, and no backup. Open and lock it once, or make a backup of it.`,
  );
}

/** The first page tells a wrong passphrase from damage further on. */
function requireOpens(key: ArchiveKey, order: RestoreOrder): void {
  if (fitsFirstPage(order.backupPath, key)) return;
  throw order.recovery === undefined
    ? new HoldfastError(
        'wrong-passphrase',
        `${order.backupPath} does not open with this passphrase. A backup has the passphrase that the archive had when it was made.`,
      )
    : new HoldfastError('recovery-key-wrong', `${order.backupPath} does not open with this recovery sheet.`);
}

/** Copies the backup as it lies there, which stays untouched. Gives its key. */
async function copyBackup(
  order: RestoreOrder,
  sink: FileSink,
  options: WorkOptions,
): Promise<ArchiveKey | null> {
  const secret = secretOf(order);
  const head = inspect(order.backupPath, order);
  const key = secret === null ? null : await keyOf(head, secret);
  if (key !== null) requireOpens(key, order);
  const cipher = key === null ? null : new PageCipher(key);
  const file = await open(order.backupPath, 'r');
  try {
    const { size } = await file.stat();
    requireSpace(order.path, size);
    await copyPages('Copying', { size, bytes: () => bytesOf(file.fd, size) }, cipher, sink, options);
  } finally {
    await file.close();
  }
  return key;
}

/** Records where the archive came from, in a session of whoever restores it. */
async function goOn(
  order: RestoreOrder,
  temporaryPath: string,
  { sha256, from }: { sha256: string; from: LogHead },
): Promise<Pick<RestoreReport, 'archiveId' | 'head'>> {
  const archive = await openArchive({ ...order, path: temporaryPath });
  try {
    const { archiveId } = archive.info;
    inTransaction(archive.db, () => {
      const { event } = recordEvent(archive, 'archive.restored', { archive: archiveId, sha256, from });
      startLog(archive, 'restored', event.id);
    });
    return { archiveId, head: headOfLog(archive.db) };
  } finally {
    closeArchive(archive);
  }
}

/**
 * Makes a new archive at `path` from a backup; the backup stays as it is. The archive has its name only when it was
 * checked in full and its log says where it came from.
 * Errors: those of opening the backup, `output-exists`, `archive-damaged`, `disk-full`, `not-writable`, `cancelled`;
 * after each, no archive is there.
 */
export async function restoreBackup(given: RestoreOrder, options: WorkOptions = {}): Promise<RestoreReport> {
  const path = resolve(given.path);
  const backupPath = existsSync(given.backupPath)
    ? realpathSync(given.backupPath)
    : resolve(given.backupPath);
  const order = { ...given, path, backupPath };
  inspect(backupPath, order);
  requireFinished(backupPath);
  try {
    const sink = await openCopySink(path);
    const { temporaryPath } = sink;
    try {
      const key = await copyBackup(order, sink, options);
      const { sha256 } = await digestOf('Hashing', temporaryPath, options);
      options.progress?.({ step: 'Checking the copy', done: 0, total: null, unit: 'bytes' });
      const from = await withCheckedCopy(temporaryPath, key, null, (db) => {
        // A copy of an archive that is open elsewhere says so; this file is open nowhere.
        inTransaction(db, () => dropLease(db));
        return headOfLog(db);
      });
      options.signal?.throwIfAborted();
      const report = { ...(await goOn(order, temporaryPath, { sha256, from })), path, sha256, from };
      rmSync(`${temporaryPath}-lock`, { force: true });
      await sink.commit();
      return report;
    } catch (error) {
      await sink.discard();
      removeDatabase(temporaryPath);
      rmSync(`${temporaryPath}-lock`, { force: true });
      throw error;
    }
  } catch (error) {
    throw fromFileSystem(fromSqlite(error, path), path);
  }
}
