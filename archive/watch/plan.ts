/** Which checks go along with the posts of a bundle. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostCheck } from '../../contract/model/watch.ts';
import type { PlannedEvent } from '../../evidence/build/plan.ts';
import { ChecksOf, mayConfirm } from '../../evidence/bundle/checks.ts';
import type { Archive } from '../archive.ts';
import type { PlanEvent } from '../compile-rules.ts';
import { allChecks } from './checks.ts';

/** In the order of the log. `event` is asked for these alone: it makes their sessions go along. */
export function planChecks(
  archive: Archive,
  posts: readonly { id: string; content: PostContent }[],
  event: PlanEvent,
): PlannedEvent<'post.checked'>[] {
  const of = new ChecksOf(posts);
  const shown: PostCheck[] = [];
  return allChecks(archive).flatMap(({ seq, check }) => {
    // What rests on a check of a post that is not in the bundle stays with it.
    if (!of.has(check) || !mayConfirm(check, shown)) return [];
    shown.push(check);
    return [event(seq, 'post.checked')];
  });
}
