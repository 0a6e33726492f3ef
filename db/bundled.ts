/** Places in the log of what goes along with posts in a bundle. */
import { z } from 'zod';
import { prepared, type ReadableDb } from './handle.ts';

function places(rows: unknown[]): number[] {
  return rows.map((seq) => z.number().parse(seq));
}

/** The tags of a post, oldest first. */
export function tagEvents(db: ReadableDb, postId: string): number[] {
  return places(
    prepared(db, 'SELECT event_seq FROM tag WHERE post_id = ? ORDER BY event_seq').pluck().all(postId),
  );
}

/** The reviews of these tags, oldest first. */
export function reviewEvents(db: ReadableDb, tags: readonly string[]): number[] {
  const sql = `SELECT event_seq FROM review WHERE tag_id IN (SELECT value FROM json_each(?)) ORDER BY event_seq`;
  return places(prepared(db, sql).pluck().all(JSON.stringify(tags)));
}

/** When these phrases were added, oldest first. */
export function phraseEvents(db: ReadableDb, phrases: readonly string[]): number[] {
  const sql = `SELECT event_seq FROM phrase WHERE id IN (SELECT value FROM json_each(?)) ORDER BY event_seq`;
  return places(prepared(db, sql).pluck().all(JSON.stringify(phrases)));
}

/** Reports that name at least one of these posts, oldest first. */
export function reportEvents(db: ReadableDb, posts: readonly string[]): number[] {
  const sql = `SELECT DISTINCT report_seq FROM report_post WHERE post_id IN (SELECT value FROM json_each(?))
    ORDER BY report_seq`;
  return places(prepared(db, sql).pluck().all(JSON.stringify(posts)));
}

/** Where a policy was added. */
export function policyEvent(db: ReadableDb, policyId: string): number {
  return z.number().parse(prepared(db, 'SELECT event_seq FROM policy WHERE id = ?').pluck().get(policyId));
}

/** Statements about clauses with these keys, oldest first. */
export function statementEvents(db: ReadableDb, keys: readonly string[]): number[] {
  const sql = `SELECT event_seq FROM statement WHERE key IN (SELECT value FROM json_each(?)) ORDER BY event_seq`;
  return places(prepared(db, sql).pluck().all(JSON.stringify(keys)));
}

/** Links from or to clauses with these keys, oldest first. */
export function linkEvents(db: ReadableDb, keys: readonly string[]): number[] {
  const sql = `SELECT event_seq FROM clause_link WHERE from_key IN (SELECT value FROM json_each(@keys))
      OR to_key IN (SELECT value FROM json_each(@keys)) ORDER BY event_seq`;
  return places(
    prepared(db, sql)
      .pluck()
      .all({ keys: JSON.stringify(keys) }),
  );
}

/** Where a tag was recorded, by its id, which it keeps in every archive; null: not here. */
export function tagEvent(db: ReadableDb, tagId: string): number | null {
  return place(prepared(db, 'SELECT event_seq FROM tag WHERE id = ?').pluck().get(tagId));
}

/** Where a review was recorded, likewise. */
export function reviewEvent(db: ReadableDb, reviewId: string): number | null {
  return place(prepared(db, 'SELECT event_seq FROM review WHERE id = ?').pluck().get(reviewId));
}

function place(row: unknown): number | null {
  return row === undefined ? null : z.number().parse(row);
}
