/** What a reading in a bundle says of earlier readings of its capture, in the ids that posts have here. */
import type { Again } from '../../../contract/model/reread.ts';
import { postRoots } from '../../../db/post.ts';
import type { ReadingEntry } from '../../../evidence/bundle/evidence.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { readingRoot } from '../../../evidence/post/commitment.ts';
import type { Archive } from '../../archive.ts';
import type { PostMap } from './bundle-posts.ts';

/**
 * Null where it says nothing. Posts that are not here, since the bundle withholds them, are left out. `of`: of these posts
 * here alone, where the reading itself had come before; what it says of others was said then.
 */
export function againHere(
  archive: Archive,
  { again }: ReadingEntry,
  posts: PostMap,
  of: ReadonlySet<string> | null = null,
): Again | null {
  if (again === undefined) return null;
  const isMeant = (id: string): boolean => of === null || of.has(id);
  const here = (ids: readonly string[]) => ids.flatMap((id) => posts.get(id) ?? []).filter(isMeant);
  const kept = postRoots(archive.db, here(again.kept.posts));
  return {
    kept: { posts: kept.map(({ id }) => id), root: toHex(readingRoot(nodeSha256, kept)) },
    replaces: again.replaces.flatMap(({ post, by }) => {
      const [old, later] = [posts.get(post), posts.get(by)];
      return old === undefined || later === undefined || !isMeant(old) ? [] : [{ post: old, by: later }];
    }),
    gone: here(again.gone),
  };
}
