/** What the reviews make of a tag. */
import type { Review, TagState } from '../../contract/model/tag.ts';
import { personOf } from '../../db/session.ts';

/** What of a review counts here. */
export type Word = Pick<Review, 'id' | 'act' | 'actor' | 'time' | 'origin'>;

/** When it was said, in the archive in which it was said. */
const saidAt = ({ origin, time }: Word): string => origin?.time ?? time;
const isLater = (a: Word, b: Word): boolean =>
  saidAt(a) === saidAt(b) ? a.id > b.id : saidAt(a) > saidAt(b);

/**
 * 'withdrawn' once anybody withdrew it. Else the latest word of each person counts, by when it was said: a dispute of
 * anyone makes it 'disputed', whoever agrees. The order in which reviews came into the archive does not matter, so that
 * two archives which have the same reviews say the same.
 */
export function tagState(reviews: readonly Word[]): TagState {
  if (reviews.some(({ act }) => act === 'withdraw')) return 'withdrawn';
  const latest = new Map<string, Word>();
  for (const review of reviews) {
    const person = personOf(review.origin?.actor ?? review.actor);
    const known = latest.get(person);
    if (known === undefined || isLater(review, known)) latest.set(person, review);
  }
  const words = [...latest.values()];
  if (words.some(({ act }) => act === 'dispute')) return 'disputed';
  return words.length > 0 ? 'agreed' : 'unreviewed';
}
