/** What SQLite says, in the closed set of codes. */
import Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';

/** Turns an error of SQLite into ours; gives anything else back as it is. */
export function fromSqlite(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const code = error.code;
  if (code === 'SQLITE_FULL') {
    return new HoldfastError(
      'disk-full',
      `The disk that holds ${path} is full. Nothing acknowledged is lost; free some space and try again.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new HoldfastError(
      'archive-in-use',
      `${path} is in use by another program. Close it there first.`,
      {
        cause: error,
      },
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return new HoldfastError(
      'not-writable',
      `${path} or its folder cannot be written. Check its permissions.`,
      {
        cause: error,
      },
    );
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new HoldfastError(
      'archive-damaged',
      `${path} is damaged: ${error.message}. Work on a copy, and restore the newest backup.`,
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new HoldfastError(
      'io-failed',
      `Reading or writing ${path} failed: ${error.message}. Is the disk still there?`,
      {
        cause: error,
      },
    );
  }
  if (error.message.startsWith('append-only')) {
    return new HoldfastError(
      'append-only',
      `The archive refused to change what is kept for ever (${error.message}).`,
      {
        cause: error,
      },
    );
  }
  return error;
}

/**
 * Whether what was thrown says something of the data, and not of the disk, a lock or memory. One that says nothing of
 * the data may have ended the transaction: what follows in it is not to be believed.
 */
export function isAboutData(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return true;
  return /^SQLITE_(CONSTRAINT|CORRUPT|ERROR|MISMATCH|TOOBIG)/.test(error.code);
}
