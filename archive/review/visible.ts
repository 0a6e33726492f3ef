/** The tags of a post as the person at the desk is shown them. */
import type { Tag } from '../../contract/model/tag.ts';
import type { Archive } from '../archive.ts';
import { readTags } from '../tags/read.ts';
import { hiddenTags } from './blind.ts';

/** Oldest first, without those that an open sample hides; `hidden`: how many these are. Errors: `post-not-found`. */
export function visibleTags(archive: Archive, postId: string): { tags: Tag[]; hidden: number } {
  const all = readTags(archive, postId);
  const hidden = hiddenTags(archive, postId).tags;
  const tags = all.filter(({ id }) => !hidden.has(id));
  return { tags, hidden: all.length - tags.length };
}
