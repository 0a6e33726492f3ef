/** The phrase list: words that suggest a clause wherever they stand. A suggestion is no tag until a person sets it. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Phrase, Suggestion } from '../../contract/model/tag.ts';
import { inTransaction } from '../../db/handle.ts';
import { hasPhrase, type StoredPhrase, listPhrases as storedPhrases } from '../../db/phrase.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { requireKey } from '../policies/notes.ts';
import { requirePost } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { readTags } from '../tags/read.ts';
import { hiddenTags } from './blind.ts';
import { clauseTitle } from './clause-title.ts';
import { findPhrase, foldedPhrase, searchable } from './find-phrase.ts';

function withTitle(archive: Archive, phrase: StoredPhrase): Phrase {
  return { ...phrase, clauseTitle: clauseTitle(archive, phrase.clauseKey) };
}

/** Oldest first. */
export function listPhrases(archive: Archive): Phrase[] {
  return storedPhrases(archive.db).map((phrase) => withTitle(archive, phrase));
}

/**
 * Errors: `clause-not-found`; `bad-input` for a phrase without a letter or sign, one that is too long, or one that
 * suggests the same clause already, if in another spelling.
 */
export function addPhrase(archive: Archive, draft: { text: string; clauseKey: string }): Phrase {
  const text = draft.text.trim().toWellFormed();
  const folded = foldedPhrase(text);
  if (folded === '' || text.length > 300) {
    throw new HoldfastError(
      'bad-input',
      'A phrase has 1 to 300 characters, of which at least one can be seen. Type the words to look for.',
    );
  }
  requireKey(archive, draft.clauseKey);
  const { clauseKey } = draft;
  const known = storedPhrases(archive.db).find(
    (phrase) => phrase.clauseKey === clauseKey && foldedPhrase(phrase.text) === folded,
  );
  if (known !== undefined) {
    throw new HoldfastError('bad-input', `'${known.text}' stands in the list for this clause already.`);
  }
  const id = newId();
  inTransaction(archive.db, () => recordEvent(archive, 'phrase.added', { phrase: id, text, key: clauseKey }));
  return withTitle(archive, { id, text, clauseKey });
}

/** Errors: `phrase-not-found` for one that never stood in the list; one that was taken off it may have suggested a tag. */
export function requirePhrase(archive: Archive, phraseId: string): void {
  if (!hasPhrase(archive.db, phraseId)) throw phraseNotFound(phraseId);
}

function phraseNotFound(phraseId: string): HoldfastError {
  return new HoldfastError(
    'phrase-not-found',
    `There is no phrase ${phraseId} in the list. 'holdfast phrase list' shows them.`,
  );
}

/** Takes a phrase off the list; that it stood there stays in the log. Errors: `phrase-not-found`. */
export function removePhrase(archive: Archive, phraseId: string): void {
  if (!storedPhrases(archive.db).some(({ id }) => id === phraseId)) throw phraseNotFound(phraseId);
  inTransaction(archive.db, () => recordEvent(archive, 'phrase.removed', { phrase: phraseId }));
}

/**
 * Where phrases of the list stand in the text of a post, in its order, without those for which a tag by the same clause
 * covers just these words. Errors: `post-not-found`.
 */
export function suggest(archive: Archive, postId: string): Suggestion[] {
  const text = searchable(requirePost(archive, postId).content.text);
  const hidden = hiddenTags(archive, postId).tags;
  const place = (key: string, { start, end }: { start: number; end: number }): string =>
    `${start} ${end} ${key}`;
  const tagged = new Set(
    readTags(archive, postId)
      .filter(({ id }) => !hidden.has(id))
      .flatMap(({ clause, quotes }) => quotes.map((quote) => place(clause?.key ?? '', quote))),
  );
  return listPhrases(archive)
    .flatMap((phrase) =>
      findPhrase(text, foldedPhrase(phrase.text)).map((quote): Suggestion => ({ phrase, quote })),
    )
    .filter(({ phrase, quote }) => !tagged.has(place(phrase.clauseKey, quote)))
    .sort((a, b) => a.quote.start - b.quote.start || b.quote.end - a.quote.end);
}
