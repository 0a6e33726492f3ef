/** Which checks go along with the posts of a bundle. */
import type { PostContent } from '../../contract/model/post.ts';
import type { KnownCheck } from '../../contract/model/watch.ts';
import { checksOfPosts } from '../../db/post-check.ts';
import type { PlannedEvent } from '../../evidence/build/plan.ts';
import { ChecksOf, mayConfirm } from '../../evidence/bundle/checks.ts';
import type { Archive } from '../archive.ts';
import type { PlanEvent } from '../compile-rules.ts';

/** In the order of the log. `event` is asked for these alone: it makes their sessions go along. */
export function planChecks(
  { db }: Archive,
  posts: readonly { id: string; content: PostContent }[],
  event: PlanEvent,
): PlannedEvent<'post.checked'>[] {
  const of = new ChecksOf(posts);
  const shown: KnownCheck[] = [];
  const ids = posts.map(({ id }) => id);
  const names = posts.map(({ content: { platform, platformId } }) => ({ platform, platformId }));
  return checksOfPosts(db, ids, names).flatMap((check) => {
    // What rests on a check of a post that is not in the bundle stays with it.
    if (!of.has(check) || !mayConfirm(check, shown)) return [];
    shown.push(check);
    return [event(check.seq, 'post.checked')];
  });
}
