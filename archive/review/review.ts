/** Reviewing a tag: agreeing, disputing, withdrawing, each with a reason and beside what was said before. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Review, ReviewAct } from '../../contract/model/tag.ts';
import { inTransaction } from '../../db/handle.ts';
import { getJudgement } from '../../db/judgement.ts';
import { listReviews } from '../../db/review.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { hiddenTags } from './blind.ts';
import { isSamePerson, personAtDesk } from './person.ts';
import { requireReason } from './reason.ts';

/**
 * Records what the person at the desk says of a tag. Anyone may dispute or withdraw; nobody agrees with a tag of their
 * own. Errors: `tag-not-found`, `own-tag`, `coding-open` where the tag is hidden while its post is judged, `bad-input`.
 */
export function reviewTag(
  archive: Archive,
  { tagId, act, because }: { tagId: string; act: ReviewAct; because: string },
): Review {
  const tag = getJudgement(archive.db, tagId);
  if (tag === null)
    throw new HoldfastError(
      'tag-not-found',
      `There is no tag ${tagId} in this archive. Look up its id again.`,
    );
  const reason = requireReason(because, 'a review');
  if (act === 'agree' && isSamePerson(archive, tag.person, personAtDesk(archive))) {
    throw new HoldfastError(
      'own-tag',
      'You set this tag yourself: only somebody else can agree with it. You may dispute or withdraw it.',
    );
  }
  const hidden = hiddenTags(archive, tag.postId);
  if (hidden.tags.has(tagId)) throw new HoldfastError('coding-open', hidden.why);
  const id = newId();
  inTransaction(archive.db, () =>
    recordEvent(archive, 'tag.reviewed', { review: id, tag: tagId, act, because: reason }),
  );
  const review = listReviews(archive.db, tagId).find((known) => known.id === id);
  if (review === undefined) throw new Error('the review that was just recorded is not there');
  return review;
}
