/** Sessions: who worked in the archive, as claimed or as proven by a key. */
import { z } from 'zod';
import type { Actor } from '../contract/model/actor.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const sessionRow = z.object({ actor: z.string(), signer: z.string().nullable(), event_seq: z.number() });

export function insertSession(
  db: WritableDb,
  session: { id: string; actor: string; signer: string | null; openedAt: string; eventSeq: number },
): void {
  prepared(
    db,
    'INSERT INTO session (id, actor, signer, opened_at, event_seq) VALUES (@id, @actor, @signer, @openedAt, @eventSeq)',
  ).run(session);
}

/** An actor as two columns say it. */
export function toActor(row: { actor: string; signer: string | null }): Actor {
  return { name: row.actor, basis: row.signer === null ? 'claimed' : 'proven', signer: row.signer };
}

export function getSession(db: ReadableDb, id: string): { actor: Actor; eventSeq: number } | null {
  const row = prepared(db, 'SELECT actor, signer, event_seq FROM session WHERE id = ?').get(id);
  if (row === undefined) return null;
  const parsed = sessionRow.parse(row);
  return { actor: toActor(parsed), eventSeq: parsed.event_seq };
}

/** Names of everyone who opened a session, as claimed or proven, in alphabetical order. */
export function listActors(db: ReadableDb): string[] {
  return prepared(db, 'SELECT DISTINCT actor FROM session ORDER BY actor')
    .pluck()
    .all()
    .map((actor) => z.string().parse(actor));
}

/** Who works in a session, as `personOf` names it. */
export function personOfSession(db: ReadableDb, id: string): string {
  return z
    .string()
    .parse(
      prepared(db, `SELECT coalesce(signer, 'name:' || actor) FROM session WHERE id = ?`).pluck().get(id),
    );
}
