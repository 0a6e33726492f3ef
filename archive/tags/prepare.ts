/** What a tag by a clause would cite, before it is set. */
import type { Post } from '../../contract/model/post.ts';
import type { CitedClause, TagPreparation } from '../../contract/model/tag.ts';
import type { ReadableDb } from '../../db/handle.ts';
import type { Archive } from '../archive.ts';
import { requirePost } from '../posts.ts';
import {
  citePack,
  citeVersion,
  exceptionKeys,
  type FoundClause,
  findClauseByKey,
  partIn,
  requireClause,
} from './cite.ts';
import { type Dating, dateClause } from './dates.ts';
import { type PostTime, timesOf } from './times.ts';

/** A clause at the times of a post: what a tag by it records. */
export interface Citation extends Dating {
  key: string;
  found: FoundClause;
  /** The part of `version`. */
  part: number | null;
  /** Keys of the linked exceptions. */
  exceptions: string[];
  times: readonly PostTime[];
}

/** Errors: `clause-not-found`. */
export function citationFor(db: ReadableDb, post: Post, key: string): Citation {
  const found = requireClause(db, key);
  const times = timesOf(db, post);
  const dating = dateClause(db, key, found, times);
  const { version } = dating;
  const part = found.life === null || version === null ? null : partIn(found.life, version);
  const exceptions = exceptionKeys(db, key, version).filter((from) => findClauseByKey(db, from) !== null);
  return { ...dating, key, found, part, exceptions, times };
}

function cite(db: ReadableDb, key: string, found: FoundClause, version: string | null): CitedClause {
  if (found.pack !== null) return citePack(found.pack);
  const part = version === null ? null : partIn(found.life, version);
  if (version === null || part === null) throw new Error(`no version has the clause ${key}`);
  return citeVersion(db, { key, version, part });
}

/** In the version that the rule is cited in; else, as the rule itself would be, by the times of the post. */
function citeException(db: ReadableDb, key: string, { version, times }: Citation): CitedClause {
  const found = requireClause(db, key);
  const isBeside = found.life !== null && version !== null && partIn(found.life, version) !== null;
  return cite(db, key, found, isBeside ? version : dateClause(db, key, found, times).version);
}

/**
 * What to show before a tag is saved: the clause as it would be cited, whether it was in force at the three times of the
 * post, and the exceptions that ask for an answer. Errors: `post-not-found`, `clause-not-found`.
 */
export function prepareTag(archive: Archive, postId: string, clauseKey: string): TagPreparation {
  const { db } = archive;
  const citation = citationFor(db, requirePost(archive, postId), clauseKey);
  return {
    clause: cite(db, clauseKey, citation.found, citation.version),
    dates: citation.dates,
    exceptions: citation.exceptions.map((key) => citeException(db, key, citation)),
  };
}
