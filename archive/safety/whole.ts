/** Opening a copy before it counts: is it the archive that it was made of, and does it hold together? */
import { HoldfastError } from '../../contract/errors.ts';
import type { LogHead } from '../../contract/model/safety.ts';
import { countRows, structureProblems } from '../../db/check.ts';
import type { ArchiveKey } from '../../db/cipher.ts';
import { connect } from '../../db/connection.ts';
import { fromSqlite } from '../../db/errors.ts';
import { logHead } from '../../db/event.ts';
import type { ReadableDb, WritableDb } from '../../db/handle.ts';
import { toHex } from '../../evidence/digest/sha256.ts';

/** What must be the same in an archive and its copy. */
export interface Contents {
  head: LogHead;
  /** Rows by table, the schema's version, the number of pages. */
  rows: Record<string, number>;
}

export function headOfLog(db: ReadableDb): LogHead {
  const { size, leafHash } = logHead(db);
  return { size, leafHash: leafHash === null ? null : toHex(leafHash) };
}

export function contentsOf(db: ReadableDb): Contents {
  return { head: headOfLog(db), rows: countRows(db) };
}

/**
 * Opens the finished copy at `path`, checks it in full, and hands it to `act`; closes it whatever happens.
 * `expected` null: nothing to compare with, the copy has to hold together by itself.
 * Errors: `archive-damaged`, and those of `act`.
 */
export async function withCheckedCopy<T>(
  path: string,
  key: ArchiveKey | null,
  expected: Contents | null,
  act: (db: WritableDb) => Promise<T> | T,
): Promise<T> {
  const db = connect(path, key);
  try {
    const problems = structureProblems(db);
    const found = contentsOf(db);
    if (expected !== null && !hasAll(found, expected)) {
      problems.push('it does not hold the same rows and the same log as the archive');
    }
    if (problems.length > 0) {
      throw new HoldfastError(
        'archive-damaged',
        `The copy did not pass its check and was removed: ${problems.slice(0, 3).join('; ')}.`,
      );
    }
    return await act(db);
  } catch (error) {
    // With the copy's name: the archive is not what failed.
    throw fromSqlite(error, path);
  } finally {
    db.close();
  }
}

function hasAll(found: Contents, expected: Contents): boolean {
  const rows = Object.entries(expected.rows);
  return (
    JSON.stringify(found.head) === JSON.stringify(expected.head) &&
    rows.every(([name, count]) => found.rows[name] === count)
  );
}
