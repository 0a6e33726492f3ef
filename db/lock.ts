/**
 * One holder: an operating-system lock on an empty file beside the archive, taken through SQLite, which knows how on
 * every system. It falls with the process that holds it, however that ends.
 */
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';
import { fromSqlite } from './errors.ts';

export interface ArchiveLock {
  release(): void;
}

/** The same archive under two names (a link) has one lock. */
function lockPath(path: string): string {
  return `${join(realpathSync(dirname(path)), basename(path))}-lock`;
}

/** Takes the lock for the archive at `path`. Errors: `archive-in-use`, `not-writable`, `file-not-found`. */
export function lockArchive(path: string): ArchiveLock {
  let lock: Database.Database;
  try {
    lock = new Database(lockPath(path), { timeout: 0 });
  } catch (error) {
    throw fromSqlite(error, path);
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const known = fromSqlite(error, path);
    if (known instanceof HoldfastError && known.code === 'archive-in-use') {
      throw new HoldfastError(
        'archive-in-use',
        `${path} is open in another Holdfast. Close it there first; one process holds an archive at a time.`,
        { cause: error },
      );
    }
    throw known;
  }
  return {
    release: () => {
      lock.close();
    },
  };
}
