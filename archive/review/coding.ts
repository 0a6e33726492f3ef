/** Samples that two or more people judge without seeing each other's judgements, and how often they agree. */
import { randomBytes } from 'node:crypto';
import { HoldfastError } from '../../contract/errors.ts';
import type { Actor } from '../../contract/model/actor.ts';
import type { Coding, CodingResult, Tag } from '../../contract/model/tag.ts';
import {
  type CodingStep,
  codingPosts,
  codingSteps,
  everyPost,
  getCoding,
  isInCoding,
  type StoredCoding,
  listCodings as storedCodings,
} from '../../db/coding.ts';
import { inTransaction } from '../../db/handle.ts';
import { countUntagged, getPostLines } from '../../db/post.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { readTag } from '../tags/read.ts';
import { agreement, isSame, type Said, saidOf } from './agreement.ts';
import { begin } from './blind.ts';
import { draw } from './draw.ts';
import { personAtDesk } from './person.ts';
import { type Progress, progressOf } from './progress.ts';

/** Errors: `coding-not-found`. */
function requireCoding(archive: Archive, codingId: string): StoredCoding {
  const coding = getCoding(archive.db, codingId);
  if (coding !== null) return coding;
  throw new HoldfastError(
    'coding-not-found',
    `There is no sample ${codingId} in this archive. 'holdfast coding list' shows them.`,
  );
}

/**
 * Draws `posts` from all posts of the archive, tagged or not. `seed` null: a new one, by chance.
 * Errors: `nothing-to-do` without a post, `bad-input` where there are fewer posts than asked for.
 */
export function drawCoding(
  archive: Archive,
  { name, posts, seed }: { name: string; posts: number; seed: string | null },
): Coding {
  const given = name.trim().toWellFormed();
  if (given === '' || given.length > 200)
    throw new HoldfastError('bad-input', 'Give the sample a name of 1 to 200 characters.');
  const all = everyPost(archive.db);
  if (all.length === 0)
    throw new HoldfastError('nothing-to-do', 'There is no post to draw from. Capture or import some first.');
  if (posts > all.length) {
    throw new HoldfastError(
      'bad-input',
      `There are ${all.length} posts in the archive, fewer than the ${posts} asked for. Draw ${all.length} or fewer.`,
    );
  }
  if (!Number.isInteger(posts) || posts < 1 || posts > 10_000)
    throw new HoldfastError('bad-input', 'A sample has 1 to 10,000 posts.');
  const id = newId();
  const chosen = seed ?? randomBytes(32).toString('hex');
  const drawn = draw(nodeSha256, chosen, all, posts);
  inTransaction(archive.db, () =>
    recordEvent(archive, 'coding.drawn', {
      coding: id,
      name: given,
      seed: chosen,
      population: all.length,
      untagged: countUntagged(archive.db, drawn),
      posts: drawn,
    }),
  );
  return describe(archive, requireCoding(archive, id));
}

/** The samples, newest first. */
export function listCodings(archive: Archive): Coding[] {
  return storedCodings(archive.db).map((coding) => describe(archive, coding));
}

interface Coder {
  person: string;
  progress: Progress;
}

/** Everyone who judged a post of it, in the order in which they began. */
function codersOf(archive: Archive, codingId: string): Coder[] {
  const posts = new Set(codingPosts(archive.db, codingId));
  const steps = new Map<string, CodingStep[]>();
  for (const step of codingSteps(archive.db, codingId, null)) {
    const known = steps.get(step.person);
    if (known === undefined) steps.set(step.person, [step]);
    else known.push(step);
  }
  return [...steps]
    .map(([person, own]) => ({ person, progress: progressOf(own, posts) }))
    .filter(({ progress }) => progress.judged.size > 0);
}

/** The name of a coder, as the first of their judgements that count has it. */
function actorOf(archive: Archive, { progress }: Coder): Actor {
  const [first] = progress.judged.values();
  const tag = readTag(archive, first?.[0] ?? '');
  return tag.origin?.actor ?? tag.actor;
}

function describe(
  archive: Archive,
  { id, name, seed, population, untagged, posts, drawnBy, time }: StoredCoding,
): Coding {
  const coders = codersOf(archive, id).map((coder) => ({
    actor: actorOf(archive, coder),
    judged: coder.progress.judged.size,
  }));
  return { id, name, seed, population, untagged, posts, drawnBy, time, coders };
}

/**
 * The next post, in the order of the draw, that the person at the desk has not judged; from here on they are coding the
 * sample, and what others said of its posts is not shown to them. Errors: `coding-not-found`.
 */
export function nextInCoding(
  archive: Archive,
  codingId: string,
): { postId: string | null; judged: number; posts: number } {
  requireCoding(archive, codingId);
  const posts = codingPosts(archive.db, codingId);
  const { judged, isDone } = progressOf(
    codingSteps(archive.db, codingId, personAtDesk(archive)),
    new Set(posts),
  );
  begin(archive, codingId);
  const next = isDone ? undefined : posts.find((post) => !judged.has(post));
  return { postId: next ?? null, judged: judged.size, posts: posts.length };
}

/** Errors: `coding-not-found`; `bad-input` where the post was not drawn. */
export function requireInCoding(archive: Archive, codingId: string, postId: string): void {
  const { name } = requireCoding(archive, codingId);
  if (!isInCoding(archive.db, codingId, postId)) {
    throw new HoldfastError(
      'bad-input',
      `The post ${postId} does not belong to the sample '${name}'. 'holdfast coding next' names the posts that do.`,
    );
  }
}

/** What each coder said of each post. */
function saidBy({ progress }: Coder, tags: ReadonlyMap<string, Tag>): Map<string, Said> {
  return new Map(
    [...progress.judged].map(([post, ids]) => {
      const own = ids.flatMap((id) => tags.get(id) ?? []);
      return [post, saidOf(own.map(({ finding, clause }) => ({ finding, clause: clause?.key ?? null })))];
    }),
  );
}

/**
 * How often each two coders said the same, over the posts that both judged, and the posts on which any two differ.
 * Errors: `coding-not-found`, `coding-open` before the person at the desk has judged every post.
 */
export function codingResult(archive: Archive, codingId: string): CodingResult {
  const stored = requireCoding(archive, codingId);
  const { name } = stored;
  const coders = codersOf(archive, codingId);
  const own = coders.find(({ person }) => person === personAtDesk(archive))?.progress;
  if (own?.isDone !== true) {
    throw new HoldfastError(
      'coding-open',
      `You have judged ${own?.judged.size ?? 0} of the ${stored.posts} posts of the sample '${name}'. Judge the others first; then you see what everybody said.`,
      { details: { judged: own?.judged.size ?? 0, posts: stored.posts } },
    );
  }
  const ids = coders.flatMap(({ progress }) => [...progress.judged.values()].flat());
  const tags = new Map(ids.map((id) => [id, readTag(archive, id)]));
  const said = coders.map((coder) => ({ actor: actorOf(archive, coder), posts: saidBy(coder, tags) }));
  const pairs = said.flatMap((first, i) =>
    said.slice(i + 1).map((second) => ({
      first: first.actor,
      second: second.actor,
      ...agreement(first.posts, second.posts),
    })),
  );
  const differing = codingPosts(archive.db, codingId).filter((post) => {
    const [first, ...others] = said.flatMap(({ posts }) => posts.get(post) ?? []);
    return first !== undefined && others.some((other) => !isSame(first, other));
  });
  const differ = getPostLines(archive.db, differing).map((post) => ({
    post,
    tags: coders.flatMap(({ progress }) =>
      (progress.judged.get(post.postId) ?? []).flatMap((id) => tags.get(id) ?? []),
    ),
  }));
  return { coding: describe(archive, stored), pairs, differ };
}
