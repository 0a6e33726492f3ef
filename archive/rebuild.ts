/** Rebuilding every projection from the events. */

import { HoldfastError } from '../contract/errors.ts';
import { type EventDocument, eventSchema } from '../contract/events.ts';
import type { RebuildReport } from '../contract/model/archive.ts';
import { apply } from '../db/apply.ts';
import { fromSqlite } from '../db/errors.ts';
import { eachEvent, type StoredEvent } from '../db/event.ts';
import { forgetStatements } from '../db/handle.ts';
import { eachPostRecord } from '../db/post.ts';
import { compareAside, putAside } from '../db/projection.ts';
import { checkIndex } from '../db/search/index.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { sameBytes, toHex } from '../evidence/digest/sha256.ts';
import { parseCanonical } from '../evidence/log/canonical.ts';
import { commitment, parseLeaf } from '../evidence/log/leaf.ts';
import { leafHash } from '../evidence/log/merkle.ts';
import { postRoot, readingRoot } from '../evidence/post/commitment.ts';
import type { Archive } from './archive.ts';
import { appendLeaf } from './log/append.ts';

function damaged(seq: number, what: string): HoldfastError {
  return new HoldfastError(
    'archive-damaged',
    `Event ${seq} of the log is damaged: ${what}. The tables were left as they were.`,
  );
}

/** The document of a stored event, once its leaf has been found to commit to it. */
function checkedDocument(stored: StoredEvent): EventDocument {
  const leaf = parseLeaf(stored.leaf);
  if (!sameBytes(leafHash(nodeSha256, stored.leaf), stored.leafHash)) {
    throw damaged(stored.seq, 'the hash beside its leaf is not that of the leaf');
  }
  if (leaf.commitment !== toHex(commitment(nodeSha256, stored.salt, stored.document))) {
    throw damaged(stored.seq, 'its document is not the one that its leaf commits to');
  }
  const parsed = eventSchema.safeParse(parseCanonical(stored.document));
  if (!parsed.success) throw damaged(stored.seq, 'its document cannot be read');
  const { id, kind, time } = parsed.data;
  if (id !== leaf.event || kind !== leaf.kind || time !== leaf.time || stored.seq !== leaf.seq) {
    throw damaged(stored.seq, 'leaf and document disagree');
  }
  return parsed.data;
}

/** The posts of a reading must be those that its event commits to. */
function checkPosts(archive: Archive, stored: StoredEvent, event: EventDocument): void {
  if (event.kind !== 'reading.made') return;
  const roots: { id: string; root: Uint8Array }[] = [];
  for (const record of eachPostRecord(archive.db, event.body.reading)) {
    const root = postRoot(nodeSha256, record.content, record.salt);
    if (!sameBytes(root, record.root)) throw damaged(stored.seq, `post ${record.postId} was changed`);
    roots.push({ id: record.postId, root });
  }
  if (roots.length !== event.body.posts || toHex(readingRoot(nodeSha256, roots)) !== event.body.root) {
    throw damaged(stored.seq, 'its posts are not the ones that it commits to');
  }
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
        let events = 0;
        for (const stored of eachEvent(db)) {
          const event = checkedDocument(stored);
          checkPosts(archive, stored, event);
          appendLeaf(db, stored.seq, stored.leafHash);
          apply(db, event, stored.seq);
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
