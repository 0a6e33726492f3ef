/** Clauses, and finding one by typing. */
import { z } from 'zod';
import { type Clause, clauseSchema } from '../contract/model/clause.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const columns = 'id, key, platform, policy, title, role, url, summary, pack';

export function insertClause(db: WritableDb, clause: Clause, eventSeq: number): void {
  prepared(
    db,
    `INSERT INTO clause (${columns}, event_seq)
     VALUES (@id, @key, @platform, @policy, @title, @role, @url, @summary, @pack, @eventSeq)`,
  ).run({ ...clause, eventSeq });
}

export function getClauseByKey(db: ReadableDb, key: string): Clause | null {
  const row = prepared(db, `SELECT ${columns} FROM clause WHERE key = ?`).get(key);
  return row === undefined ? null : clauseSchema.parse(row);
}

export function getClause(db: ReadableDb, id: string): Clause | null {
  const row = prepared(db, `SELECT ${columns} FROM clause WHERE id = ?`).get(id);
  return row === undefined ? null : clauseSchema.parse(row);
}

export function clauseAddedAt(db: ReadableDb, id: string): number {
  return z.number().parse(prepared(db, 'SELECT event_seq FROM clause WHERE id = ?').pluck().get(id));
}

/** Clauses whose key, title, policy or summary holds every word of `query`; of one platform, or of all. */
export function findClauses(db: ReadableDb, query: string, platform: string | null): Clause[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return prepared(db, `SELECT ${columns} FROM clause WHERE ? IS NULL OR platform = ? ORDER BY platform, key`)
    .all(platform, platform)
    .map((row) => clauseSchema.parse(row))
    .filter((clause) => {
      const haystack =
        `${clause.key} ${clause.platform} ${clause.policy} ${clause.title} ${clause.summary}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    });
}
