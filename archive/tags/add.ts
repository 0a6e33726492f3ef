/** Setting a tag: this post, this clause, these words, because. */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventBody } from '../../contract/events.ts';
import type { Post } from '../../contract/model/post.ts';
import type { Considered, Tag, TagDraft, TaggedAccount } from '../../contract/model/tag.ts';
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { requirePost } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { requireInCoding } from '../review/coding.ts';
import { requirePhrase } from '../review/phrases.ts';
import { type Citation, citationFor } from './prepare.ts';
import { checkedQuotes } from './quotes.ts';
import { readTag } from './read.ts';

/** What a person says when tagging; what is left out is said as the contract's defaults have it. */
export type NewTag = Pick<TagDraft, 'postId' | 'clauseKey' | 'because'> & Partial<TagDraft>;
export type NewJudgement = Omit<NewTag, 'postId' | 'quotes' | 'account'>;

/** Errors: `bad-input` where no reason is given, or a breach of no clause is claimed. */
export function checkedReason({
  because,
  clauseKey,
  finding = 'breach',
  considered = [],
}: NewJudgement): string {
  const reason = because.trim().toWellFormed();
  if (reason === '') throw new HoldfastError('bad-input', 'Say why: a tag needs its reason.');
  if (clauseKey === null && finding === 'breach') {
    throw new HoldfastError(
      'bad-input',
      "Name the clause that was assessed as breached; only 'no violation' and 'unclear' go without one.",
    );
  }
  if (clauseKey === null && considered.length > 0) {
    throw new HoldfastError('bad-input', 'Exceptions are answered for a clause; name the clause.');
  }
  const keys = new Set(considered.map(({ key }) => key));
  if (keys.size < considered.length)
    throw new HoldfastError('bad-input', 'An exception is answered twice. Answer each once.');
  return reason;
}

function accountOf({ content: { author, platform } }: Post): TaggedAccount {
  const { platformId, handle } = author;
  if (platformId === null && handle === null) {
    throw new HoldfastError(
      'bad-input',
      'The source does not say which account wrote this post, so the account cannot be tagged by it.',
    );
  }
  return { platform, platformId, handle };
}

/** Every exception that is linked, as answered; those without an answer as not considered. */
function answers(linked: readonly string[], given: readonly Considered[]): Considered[] {
  return linked.map((key) => {
    const { answer, because } = given.find((answered) => answered.key === key) ?? {
      answer: 'not-considered' as const,
      because: null,
    };
    return { key, answer, because: because?.trim().toWellFormed() || null };
  });
}

export function refuseUnlinked(
  clauseKey: string | null,
  linked: ReadonlySet<string>,
  given: readonly Considered[],
): void {
  const unknown = given.find(({ key }) => !linked.has(key));
  if (unknown === undefined) return;
  throw new HoldfastError(
    'bad-input',
    `'${unknown.key}' is not linked to '${clauseKey}' as an exception. 'holdfast policy link ARCHIVE EXCEPTION RULE --kind limits' links them.`,
  );
}

/** The event of a tag. What says nothing is left out of it. */
export function tagBody(
  draft: NewTag,
  {
    post,
    reason,
    citation,
    batch,
  }: { post: Post; reason: string; citation: Citation | null; batch?: string },
): EventBody<'tag.set'> {
  const [quote = null, ...quotes] = checkedQuotes(post.content.text, draft.quotes ?? []);
  const { finding = 'breach', sure = null, coding = null, phrase = null } = draft;
  const considered = answers(citation?.exceptions ?? [], draft.considered ?? []);
  const dated =
    citation === null || citation.version === null || citation.part === null
      ? null
      : { key: citation.key, version: citation.version, part: citation.part };
  return {
    tag: newId(),
    post: post.id,
    clause: citation?.found.pack?.id ?? null,
    quote,
    because: reason,
    ...(quotes.length > 0 && { quotes }),
    ...(dated !== null && { dated }),
    ...(finding !== 'breach' && { finding }),
    ...(sure !== null && { sure }),
    ...(draft.account === true && { account: accountOf(post) }),
    ...(considered.length > 0 && { considered }),
    ...(citation !== null && { dates: citation.dates }),
    ...(batch !== undefined && { batch }),
    ...(coding !== null && { coding }),
    ...(phrase !== null && { phrase }),
  };
}

/** Errors: `coding-not-found`, `phrase-not-found`; `bad-input` where the post was not drawn for the sample. */
export function checkContext(
  archive: Archive,
  { coding = null, phrase = null, postId }: Pick<NewTag, 'coding' | 'phrase' | 'postId'>,
): void {
  if (coding !== null) requireInCoding(archive, coding, postId);
  if (phrase !== null) requirePhrase(archive, phrase);
}

/**
 * Sets a tag. Quotes: offsets in code points of the post's text, proven by the words; none: the post as a whole. Of the
 * clause it is kept whether it was in force at the times of the post, and how each linked exception was answered.
 * Errors: `post-not-found`, `clause-not-found`, `quote-not-in-post`, `bad-input`,
 * `coding-not-found`, `phrase-not-found`.
 */
export function addTag(archive: Archive, draft: NewTag): Tag {
  const reason = checkedReason(draft);
  checkContext(archive, draft);
  const post = requirePost(archive, draft.postId);
  const citation = draft.clauseKey === null ? null : citationFor(archive.db, post, draft.clauseKey);
  refuseUnlinked(draft.clauseKey, new Set(citation?.exceptions), draft.considered ?? []);
  const body = tagBody(draft, { post, reason, citation });
  inTransaction(archive.db, () => recordEvent(archive, 'tag.set', body));
  return readTag(archive, body.tag);
}
