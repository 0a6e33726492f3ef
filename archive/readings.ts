/** Recording what was read out of a capture: the posts beside their event, which commits to them. */
import { randomBytes } from 'node:crypto';
import type { Again } from '../contract/model/reread.ts';
import { insertPostRecord } from '../db/post.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import { newId } from '../evidence/id.ts';
import { canonicalBytes } from '../evidence/log/canonical.ts';
import { saltLength } from '../evidence/log/leaf.ts';
import { postRoot, readingRoot } from '../evidence/post/commitment.ts';
import type { Archive } from './archive.ts';
import type { FoundReading } from './import/contents.ts';
import { recordEvent } from './record.ts';

/**
 * Inside the caller's transaction. Gives back the ids of the posts, in the order of the reading. `again`: what a reading
 * of a capture that was read before says of earlier posts, given the ids of its own.
 */
export function sealReading(
  archive: Archive,
  captureId: string,
  reading: FoundReading,
  again: (postIds: string[]) => Again | null = () => null,
): string[] {
  const readingId = newId();
  const posts = reading.posts.map((content, n) => {
    const salt = randomBytes(saltLength);
    const id = newId();
    const root = postRoot(nodeSha256, content, salt);
    insertPostRecord(archive.db, { postId: id, readingId, n, salt, root }, canonicalBytes(content));
    return { id, root };
  });
  const postIds = posts.map((post) => post.id);
  const of = again(postIds);
  recordEvent(archive, 'reading.made', {
    reading: readingId,
    capture: captureId,
    reader: reading.reader,
    posts: posts.length,
    root: toHex(readingRoot(nodeSha256, posts)),
    notes: reading.notes.map((note) => note.toWellFormed()),
    ...(reading.origin === undefined ? {} : { origin: reading.origin }),
    ...(of === null ? {} : { again: of }),
  });
  return postIds;
}
