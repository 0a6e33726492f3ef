/**
 * One holder: an operating-system lock on an empty file beside the archive, taken through SQLite, which knows how on
 * every system. It falls with the process that holds it, however that ends.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';
import { fromSqlite } from './errors.ts';

export interface ArchiveLock {
  release(): void;
}

/** One lock, whichever link the archive is reached by: SQLite follows links, too, for its write-ahead log. */
function lockPath(path: string): string {
  const real = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  return `${real}-lock`;
}

/**
 * A hard link is a second name that nothing leads back from. SQLite keeps a write-ahead log for each name, and what
 * was committed under one of them is lost when the other is folded into the file.
 */
function refuseSecondNames(path: string): void {
  const names = existsSync(path) ? statSync(path).nlink : 1;
  if (names > 1) {
    throw new HoldfastError(
      'archive-in-use',
      `${path} is one of ${names} names of the same file (hard links). Used under two names an archive loses data: copy it to a file of its own, or remove the other names.`,
      { details: { names } },
    );
  }
}

/** Takes the lock for the archive at `path`. Errors: `archive-in-use`, `not-writable`, `file-not-found`. */
export function lockArchive(path: string): ArchiveLock {
  refuseSecondNames(path);
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
