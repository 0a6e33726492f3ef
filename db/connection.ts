/**
 * Opening one connection with the settings that the archive relies on, each read back: a setting that SQLite
 * silently ignored would be a hole that nobody sees.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';
import { type ArchiveKey, keyLength, rawKey, saltBytes } from './cipher.ts';
import type { ReadableDb, WritableDb } from './handle.ts';
import { pageSize } from './page-size.ts';
import { rememberPlace } from './place.ts';

const settings = [
  ['foreign_keys', 'ON', 1],
  ['journal_mode', 'WAL', 'wal'],
  // A reopened WAL database is back at NORMAL, which may lose the last commits: FULL on every connection.
  ['synchronous', 'FULL', 2],
  // Otherwise large sorts leave plain text in the temporary folder.
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['cache_size', '-65536', -65536],
] as const;

/** Sets the key, for `null` a random one, before anything is read. SQLCipher 4 format: any SQLCipher 4 opens the file when told the page size. */
function unlock(db: Database.Database, key: string | ArchiveKey | null): void {
  chooseCipher(db);
  if (typeof key === 'string') db.key(Buffer.from(key, 'utf8'));
  // A key that nobody has to remember needs no derivation: key and salt as they are.
  else db.key(rawKey(key ?? { key: randomBytes(keyLength), salt: randomBytes(saltBytes) }));
}

function chooseCipher(db: Database.Database): void {
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.pragma(`legacy_page_size = ${pageSize}`);
}

/**
 * Encrypts a file in clear where it lies; nobody may have it open. Its pages and their settings stay.
 * Errors: SQLite's own.
 */
export function encryptFile(path: string, key: ArchiveKey): void {
  const db = new Database(path, { timeout: 0 });
  try {
    // A key cannot be set on a file that has a write-ahead log.
    db.pragma('journal_mode = DELETE');
    db.pragma('temp_store = MEMORY');
    chooseCipher(db);
    db.rekey(rawKey(key));
  } finally {
    db.close();
  }
}

/**
 * A connection to the file at `path`; `key`: the passphrase, or the key derived from it; null for a plain archive.
 * Errors: `file-not-found` without a folder, SQLite's own (`SQLITE_NOTADB` for a wrong passphrase), for the caller to put into words.
 */
export function connect(path: string, key: string | ArchiveKey | null): WritableDb {
  // The library would throw a TypeError.
  if (!existsSync(dirname(path))) {
    throw new HoldfastError('file-not-found', `The folder of ${path} is not there any more.`);
  }
  const db = new Database(path, { timeout: 0 });
  try {
    if (key === null) db.pragma(`page_size = ${pageSize}`);
    else unlock(db, key);
    // The first read: with a wrong passphrase it fails here and not inside a setting.
    const isNew = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
    // Pages that a sealed recording leaves free go back to the file system. In a file that is not new this would write.
    if (isNew) db.pragma('auto_vacuum = INCREMENTAL');
    for (const [name, value, expected] of settings) {
      db.pragma(`${name} = ${value}`);
      const found: unknown = db.pragma(name, { simple: true });
      if (found !== expected) {
        throw new HoldfastError(
          'internal',
          `SQLite did not take the setting ${name} = ${value} (it says ${String(found)}); the archive was not opened.`,
        );
      }
    }
    rememberPlace(db, path);
    return db as WritableDb;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A second connection to an open archive that can only read: it sees one moment of it while the first goes on
 * writing. The caller begins a transaction, ends it soon (the write-ahead log grows meanwhile) and closes.
 */
export function connectReader(path: string, key: string | ArchiveKey | null): ReadableDb {
  const db = new Database(path, { readonly: true, timeout: 5000 });
  try {
    if (key !== null) unlock(db, key);
    for (const name of ['temp_store = MEMORY', 'trusted_schema = OFF', 'cell_size_check = ON'])
      db.pragma(name);
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A new database for work that is thrown away, encrypted under a key that nobody keeps: material of the archive must not
 * stand in clear beside it. Without journal and without syncs: a crash loses it, which is all right.
 */
export function connectScratch(path: string): WritableDb {
  const db = new Database(path, { timeout: 0 });
  try {
    unlock(db, null);
    for (const setting of [
      'auto_vacuum = NONE',
      'journal_mode = OFF',
      'synchronous = OFF',
      'locking_mode = EXCLUSIVE',
      'temp_store = MEMORY',
      'foreign_keys = OFF',
      'trusted_schema = OFF',
      'cache_size = -65536',
    ]) {
      db.pragma(setting);
    }
    return db as WritableDb;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The settings as the connection has them, for the test that reads them back. */
export function settingsInForce(db: Database.Database): Record<string, unknown> {
  return Object.fromEntries(settings.map(([name]) => [name, db.pragma(name, { simple: true })]));
}
