/** Samples that people judge without seeing each other's judgements. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import type { Actor } from '../contract/model/actor.ts';
import { isUnlisted } from './earlier-post.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

export function insertCoding(
  db: WritableDb,
  body: EventBody<'coding.drawn'>,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  const { posts, ...coding } = body;
  prepared(
    db,
    `INSERT INTO coding (event_seq, id, name, seed, population, untagged, posts, session_id, time)
     VALUES (@eventSeq, @coding, @name, @seed, @population, @untagged, @posts, @sessionId, @time)`,
  ).run({ ...coding, posts: posts.length, ...origin });
  const insert = prepared(db, 'INSERT INTO coding_post (coding_id, n, post_id) VALUES (?, ?, ?)');
  for (const [n, post] of posts.entries()) insert.run(body.coding, n, post);
}

const codingRow = z.object({
  id: z.string(),
  name: z.string(),
  seed: z.string(),
  population: z.number(),
  untagged: z.number(),
  posts: z.number(),
  time: z.string(),
  actor: z.string(),
  signer: z.string().nullable(),
});
export interface StoredCoding extends Omit<z.infer<typeof codingRow>, 'actor' | 'signer'> {
  drawnBy: Actor;
}

const select = `SELECT c.id, c.name, c.seed, c.population, c.untagged, c.posts, c.time, s.actor, s.signer
  FROM coding AS c JOIN session AS s ON s.id = c.session_id`;

function parse(raw: unknown): StoredCoding {
  const { actor, signer, ...coding } = codingRow.parse(raw);
  return { ...coding, drawnBy: toActor({ actor, signer }) };
}

/** Newest first. */
export function listCodings(db: ReadableDb): StoredCoding[] {
  return prepared(db, `${select} ORDER BY c.event_seq DESC`).all().map(parse);
}

export function getCoding(db: ReadableDb, id: string): StoredCoding | null {
  const row = prepared(db, `${select} WHERE c.id = ?`).get(id);
  return row === undefined ? null : parse(row);
}

const ids = z.array(z.string());

/** Ids of the drawn posts, in the order in which they are judged. */
export function codingPosts(db: ReadableDb, codingId: string): string[] {
  return ids.parse(
    prepared(db, 'SELECT post_id FROM coding_post WHERE coding_id = ? ORDER BY n').pluck().all(codingId),
  );
}

/** Samples to which a post belongs. */
export function codingsOfPost(db: ReadableDb, postId: string): string[] {
  return ids.parse(prepared(db, 'SELECT coding_id FROM coding_post WHERE post_id = ?').pluck().all(postId));
}

export function isInCoding(db: ReadableDb, codingId: string, postId: string): boolean {
  return (
    prepared(db, 'SELECT 1 FROM coding_post WHERE coding_id = ? AND post_id = ?').get(codingId, postId) !==
    undefined
  );
}

/** Ids of all posts that the library lists, in no order that matters. */
export function everyPost(db: ReadableDb): string[] {
  return ids.parse(
    prepared(db, `SELECT id FROM post AS p WHERE NOT ${isUnlisted('p.n')}`)
      .pluck()
      .all(),
  );
}

const stepRow = z.object({
  person: z.string(),
  what: z.enum(['set', 'withdrawn']),
  tagId: z.string(),
  postId: z.string(),
});
export type CodingStep = z.infer<typeof stepRow>;

/**
 * What coders did within a sample, in the order of the log: judgements, and their own withdrawals of them. `person`
 * null: of all.
 */
export function codingSteps(db: ReadableDb, codingId: string, person: string | null): CodingStep[] {
  return prepared(
    db,
    `SELECT person, 'set' AS what, tag_id AS tagId, post_id AS postId, event_seq AS seq
       FROM judgement WHERE coding_id = @codingId AND (@person IS NULL OR person = @person)
     UNION ALL
     SELECT j.person, 'withdrawn', j.tag_id, j.post_id, r.event_seq
       FROM judgement AS j JOIN review AS r ON r.tag_id = j.tag_id
       WHERE j.coding_id = @codingId AND (@person IS NULL OR j.person = @person)
         AND r.person = j.person AND r.act = 'withdraw'
     ORDER BY seq`,
  )
    .all({ codingId, person })
    .map((row) => stepRow.parse(row));
}

/** How many posts a person said anything of within a sample, withdrawn or not: cheap, and never less than what counts. */
export function countTouched(db: ReadableDb, codingId: string, person: string): number {
  return z
    .number()
    .parse(
      prepared(db, 'SELECT count(DISTINCT post_id) FROM judgement WHERE coding_id = ? AND person = ?')
        .pluck()
        .get(codingId, person),
    );
}

/** Whether some post of the sample has no tag or judgement set in it. */
export function hasUnjudged(db: ReadableDb, codingId: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM coding_post AS p WHERE p.coding_id = @codingId AND NOT EXISTS
    (SELECT 1 FROM judgement AS j WHERE j.coding_id = @codingId AND j.post_id = p.post_id))`;
  return prepared(db, sql).pluck().get({ codingId }) === 1;
}
