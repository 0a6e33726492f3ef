/** Recording an act: its document, salt and leaf, its place in the tree, and its projection, in the caller's transaction. */
import { randomBytes } from 'node:crypto';
import {
  type EventBody,
  type EventDocument,
  type EventKind,
  eventSchema,
  subjectsOf,
} from '../contract/events.ts';
import { apply } from '../db/apply.ts';
import { insertEvent, nextSeq } from '../db/event.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { newId } from '../evidence/id.ts';
import { canonicalBytes } from '../evidence/log/canonical.ts';
import { leafBytes, saltLength } from '../evidence/log/leaf.ts';
import { leafHash } from '../evidence/log/merkle.ts';
import type { Archive } from './archive.ts';
import { appendLeaf } from './log/append.ts';

/**
 * Appends the event and applies it. Must run inside a transaction. Gives back the event as recorded, and its salt.
 * `at`: when the act was done; now, unless something was signed for it before. Errors: `archive-damaged` where the
 * tree of the log does not fit its events.
 */
export function recordEvent<K extends EventKind>(
  archive: Pick<Archive, 'db' | 'sessionId' | 'clock'>,
  kind: K,
  body: EventBody<K>,
  at: Date = archive.clock(),
): { seq: number; event: EventDocument; salt: Uint8Array } {
  const { db } = archive;
  if (!db.inTransaction) throw new Error('an event must be recorded inside a transaction');
  // Parsed on the way in: an unknown or missing member must not reach the log.
  const event = eventSchema.parse({
    v: 1,
    id: newId(),
    kind,
    time: at.toISOString(),
    session: archive.sessionId,
    body,
  });
  const seq = nextSeq(db);
  const document = canonicalBytes(event);
  const salt = randomBytes(saltLength);
  const { id, time } = event;
  const leaf = leafBytes(nodeSha256, { seq, time, kind, id, subjects: subjectsOf(event) }, salt, document);
  const hash = leafHash(nodeSha256, leaf);
  insertEvent(db, { seq, id, kind, time, document, salt, leaf, leafHash: hash });
  appendLeaf(db, seq, hash);
  // Projected from the bytes that were kept, not from the object that they were written from: a rebuild has nothing else.
  apply(db, readEvent(document), seq);
  return { seq, event, salt };
}

/** The event that a document of this archive's own log says. */
export function readEvent(document: Uint8Array): EventDocument {
  return eventSchema.parse(JSON.parse(new TextDecoder().decode(document)));
}
