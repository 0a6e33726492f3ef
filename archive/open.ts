/** Creating, opening and closing an archive. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { ClausePack } from '../contract/model/clause.ts';
import { type ArchiveInfo, getArchiveInfo, insertArchiveInfo } from '../db/archive-info.ts';
import { connect, connectReader, pageSize } from '../db/connection.ts';
import { fromSqlite } from '../db/errors.ts';
import { inTransaction, type WritableDb } from '../db/handle.ts';
import { dropLease, processRun, takeLease } from '../db/lease.ts';
import { type ArchiveLock, lockArchive } from '../db/lock.ts';
import { activeLogKey } from '../db/log.ts';
import { checkIdentity, migrate } from '../db/migrate.ts';
import { newId } from '../evidence/id.ts';
import type { Archive, OpenOptions } from './archive.ts';
import { addClauses } from './clauses.ts';
import { fillTree } from './log/append.ts';
import { makeCheckpoint, needsCheckpoint } from './log/checkpoint.ts';
import { startLog } from './log/start.ts';
import { fromFileSystem } from './new-file.ts';
import { recordEvent } from './record.ts';
import { recoverRecordings } from './recording/recover.ts';
import { openSession } from './session.ts';

/** Beginnings of files that are something else, for a better sentence than 'wrong passphrase'. */
const otherFiles: readonly [string, string][] = [
  ['504b0304', 'a zip file'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['1f8b', 'a gzip file'],
  ['3c21', 'a web page'],
  ['3c68746d6c', 'a web page'],
];
const sqliteHeader = Buffer.from('SQLite format 3\0');

function otherFile(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head).toString('hex');
  return otherFiles.find(([magic]) => hex.startsWith(magic))?.[1];
}

/** The first 16 bytes, or fewer. */
function headOf(path: string): Uint8Array {
  const head = Buffer.alloc(sqliteHeader.length);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Whether the file at `path` is an SQLite file in clear. A file that is not there or cannot be read is not. */
export function isPlainArchive(path: string): boolean {
  try {
    return sqliteHeader.equals(headOf(path));
  } catch {
    return false;
  }
}

/** Looks at the file before SQLite does. Errors: `archive-not-found`, `not-an-archive`, `wrong-passphrase`. */
function inspect(path: string, passphrase: string | null): void {
  if (!existsSync(path)) {
    throw new HoldfastError(
      'archive-not-found',
      `There is no archive at ${path}. Check the path, or create one.`,
    );
  }
  if (!statSync(path).isFile()) throw new HoldfastError('not-an-archive', `${path} is not a file.`);
  let head: Uint8Array;
  try {
    head = headOf(path);
  } catch (cause) {
    throw new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, { cause });
  }
  const size = statSync(path).size;
  const isPlain = sqliteHeader.equals(head);
  if (head.length < 16 || (!isPlain && size % pageSize !== 0)) {
    // Only here: an encrypted archive begins with random bytes, and these may be the beginning of anything.
    const other = otherFile(head);
    if (other !== undefined)
      throw new HoldfastError('not-an-archive', `${path} is ${other}, not a Holdfast archive.`);
    throw new HoldfastError(
      'not-an-archive',
      `${path} is no Holdfast archive, or was cut off: an archive is a whole number of ${pageSize}-byte pages long, this is ${size} bytes.`,
    );
  }
  if (isPlain && passphrase !== null) {
    throw new HoldfastError('bad-input', `${path} is not encrypted. Open it without a passphrase.`);
  }
  if (!isPlain && passphrase === null) {
    throw new HoldfastError(
      'passphrase-missing',
      `${path} is encrypted, or no archive. Give its passphrase.`,
    );
  }
}

function open(path: string, passphrase: string | null): WritableDb {
  try {
    return connect(path, passphrase);
  } catch (error) {
    const known = fromSqlite(error, path);
    if (passphrase !== null && known instanceof HoldfastError && known.code === 'archive-damaged') {
      throw new HoldfastError(
        'wrong-passphrase',
        `${path} does not open with this passphrase. (A damaged file, or one that is no archive, looks the same.)`,
        { cause: error },
      );
    }
    throw known;
  }
}

function assemble(
  options: Pick<OpenOptions, 'path' | 'passphrase' | 'clock'>,
  db: WritableDb,
  lock: ArchiveLock,
  info: ArchiveInfo,
  holder: string,
): Archive {
  const { path, passphrase } = options;
  const clock = options.clock ?? (() => new Date());
  const openReader = () => connectReader(path, passphrase);
  return { db, path, info, holder, sessionId: newId(), clock, lock, openReader };
}

/**
 * Makes a new archive and opens it. `clauses` are put into it as its first pack.
 * Errors: `archive-exists`, `not-writable`, `archive-in-use`, `disk-full`; then no file is left behind.
 */
export async function createArchive(options: OpenOptions & { clauses: ClausePack }): Promise<Archive> {
  const path = resolve(options.path);
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
    db = open(path, options.passphrase);
    const writable = db;
    migrate(writable, path);
    const holder = randomUUID();
    const createdAt = (options.clock ?? (() => new Date()))().toISOString();
    const info = { archiveId: newId(), createdAt, encrypted: options.passphrase !== null };
    inTransaction(writable, () => {
      insertArchiveInfo(writable, info);
      takeLease(writable, { holder, pid: process.pid, boot: processRun(process.pid), since: createdAt });
    });
    const archive = assemble({ ...options, path }, writable, lock, info, holder);
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

/** The name of a new file is safe only when its folder is. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Opens an archive: lock, key, migrations, lease, session.
 * Errors: `archive-not-found`, `not-an-archive`, `passphrase-missing`, `wrong-passphrase`, `archive-newer`,
 * `archive-in-use`, `archive-damaged`, `not-writable`, `disk-full`. The file is as it was after each.
 */
export async function openArchive(options: OpenOptions): Promise<Archive> {
  const path = resolve(options.path);
  inspect(path, options.passphrase);
  const lock = lockArchive(path);
  let db: WritableDb | null = null;
  try {
    db = open(path, options.passphrase);
    const writable = db;
    checkIdentity(writable, path);
    migrate(writable, path);
    const info = getArchiveInfo(writable);
    const holder = randomUUID();
    const since = (options.clock ?? (() => new Date()))().toISOString();
    inTransaction(writable, () =>
      takeLease(writable, { holder, pid: process.pid, boot: processRun(process.pid), since }),
    );
    fillTree(writable);
    const archive = assemble({ ...options, path }, writable, lock, info, holder);
    await openSession(archive, options.person);
    if (activeLogKey(writable) === null) inTransaction(writable, () => startLog(archive, 'upgraded'));
    await recoverRecordings(archive);
    return archive;
  } catch (error) {
    db?.close();
    lock.release();
    throw fromSqlite(error, path);
  }
}

/**
 * Runs `act` on the archive as it lies there: nobody opens a session and nothing is recorded, so that what is damaged can be
 * looked at. An archive of an older program is brought to the newest schema first. Errors: those of `openArchive`
 * and of `act`.
 */
export async function inspectArchive<T>(
  options: Pick<OpenOptions, 'path' | 'passphrase'>,
  act: (archive: Archive) => Promise<T> | T,
): Promise<T> {
  const path = resolve(options.path);
  inspect(path, options.passphrase);
  const lock = lockArchive(path);
  let db: WritableDb | null = null;
  try {
    db = open(path, options.passphrase);
    checkIdentity(db, path);
    migrate(db, path);
    fillTree(db);
    return await act(assemble({ ...options, path }, db, lock, getArchiveInfo(db), randomUUID()));
  } catch (error) {
    throw fromSqlite(error, path);
  } finally {
    if (db === null) lock.release();
    else release({ db, lock });
  }
}

/**
 * Signs what was recorded since the last checkpoint, gives the lease back, folds the write-ahead log into the file,
 * closes. Errors: those of `makeCheckpoint`; the archive is closed all the same.
 */
export function closeArchive(archive: Archive): void {
  try {
    if (needsCheckpoint(archive)) makeCheckpoint(archive);
  } finally {
    try {
      inTransaction(archive.db, () => dropLease(archive.db));
    } finally {
      release(archive);
    }
  }
}

function release(archive: Pick<Archive, 'db' | 'lock'>): void {
  try {
    archive.db.close();
  } finally {
    archive.lock.release();
  }
}
