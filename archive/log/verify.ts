/** Checking an archive against its own custody log, from the first leaf to the last byte. Nothing in it is changed. */
import { rmSync } from 'node:fs';
import type { LogReport } from '../../contract/model/log.ts';
import { connectReader, connectScratch } from '../../db/connection.ts';
import { fromSqlite } from '../../db/errors.ts';
import type { WritableDb } from '../../db/handle.ts';
import { listCheckpoints } from '../../db/log.ts';
import { migrate } from '../../db/migrate.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';
import type { WorkOptions } from '../work.ts';
import { checkBytes } from './check-bytes.ts';
import { checkArchiveRow, checkCheckpoints, checkKeys } from './check-checkpoints.ts';
import { EventCheck } from './check-events.ts';
import { checkSearchIndex, checkTables } from './check-tables.ts';
import { checkTimestampFiles } from './check-timestamps.ts';
import { Inquiry } from './inquiry.ts';

/** Runs `act` on an empty database with the archive's schema, which is gone afterwards. */
async function withScratch<T>(path: string, act: (scratch: WritableDb) => Promise<T>): Promise<T> {
  // What a killed check left is a file that nobody can read: its key is gone.
  rmSync(path, { force: true });
  const scratch = connectScratch(path);
  try {
    migrate(scratch, path);
    scratch.pragma('foreign_keys = OFF');
    scratch.exec('BEGIN');
    return await act(scratch);
  } finally {
    scratch.close();
    rmSync(path, { force: true });
  }
}

/**
 * Checks leaves, documents, sequence, posts, tree, every table that follows from the events, keys, checkpoints, and all
 * artifacts' bytes, in one moment of the archive: work may go on beside it. Needs, for as long as it runs, disk beside the
 * archive for its documents and tables once more, encrypted. What differs is an answer, no error.
 * Errors: `cancelled`, `disk-full`, `not-writable`, `archive-damaged` where SQLite itself cannot read the file.
 */
export async function verifyLog(archive: Archive, options: WorkOptions = {}): Promise<LogReport> {
  const scratchPath = `${archive.path}-check`;
  try {
    // Another connection, for one moment of the archive at leisure.
    const reader = connectReader(archive.path, archive.key);
    try {
      const inquiry = new Inquiry(reader, options);
      const sizes = new Set(listCheckpoints(reader).map(({ size }) => size));
      const events = await withScratch(scratchPath, async (scratch) => {
        const checked = await new EventCheck(inquiry, scratch, sizes).run();
        await checkTables(inquiry, scratch, checked.isReplayed);
        return checked;
      });
      checkArchiveRow(inquiry, events);
      checkKeys(inquiry, events);
      const checkpoints = await checkCheckpoints(inquiry, events);
      checkTimestampFiles(inquiry);
      const bytes = await checkBytes(inquiry);
      checkSearchIndex(inquiry, archive.db);
      const { problems, more } = inquiry;
      return {
        ok: problems.length === 0,
        size: events.size,
        root: events.root === null ? null : toHex(events.root),
        origin: events.logs.at(-1)?.origin ?? null,
        purged: [...events.purges.values()].reduce((sum, { length }) => sum + length, 0),
        purges: [...events.purges].map(([leaf, purged]) => ({ leaf, events: [...purged] })),
        checkpoints,
        ...bytes,
        problems,
        more,
      };
    } finally {
      reader.close();
    }
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}
