/** How far a coder is within a sample, and which of their judgements count. */
import type { CodingStep } from '../../db/coding.ts';

export interface Progress {
  /** Of each judged post, the tags that count, oldest first. */
  judged: ReadonlyMap<string, readonly string[]>;
  /** Every post was judged at some time: from then on the others' judgements are shown. */
  isDone: boolean;
}

/**
 * Goes through the steps of one coder in the order of the log. A judgement that its coder withdrew does not count, and
 * its post is to be judged again. Once every post is judged the coder sees what the others said: from then on only
 * further tags of the post that came last count, which may be about several clauses, and no withdrawal does.
 */
export function progressOf(steps: readonly CodingStep[], posts: ReadonlySet<string>): Progress {
  const judged = new Map<string, string[]>();
  let last: string | null = null;
  for (const { what, tagId, postId } of steps) {
    if (!posts.has(postId) || (last !== null && (postId !== last || what === 'withdrawn'))) continue;
    const tags = (judged.get(postId) ?? []).filter((id) => id !== tagId);
    if (what === 'set') tags.push(tagId);
    if (tags.length > 0) judged.set(postId, tags);
    else judged.delete(postId);
    if (judged.size === posts.size) last = postId;
  }
  return { judged, isDone: last !== null };
}
