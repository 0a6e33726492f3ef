/** Reading a stored event back and holding it against its leaf; the one place that says what must agree. */
import { type EventDocument, eventSchema, subjectsOf } from '../../contract/events.ts';
import type { LogProblem } from '../../contract/model/log.ts';
import type { Again } from '../../contract/model/reread.ts';
import type { StoredEvent } from '../../db/event.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { eachPostRecord, type PostRecord, postRoots } from '../../db/post.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { parseCanonical } from '../../evidence/log/canonical.ts';
import { commitment, type Leaf, parseLeaf } from '../../evidence/log/leaf.ts';
import { leafHash } from '../../evidence/log/merkle.ts';
import { postRoot, readingRoot } from '../../evidence/post/commitment.ts';

export interface Fault {
  code: LogProblem['code'];
  /** A clause that follows 'Event 7 …:'. */
  what: string;
}

export interface ReadEvent {
  /** Null where it does not hold, and `faults` say why; and where its document is gone, of which a purge must speak. */
  event: EventDocument | null;
  faults: readonly Fault[];
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** The document of a stored event, once its leaf has been found to commit to it. */
export function readStoredEvent(stored: StoredEvent): ReadEvent {
  const leaf = attempt(() => parseLeaf(stored.leaf));
  const faults: Fault[] = [];
  if (!sameBytes(leafHash(nodeSha256, stored.leaf), stored.leafHash)) {
    faults.push({ code: 'leaf-hash-differs', what: 'the hash beside its leaf is not that of the leaf' });
  }
  if (leaf === null) {
    return { event: null, faults: [...faults, { code: 'leaf-unreadable', what: 'its leaf cannot be read' }] };
  }
  if (stored.document === null) {
    const differing = disagreements(stored, leaf, null);
    const what = `row and leaf disagree on: ${differing.join(', ')}`;
    if (differing.length > 0) faults.push({ code: 'leaf-and-document-disagree', what });
    return { event: null, faults };
  }
  if (leaf.commitment !== toHex(commitment(nodeSha256, stored.salt, stored.document))) {
    const what = 'its document is not the one that its leaf commits to, or its salt is another';
    return { event: null, faults: [...faults, { code: 'commitment-differs', what }] };
  }
  const event = attempt(() => eventSchema.parse(parseCanonical(stored.document)));
  if (event === null) {
    return {
      event,
      faults: [...faults, { code: 'document-unreadable', what: 'its document cannot be read' }],
    };
  }
  const differing = disagreements(stored, leaf, event);
  if (differing.length > 0) {
    const what = `row, leaf and document disagree on: ${differing.join(', ')}`;
    faults.push({ code: 'leaf-and-document-disagree', what });
  }
  return { event: faults.length === 0 ? event : null, faults };
}

/** `event` null: its document is gone. */
function disagreements(stored: StoredEvent, leaf: Leaf, event: EventDocument | null): string[] {
  const pairs: readonly (readonly [string, boolean])[] = [
    ['place', stored.seq === leaf.seq],
    ['id', (event ?? stored).id === leaf.event && stored.id === leaf.event],
    ['kind', (event ?? stored).kind === leaf.kind && stored.kind === leaf.kind],
    ['time', (event ?? stored).time === leaf.time && stored.time === leaf.time],
    ['subjects', event === null || subjectsOf(event).join() === leaf.subjects.join()],
  ];
  return pairs.flatMap(([name, agrees]) => (agrees ? [] : [name]));
}

/**
 * The posts of a reading, one at a time, and in the end a fault where they are not those that its event commits to.
 * `each` is given every post that is as it was.
 */
export function checkPosts(
  db: ReadableDb,
  event: EventDocument,
  each: (record: PostRecord) => void = () => undefined,
): Fault | null {
  if (event.kind !== 'reading.made') return null;
  const roots: { id: string; root: Uint8Array }[] = [];
  try {
    for (const record of eachPostRecord(db, event.body.reading)) {
      const root = postRoot(nodeSha256, record.content, record.salt);
      if (!sameBytes(root, record.root))
        return { code: 'posts-differ', what: `post ${record.postId} was changed` };
      roots.push({ id: record.postId, root });
      each(record);
    }
  } catch {
    return { code: 'posts-differ', what: 'one of its posts cannot be read' };
  }
  const agrees =
    roots.length === event.body.posts && toHex(readingRoot(nodeSha256, roots)) === event.body.root;
  if (!agrees) return { code: 'posts-differ', what: 'its posts are not the ones that it commits to' };
  return checkKept(db, event.body.again?.kept);
}

/** The posts of earlier readings that a reading found again: it commits to them in a root of their own. */
function checkKept(db: ReadableDb, kept: Again['kept'] | undefined): Fault | null {
  if (kept === undefined) return null;
  const roots = postRoots(db, kept.posts);
  const agrees = roots.length === kept.posts.length && toHex(readingRoot(nodeSha256, roots)) === kept.root;
  return agrees
    ? null
    : { code: 'posts-differ', what: 'the posts that it found again are not the ones that it commits to' };
}
