/** Posts of earlier readings of a capture that a later reading reads otherwise, or does not find. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import type { EarlierPost, LaterReading } from '../contract/model/post.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

/** After the posts of the reading are there. What was set aside and is found again is listed as before. */
export function applyAgain(
  db: WritableDb,
  { reading, again }: Pick<EventBody<'reading.made'>, 'reading' | 'again'>,
): void {
  if (again === undefined) return;
  for (const post of again.kept.posts) prepared(db, 'DELETE FROM earlier_post WHERE post_id = ?').run(post);
  const aside = [...again.replaces, ...again.gone.map((post) => ({ post, by: null }))];
  for (const { post, by } of aside) {
    prepared(
      db,
      `INSERT OR REPLACE INTO earlier_post (n, post_id, by_post, reading_id)
       SELECT n, id, ?, ? FROM post WHERE id = ?`,
    ).run(by, reading, post);
  }
}

/** As SQL: whether a post is set aside and nobody tagged it. `n`: the expression for its number. */
export function isUnlisted(n: string): string {
  return `EXISTS (SELECT 1 FROM earlier_post AS e WHERE e.n = ${n}
    AND NOT EXISTS (SELECT 1 FROM tag AS et WHERE et.post_id = e.post_id))`;
}

/** As SQL: how many posts are not listed. */
export const unlisted =
  'SELECT count(*) FROM earlier_post AS e WHERE NOT EXISTS (SELECT 1 FROM tag AS t WHERE t.post_id = e.post_id)';

export function countUnlisted(db: ReadableDb): number {
  return z.number().parse(prepared(db, unlisted).pluck().get());
}

/** Ids of the posts of a capture that a later reading set aside, tagged ones included. */
export function asideIn(db: ReadableDb, captureId: string): Set<string> {
  const rows = prepared(
    db,
    'SELECT e.post_id FROM earlier_post AS e JOIN post AS p ON p.n = e.n WHERE p.capture_id = ?',
  )
    .pluck()
    .all(captureId);
  return new Set(z.array(z.string()).parse(rows));
}

const laterRow = z.object({
  postId: z.string().nullable(),
  reader: z.string(),
  version: z.string(),
  time: z.string(),
});

/** What a later reading says of a post; null where none says anything else. */
export function laterReadingOf(db: ReadableDb, postId: string): LaterReading | null {
  const row = prepared(
    db,
    `SELECT e.by_post AS postId, g.reader, g.reader_version AS version, v.time
     FROM earlier_post AS e JOIN reading AS g ON g.id = e.reading_id JOIN event AS v ON v.seq = g.event_seq
     WHERE e.post_id = ?`,
  ).get(postId);
  if (row === undefined) return null;
  const { postId: by, reader: name, version, time } = laterRow.parse(row);
  return { postId: by, reader: { name, version }, time };
}

const earlierRow = z.object({
  postId: z.string(),
  reader: z.string(),
  version: z.string(),
  tagCount: z.number(),
});

/** The same post as earlier readings of the capture have it, the latest first. */
export function earlierPostsOf(db: ReadableDb, postId: string): EarlierPost[] {
  return prepared(
    db,
    `WITH RECURSIVE chain (id) AS (
       SELECT post_id FROM earlier_post WHERE by_post = @postId
       UNION SELECT e.post_id FROM earlier_post AS e JOIN chain AS c ON e.by_post = c.id LIMIT 100)
     SELECT p.id AS postId, g.reader, g.reader_version AS version,
       (SELECT count(*) FROM tag AS t WHERE t.post_id = p.id) AS tagCount
     FROM chain AS c JOIN post AS p ON p.id = c.id JOIN reading AS g ON g.id = p.reading_id
     WHERE p.id <> @postId ORDER BY p.n DESC`,
  )
    .all({ postId })
    .map((row) => {
      const { reader: name, version, ...rest } = earlierRow.parse(row);
      return { ...rest, reader: { name, version } };
    });
}
