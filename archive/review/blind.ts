/**
 * What a coder is not shown while a sample is open: a courtesy of the program, so that people judge by themselves. It
 * is no secrecy: whoever holds the archive can read its log.
 */
import {
  codingPosts,
  codingSteps,
  codingsOfPost,
  countTouched,
  getCoding,
  listCodings,
} from '../../db/coding.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { judgementsOf } from '../../db/judgement.ts';
import type { Archive } from '../archive.ts';
import { personAtDesk } from './person.ts';
import { progressOf } from './progress.ts';

/** Samples of which the person at the desk asked for a post in this session: they judge from then on. */
const begun = new WeakMap<ReadableDb, Set<string>>();

/** From here on, in this session, what others said of the posts of this sample is not shown until all are judged. */
export function begin(archive: Archive, codingId: string): void {
  const known = begun.get(archive.db) ?? new Set<string>();
  begun.set(archive.db, known.add(codingId));
}

type Standing = 'done' | 'under-way' | 'not-begun';

/** How a person stands to a sample. */
function standing(archive: Archive, codingId: string, person: string): Standing {
  const { db } = archive;
  const touched = countTouched(db, codingId, person);
  // Most samples are told by this alone, without going through every judgement.
  if (touched === (getCoding(db, codingId)?.posts ?? 0)) {
    const posts = new Set(codingPosts(db, codingId));
    if (progressOf(codingSteps(db, codingId, person), posts).isDone) return 'done';
  }
  return touched > 0 || begun.get(db)?.has(codingId) ? 'under-way' : 'not-begun';
}

export interface OpenCodings {
  person: string;
  /** Samples of which the person has not judged every post: judgements within them by others are not shown. */
  sealed: string[];
  /** Those of which the person is judging the posts: nothing that others said of these is shown. */
  underWay: string[];
}

/** The samples that are open for the person at the desk; of these, or all. */
export function openCodings(archive: Archive, among: readonly string[] | null = null): OpenCodings {
  const person = personAtDesk(archive);
  const ids = among ?? listCodings(archive.db).map(({ id }) => id);
  const standings = ids.map((id) => ({ id, is: standing(archive, id, person) }));
  return {
    person,
    sealed: standings.filter(({ is }) => is !== 'done').map(({ id }) => id),
    underWay: standings.filter(({ is }) => is === 'under-way').map(({ id }) => id),
  };
}

export interface Hidden {
  /** Ids of the tags that are not shown. */
  tags: ReadonlySet<string>;
  /** The person who is judging the post: of their own tags only their own reviews are shown. Null: nobody is. */
  judging: string | null;
  /** For people. */
  why: string;
}

/** The tags of a post that are not shown to the person at the desk, and why. */
export function hiddenTags(archive: Archive, postId: string): Hidden {
  const ids = codingsOfPost(archive.db, postId);
  if (ids.length === 0) return { tags: new Set(), judging: null, why: '' };
  const { person, sealed, underWay } = openCodings(archive, ids);
  const hidden = judgementsOf(archive.db, postId).filter(
    (tag) =>
      tag.person !== person && (underWay.length > 0 || (tag.coding !== null && sealed.includes(tag.coding))),
  );
  const names = sealed.map((id) => `'${getCoding(archive.db, id)?.name ?? id}'`).join(', ');
  return {
    tags: new Set(hidden.map(({ tagId }) => tagId)),
    judging: underWay.length > 0 ? person : null,
    why: `This post belongs to the sample ${names}. What others said of it is shown when you have judged every post of the sample.`,
  };
}
