/** Tags as they are read: as their events say, with the clause, the flags and the reviews. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Post } from '../../contract/model/post.ts';
import type { Tag } from '../../contract/model/tag.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { getPost } from '../../db/post.ts';
import { listReviews } from '../../db/review.ts';
import { getTag, listTags, pageOfTags, type StoredTag } from '../../db/tag.ts';
import { tagState } from '../../evidence/review/state.ts';
import type { Archive } from '../archive.ts';
import { requirePost } from '../posts.ts';
import { citePackId, citeVersion, titleOf } from './cite.ts';
import { flagsOf } from './flags.ts';

function clauseOf(db: ReadableDb, { clauseId, dated }: StoredTag): Tag['clause'] {
  if (clauseId !== null) return citePackId(db, clauseId);
  return dated === null ? null : citeVersion(db, dated);
}

/** A tag with all that belongs to it; `post`: the one that it stands on. */
export function toTag(db: ReadableDb, stored: StoredTag, post: Pick<Post, 'content'>): Tag {
  const reviews = listReviews(db, stored.id);
  const { clauseId: _, dated, eventSeq: _seq, considered, ...tag } = stored;
  return {
    ...tag,
    clause: clauseOf(db, stored),
    considered: considered.map((answer) => ({ ...answer, title: titleOf(db, answer.key) })),
    flags: flagsOf(db, dated, post.content.postedAt),
    reviews,
    state: tagState(reviews),
  };
}

/** The tags of a post, oldest first. Errors: `post-not-found`. */
export function readTags(archive: Archive, postId: string): Tag[] {
  const post = requirePost(archive, postId);
  return listTags(archive.db, postId).map((stored) => toTag(archive.db, stored, post));
}

/** Errors: `tag-not-found`. */
export function readTag(archive: Archive, tagId: string): Tag {
  const stored = getTag(archive.db, tagId);
  const post = stored === null ? null : getPost(archive.db, stored.postId);
  if (stored === null || post === null) {
    throw new HoldfastError(
      'tag-not-found',
      `There is no tag ${tagId} in this archive. 'holdfast tags ARCHIVE' lists them.`,
    );
  }
  return toTag(archive.db, stored, post);
}

/** All tags, oldest first, one at a time. */
export function* eachTag(archive: Archive): Generator<Tag> {
  const page = 500;
  for (let offset = 0; ; offset += page) {
    const stored = pageOfTags(archive.db, offset, page);
    for (const { id } of stored) yield readTag(archive, id);
    if (stored.length < page) return;
  }
}
