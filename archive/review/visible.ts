/** The tags of a post as the person at the desk is shown them. */

import { personOf } from '../../contract/model/actor.ts';
import type { Tag } from '../../contract/model/tag.ts';
import { tagState } from '../../evidence/review/state.ts';
import type { Archive } from '../archive.ts';
import { eachTag, readTags } from '../tags/read.ts';
import { type Hidden, hiddenTags } from './blind.ts';

/** A tag without what others said of it, while its post is being judged; else as it is. */
function asJudged(tag: Tag, { judging }: Hidden): Tag {
  if (judging === null) return tag;
  const reviews = tag.reviews.filter(({ actor, origin }) => personOf(origin?.actor ?? actor) === judging);
  return { ...tag, reviews, state: tagState(reviews) };
}

/** Oldest first, without those that an open sample hides; `hidden`: how many these are. Errors: `post-not-found`. */
export function visibleTags(archive: Archive, postId: string): { tags: Tag[]; hidden: number } {
  const all = readTags(archive, postId);
  const hidden = hiddenTags(archive, postId);
  const tags = all.filter(({ id }) => !hidden.tags.has(id)).map((tag) => asJudged(tag, hidden));
  return { tags, hidden: all.length - tags.length };
}

/** The same of all posts. */
export function allVisibleTags(archive: Archive): { tags: Tag[]; hidden: number } {
  const byPost = new Map<string, Hidden>();
  const tags: Tag[] = [];
  let hidden = 0;
  for (const tag of eachTag(archive)) {
    const known = byPost.get(tag.postId) ?? hiddenTags(archive, tag.postId);
    byPost.set(tag.postId, known);
    if (known.tags.has(tag.id)) hidden += 1;
    else tags.push(asJudged(tag, known));
  }
  return { tags, hidden };
}
