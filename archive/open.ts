/** Creating, opening and closing an archive. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { ClausePack } from '../contract/model/clause.ts';
import { type ArchiveInfo, getArchiveInfo, insertArchiveInfo } from '../db/archive-info.ts';
import { type ArchiveKey, newKey } from '../db/cipher.ts';
import { connect } from '../db/connection.ts';
import { fromSqlite } from '../db/errors.ts';
import { closeFrozen } from '../db/frozen.ts';
import { inTransaction, type WritableDb } from '../db/handle.ts';
import { dropLease, processRun, takeLease } from '../db/lease.ts';
import { type ArchiveLock, lockArchive } from '../db/lock.ts';
import { activeLogKey } from '../db/log.ts';
import { checkIdentity, migrate } from '../db/migrate.ts';
import { isInPlace } from '../db/place.ts';
import { needsCleaning } from '../db/purge.ts';
import { newId } from '../evidence/id.ts';
import type { Archive, OpenOptions } from './archive.ts';
import { addClauses } from './clauses.ts';
import { fillTree } from './log/append.ts';
import { makeCheckpoint, needsCheckpoint } from './log/checkpoint.ts';
import { startLog } from './log/start.ts';
import { fromFileSystem, syncFolder } from './new-file.ts';
import { cleanFile, finishClearing } from './purge/clean.ts';
import { recordEvent } from './record.ts';
import { recoverRecordings } from './recording/recover.ts';
import { removeLeftovers, removeSecondName } from './safety/leftovers.ts';
import { openSession } from './session.ts';
import { inspect, requireUsable, unlock } from './unlock.ts';

function assemble(
  options: Pick<OpenOptions, 'path' | 'clock'>,
  { db, key }: { db: WritableDb; key: ArchiveKey | null },
  lock: ArchiveLock,
  info: ArchiveInfo,
  holder: string,
): Archive {
  const { path } = options;
  const clock = options.clock ?? (() => new Date());
  return { db, key, path, info, holder, sessionId: newId(), clock, lock };
}

/**
 * Makes a new archive and opens it. `clauses` are put into it as its first pack.
 * Errors: `bad-input`, `archive-exists`, `not-writable`, `archive-in-use`, `disk-full`; then no file is left behind.
 */
export async function createArchive(options: OpenOptions & { clauses: ClausePack }): Promise<Archive> {
  const path = resolve(options.path);
  if (options.passphrase !== null) requireUsable(options.passphrase);
  if (existsSync(path)) throw archiveExists(path);
  if (!existsSync(dirname(path))) {
    throw new HoldfastError('file-not-found', `There is no folder ${dirname(path)}. Make it first.`);
  }
  const lock = lockArchive(path);
  try {
    claimName(path);
  } catch (error) {
    lock.release();
    throw error;
  }
  let db: WritableDb | null = null;
  try {
    const key = options.passphrase === null ? null : await newKey(options.passphrase);
    db = connect(path, key);
    const writable = db;
    migrate(writable, path);
    const holder = randomUUID();
    const createdAt = (options.clock ?? (() => new Date()))().toISOString();
    const info = { archiveId: newId(), createdAt, encrypted: options.passphrase !== null };
    inTransaction(writable, () => {
      insertArchiveInfo(writable, info);
      takeLease(writable, { holder, pid: process.pid, boot: processRun(process.pid), since: createdAt });
    });
    const archive = assemble({ ...options, path }, { db: writable, key }, lock, info, holder);
    await openSession(archive, options.person);
    inTransaction(writable, () => {
      recordEvent(archive, 'archive.created', { archive: info.archiveId, encrypted: info.encrypted });
      startLog(archive, 'created');
      addClauses(archive, options.clauses);
    });
    syncFolder(dirname(path));
    return archive;
  } catch (error) {
    db?.close();
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
    lock.release();
    rmSync(`${path}-lock`, { force: true });
    throw fromSqlite(error, path);
  }
}

/**
 * Makes the empty file, readable by its owner alone. What is there already, made since we looked or a link to nowhere,
 * is not ours to fill, nor to remove when something fails later.
 */
function claimName(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    const known = fromFileSystem(error, path);
    if (known instanceof HoldfastError && known.code === 'output-exists') throw archiveExists(path);
    throw known;
  }
}

function archiveExists(path: string): HoldfastError {
  return new HoldfastError('archive-exists', `${path} exists already. Choose another name, or open it.`);
}

/**
 * Opens an archive: lock, key, migrations, lease, session.
 * Errors: `archive-not-found`, `not-an-archive`, `passphrase-missing`, `wrong-passphrase`, `recovery-key-unreadable`,
 * `recovery-key-wrong`, `archive-newer`, `archive-in-use`, `archive-damaged`, `not-writable`, `disk-full`. The file is as it was after each.
 */
export async function openArchive(options: OpenOptions): Promise<Archive> {
  const path = resolve(options.path);
  inspect(path, options);
  removeSecondName(path);
  const lock = lockArchive(path);
  let db: WritableDb | null = null;
  try {
    removeLeftovers(path);
    finishClearing(path);
    // Looked at again under the lock: the file may have been replaced by one with a new passphrase meanwhile.
    const opened = await unlock(path, inspect(path, options), options);
    const writable = opened.db;
    db = writable;
    checkIdentity(writable, path);
    migrate(writable, path);
    // The row says what the archive was made as; a plain one may have been encrypted since.
    const info = { ...getArchiveInfo(writable), encrypted: opened.key !== null };
    const holder = randomUUID();
    const since = (options.clock ?? (() => new Date()))().toISOString();
    inTransaction(writable, () =>
      takeLease(writable, { holder, pid: process.pid, boot: processRun(process.pid), since }),
    );
    fillTree(writable);
    const archive = assemble({ ...options, path }, opened, lock, info, holder);
    await openSession(archive, options.person);
    if (activeLogKey(writable) === null) inTransaction(writable, () => startLog(archive, 'upgraded'));
    await recoverRecordings(archive);
    return await finishCleaning(archive, (next) => {
      db = next.db;
    });
  } catch (error) {
    db?.close();
    lock.release();
    throw fromSqlite(error, path);
  }
}

/** A purge whose traces were not cleared yet. What hinders that must not keep the archive shut: it is tried again. */
async function finishCleaning(archive: Archive, replaced: (archive: Archive) => void): Promise<Archive> {
  if (!needsCleaning(archive.db)) return archive;
  let open = archive;
  try {
    await cleanFile(archive, {}, (next) => {
      open = next;
      replaced(next);
    });
    process.emitWarning('A purge was finished: what it had left in the slack of pages was cleared.');
  } catch (error) {
    if (!open.db.open) throw error;
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(
      `Traces of a purge may still be in the file; the next opening tries to clear them: ${why}`,
    );
  }
  return open;
}

/**
 * Runs `act` on the archive as it lies there: nobody opens a session and nothing is recorded, so that what is damaged can be
 * looked at. An archive of an older program is brought to the newest schema first. Errors: those of `openArchive`
 * and of `act`.
 */
export async function inspectArchive<T>(
  options: Pick<OpenOptions, 'path' | 'passphrase' | 'recovery'>,
  act: (archive: Archive) => Promise<T> | T,
): Promise<T> {
  const path = resolve(options.path);
  inspect(path, options);
  removeSecondName(path);
  const lock = lockArchive(path);
  let opened: Awaited<ReturnType<typeof unlock>> | null = null;
  try {
    removeLeftovers(path);
    finishClearing(path);
    opened = await unlock(path, inspect(path, options), options);
    const { db, key } = opened;
    checkIdentity(db, path);
    migrate(db, path);
    fillTree(db);
    const info = { ...getArchiveInfo(db), encrypted: key !== null };
    return await act(assemble({ path }, opened, lock, info, randomUUID()));
  } catch (error) {
    throw fromSqlite(error, path);
  } finally {
    if (opened === null) lock.release();
    else release({ ...opened, lock });
  }
}

/**
 * Signs what was recorded since the last checkpoint, gives the lease back, folds the write-ahead log into the file,
 * closes. Errors: those of `makeCheckpoint`; the archive is closed all the same.
 */
export function closeArchive(archive: Archive): void {
  try {
    // A file that is gone must still be closed.
    if (isInPlace(archive.db) && needsCheckpoint(archive)) makeCheckpoint(archive);
  } finally {
    try {
      // Not `inTransaction`, which asks where the file is.
      archive.db.transaction(() => dropLease(archive.db)).immediate();
    } finally {
      release(archive);
    }
  }
}

function release(archive: Pick<Archive, 'db' | 'key' | 'lock'>): void {
  try {
    foldIfMoved(archive.db);
    archive.db.close();
  } finally {
    closeFrozen(archive.db);
    archive.key?.key.fill(0);
    archive.lock.release();
  }
}

/** SQLite does not fold the log into a file that was moved when it closes it, and the log stays under the old name. */
function foldIfMoved(db: WritableDb): void {
  if (isInPlace(db)) return;
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // A disk that is gone takes nothing any more. The log stays on it, beside the file.
  }
}
