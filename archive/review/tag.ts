/** A tag by its id. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Tag } from '../../contract/model/tag.ts';
import { getJudgement } from '../../db/judgement.ts';
import type { Archive } from '../archive.ts';
import { listTags } from '../tags.ts';

/** Errors: `tag-not-found`. */
export function tagById(archive: Archive, tagId: string): Tag {
  const judgement = getJudgement(archive.db, tagId);
  const tag =
    judgement === null ? undefined : listTags(archive, judgement.postId).find(({ id }) => id === tagId);
  if (tag === undefined)
    throw new HoldfastError(
      'tag-not-found',
      `There is no tag ${tagId} in this archive. Look up its id again.`,
    );
  return tag;
}
