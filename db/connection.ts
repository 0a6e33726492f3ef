/**
 * Opening one connection with the settings that the archive relies on, each read back: a setting that SQLite
 * silently ignored would be a hole that nobody sees.
 */
import Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';
import { type ArchiveKey, rawKey } from './cipher.ts';
import type { WritableDb } from './handle.ts';
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

/** Sets the key before anything is read. SQLCipher 4 format: any SQLCipher 4 opens the file when told the page size. */
function unlock(db: Database.Database, key: string | ArchiveKey): void {
  chooseCipher(db);
  db.key(typeof key === 'string' ? Buffer.from(key, 'utf8') : rawKey(key));
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
 * Errors: SQLite's own (`SQLITE_NOTADB` for a wrong passphrase), for the caller to put into words.
 */
export function connect(path: string, key: string | ArchiveKey | null): WritableDb {
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

/** The settings as the connection has them, for the test that reads them back. */
export function settingsInForce(db: Database.Database): Record<string, unknown> {
  return Object.fromEntries(settings.map(([name]) => [name, db.pragma(name, { simple: true })]));
}
