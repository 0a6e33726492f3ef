/** One judgement of many posts as wholes, for one reason. */
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { requirePost } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { checkContext, checkedReason, type NewJudgement, refuseUnlinked, tagBody } from './add.ts';
import { requireClause } from './cite.ts';
import { citationFor } from './prepare.ts';

/**
 * Tags every post, each once, in one transaction: all or none. Of each it is kept whether the clause was in force at its
 * own times; an answer counts where the exception is linked to the clause as that post's tag cites it.
 * Errors: `post-not-found`, `clause-not-found`, `bad-input`, `coding-not-found`,
 * `phrase-not-found`; then nothing was recorded.
 */
export function addTags(
  archive: Archive,
  { postIds, ...judgement }: NewJudgement & { postIds: readonly string[] },
): { batch: string; tags: number } {
  const { db } = archive;
  const reason = checkedReason(judgement);
  const { clauseKey } = judgement;
  const given = judgement.considered ?? [];
  const batch = newId();
  const posts = new Set(postIds);
  const linked = new Set<string>();
  // Looked up before anything is written, so that what is read of the library is remembered from one post to the next.
  if (clauseKey !== null) requireClause(db, clauseKey);
  inTransaction(db, () => {
    for (const postId of posts) {
      const post = requirePost(archive, postId);
      checkContext(archive, { ...judgement, postId });
      const citation = clauseKey === null ? null : citationFor(db, post, clauseKey);
      for (const key of citation?.exceptions ?? []) linked.add(key);
      recordEvent(archive, 'tag.set', tagBody({ ...judgement, postId }, { post, reason, citation, batch }));
    }
    // Last: which exceptions are linked is known when every post has been looked at. What it refuses takes all back.
    refuseUnlinked(clauseKey, linked, given);
  });
  return { batch, tags: posts.size };
}
