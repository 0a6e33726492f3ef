/** Tagging a post. */
import { HoldfastError } from '../contract/errors.ts';
import type { Quote } from '../contract/model/clause.ts';
import type { Tag } from '../contract/model/tag.ts';
import { getClauseByKey } from '../db/clause.ts';
import { inTransaction } from '../db/handle.ts';
import { getPost } from '../db/post.ts';
import { listTags as tagsOf } from '../db/tag.ts';
import { newId } from '../evidence/id.ts';
import type { Archive } from './archive.ts';
import { recordEvent } from './record.ts';

/** Errors: `post-not-found`. */
export function requirePost(archive: Archive, postId: string) {
  const post = getPost(archive.db, postId);
  if (post === null) throw new HoldfastError('post-not-found', `There is no post ${postId} in this archive.`);
  return post;
}

/**
 * Where `quoted` stands in `text`, as offsets in code points; the first place when there are several.
 * Errors: `quote-not-in-post`.
 */
export function findQuote(text: string, quoted: string): Quote {
  const at = quoted === '' ? -1 : text.indexOf(quoted);
  if (at < 0) {
    throw new HoldfastError(
      'quote-not-in-post',
      'These words do not stand in the text of the post. Quote them exactly, with their spelling and spaces.',
    );
  }
  const start = [...text.slice(0, at)].length;
  return { text: quoted, start, end: start + [...quoted].length };
}

function checkQuote(text: string, quote: Quote): void {
  const found = [...text].slice(quote.start, quote.end).join('');
  if (found !== quote.text) {
    throw new HoldfastError(
      'quote-not-in-post',
      `At ${quote.start}–${quote.end} the post does not say the quoted words. Select them again.`,
    );
  }
}

/**
 * Sets a tag: this post, this clause, these words (null: the post as a whole), because.
 * Offsets are in code points of the post's text. Errors: `post-not-found`, `clause-not-found`, `quote-not-in-post`,
 * `bad-input`.
 */
export function addTag(
  archive: Archive,
  draft: { postId: string; clauseKey: string; quote: Quote | null; because: string },
): Tag {
  const post = requirePost(archive, draft.postId);
  const clause = getClauseByKey(archive.db, draft.clauseKey);
  if (clause === null) {
    throw new HoldfastError(
      'clause-not-found',
      `There is no clause '${draft.clauseKey}' in this archive. \`holdfast clauses ARCHIVE\` lists them.`,
    );
  }
  if (draft.quote !== null) checkQuote(post.content.text, draft.quote);
  const because = draft.because.trim();
  if (because === '') throw new HoldfastError('bad-input', 'Say why: a tag needs its reason.');
  const tagId = newId();
  inTransaction(archive.db, () =>
    recordEvent(archive, 'tag.set', {
      tag: tagId,
      post: post.id,
      clause: clause.id,
      quote: draft.quote,
      because: because.toWellFormed(),
    }),
  );
  const tag = listTags(archive, post.id).find(({ id }) => id === tagId);
  if (tag === undefined) throw new Error('the tag that was just recorded is not there');
  return tag;
}

/** The tags of a post, oldest first. Errors: `post-not-found`. */
export function listTags(archive: Archive, postId: string): Tag[] {
  requirePost(archive, postId);
  return tagsOf(archive.db, postId).map(({ tag }) => tag);
}
