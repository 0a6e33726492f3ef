/** Rebuilding every projection from the events. */

import { HoldfastError } from '../contract/errors.ts';
import type { EventDocument } from '../contract/events.ts';
import type { RebuildReport } from '../contract/model/archive.ts';
import { apply } from '../db/apply.ts';
import { fromSqlite } from '../db/errors.ts';
import { eachEvent, type StoredEvent } from '../db/event.ts';
import { forgetStatements } from '../db/handle.ts';
import { compareAside, putAside } from '../db/projection.ts';
import { purgedEvents, skipPosts } from '../db/purge.ts';
import { checkIndex } from '../db/search/index.ts';
import type { Archive } from './archive.ts';
import { appendLeaf } from './log/append.ts';
import { checkPosts, readStoredEvent } from './log/read-event.ts';

function damaged(seq: number, what: string): HoldfastError {
  return new HoldfastError(
    'archive-damaged',
    `Event ${seq} of the log is damaged: ${what}. The tables were left as they were.`,
  );
}

const halfPurged = 'its document is gone and no purge names it, or a purge names it and it is there';

/** The event, once everything that it commits to has been found as it was; null: its document is gone. */
function checkedEvent(archive: Archive, stored: StoredEvent): EventDocument | null {
  const { event, faults } = readStoredEvent(stored);
  if (stored.document === null && faults.length === 0) return null;
  const fault = faults[0] ?? (event === null ? null : checkPosts(archive.db, event));
  if (event === null || fault !== null) throw damaged(stored.seq, fault?.what ?? 'it cannot be read');
  return event;
}

/**
 * Makes every projected table anew from the events, and says what differed before. One transaction: it is done whole
 * or not at all. Errors: `archive-damaged` when events themselves do not hold together.
 */
export function rebuild(archive: Archive): RebuildReport {
  const { db } = archive;
  db.pragma('foreign_keys = OFF');
  try {
    return db
      .transaction(() => {
        putAside(db);
        const purged = purgedEvents(db);
        let events = 0;
        for (const stored of eachEvent(db)) {
          const event = checkedEvent(archive, stored);
          appendLeaf(db, stored.seq, stored.leafHash);
          const purge = purged.get(stored.seq);
          if ((event === null) !== (purge !== undefined)) throw damaged(stored.seq, halfPurged);
          if (event === null) skipPosts(db, stored.seq, purge?.posts ?? 0);
          else apply(db, event, stored.seq);
          events += 1;
        }
        checkIndex(db);
        const dangling = db.pragma('foreign_key_check');
        if (Array.isArray(dangling) && dangling.length > 0) {
          throw new HoldfastError(
            'archive-damaged',
            'The events refer to something that is not there. The tables were left as they were.',
          );
        }
        return { events, differences: compareAside(db) };
      })
      .exclusive();
  } catch (error) {
    throw fromSqlite(error, archive.path);
  } finally {
    forgetStatements(db);
    db.pragma('foreign_keys = ON');
  }
}
