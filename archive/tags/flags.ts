/** What became of a tag's rule since, and how it stands to the post: found anew each time, from the library as it is. */
import { olderPostsWords } from '../../contract/model/policy.ts';
import type { Post } from '../../contract/model/post.ts';
import type { TagFlag } from '../../contract/model/tag.ts';
import { listStatements } from '../../db/clause-note.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { isCounted } from '../../evidence/policy/counting.ts';
import { cameAfter } from '../../evidence/policy/in-force.ts';
import { spanOfStated } from '../../evidence/policy/stated-span.ts';
import { type ClauseLife, lifeOf, loadVersion } from '../policies/library.ts';
import { answerAt, seenText, sightingsOf } from '../policies/lookup.ts';
import { remembering } from '../policies/remembering.ts';

interface Cited {
  version: string;
  part: number;
}

/** Of the clause that the cited words are by now: a person may have said since that they belong to another key. */
function lifeNow(db: ReadableDb, { version, part }: Cited): { key: string; life: ClauseLife } | null {
  const key = loadVersion(db, version).parts[part]?.key ?? null;
  const life = key === null ? null : lifeOf(db, key);
  return key === null || life === null ? null : { key, life };
}

/**
 * Whether the newest text has other words than those cited, or none of this clause: with the version since which it has.
 * It depends on nothing but the library and the words cited.
 */
export function changedSince(db: ReadableDb, cited: Cited): TagFlag | null {
  return changeOf(db, `${cited.version} ${cited.part}`);
}

const changeOf = remembering((db, place): TagFlag | null => {
  const [version = '', part = ''] = place.split(' ');
  const now = lifeNow(db, { version, part: Number(part) });
  if (now === null) return null;
  const { versions, stands } = now.life;
  const wordsIn = (id: string): string | null => stands.get(id)?.words ?? null;
  const words = wordsIn(version);
  const later = versions.slice(versions.findIndex(({ id }) => id === version) + 1).filter(isCounted);
  const newest = later.at(-1);
  if (newest === undefined || wordsIn(newest.id) === words) return null;
  const isDropped = wordsIn(newest.id) === null;
  const isLike = (id: string): boolean => (isDropped ? wordsIn(id) === null : wordsIn(id) !== words);
  const since = later[later.findLastIndex(({ id }) => !isLike(id)) + 1] ?? newest;
  return isDropped
    ? {
        code: 'dropped-since',
        message: `Not in the text any more since the version seen ${seenText(since.seen)}.`,
        version: since.id,
      }
    : {
        code: 'reworded-since',
        message: `Worded otherwise since the version seen ${seenText(since.seen)}.`,
        version: since.id,
      };
});

/** What was said of posts that are older than the clause, a sentence each, after a space. */
function saidOfOlder(db: ReadableDb, key: string): string {
  return listStatements(db, key)
    .map(({ olderPosts, speaker, saidOn }) =>
      olderPosts === undefined
        ? ''
        : ` ${speaker}, ${saidOn}, of older posts: ${olderPostsWords(olderPosts)}.`,
    )
    .join('');
}

/** How the rule stands to the time at which the post was posted. */
function atPosting(db: ReadableDb, cited: Cited, postedAt: Post['content']['postedAt']): TagFlag[] {
  const posted = postedAt === null ? null : spanOfStated(postedAt);
  const now = lifeNow(db, cited);
  if (posted === null || now === null) return [];
  const answer = answerAt(db, now.key, now.life, posted);
  if (answer.inForce === 'yes' || answer.inForce === 'by-statement') return [];
  const flags: TagFlag[] = [];
  const came = cameAfter(sightingsOf(now.life), posted);
  if (came !== null) {
    flags.push({
      code: 'older-than-rule',
      message: `By the texts here, the post is older than the rule. ${came.why}${saidOfOlder(db, now.key)}`,
      version: came.has,
    });
  }
  if (answer.inForce === 'no') {
    flags.push({
      code: 'not-in-force-when-posted',
      message: `The rule was not in force when this was posted. ${answer.why}`,
      version: answer.byText.restsOn[0] ?? null,
    });
  }
  return flags;
}

/** The flags of a tag. None for a clause of a pack, which has no dated words. */
export function flagsOf(
  db: ReadableDb,
  cited: Cited | null,
  postedAt: Post['content']['postedAt'],
): TagFlag[] {
  if (cited === null) return [];
  const changed = changedSince(db, cited);
  return [...(changed === null ? [] : [changed]), ...atPosting(db, cited, postedAt)];
}
