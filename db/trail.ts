/** The trail of pages that were visited under personas. */
import { z } from 'zod';
import {
  type TrailLine,
  type TrailPageDraft,
  type TrailPurge,
  trailLineSchema,
} from '../contract/model/trail.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertTrailPage(db: WritableDb, page: TrailPageDraft): void {
  prepared(
    db,
    `INSERT INTO trail (persona_id, at, url, referrer, sha256, door)
     VALUES (@persona, @at, @url, @referrer, @sha256, @door)`,
  ).run(page);
}

/** Newest first. */
export function listTrail(
  db: ReadableDb,
  persona: string | null,
  offset: number,
  limit: number,
): TrailLine[] {
  return prepared(
    db,
    `SELECT t.id, t.persona_id AS persona, t.at, t.url, t.referrer, t.sha256, t.door, p.name AS personaName,
       (SELECT c.id FROM persona_use AS u JOIN capture AS c ON c.id = u.capture_id
        WHERE u.persona_id = t.persona_id AND c.url = t.url AND c.received_at >= t.at
        ORDER BY c.received_at DESC LIMIT 1) AS captureId
     FROM trail AS t JOIN persona AS p ON p.id = t.persona_id
     WHERE @persona IS NULL OR t.persona_id = @persona
     ORDER BY t.id DESC LIMIT @limit OFFSET @offset`,
  )
    .all({ persona, offset, limit })
    .map((row) => trailLineSchema.parse(row));
}

export function countTrail(db: ReadableDb, persona: string | null): number {
  const count = prepared(db, 'SELECT count(*) FROM trail WHERE @persona IS NULL OR persona_id = @persona');
  return z.number().parse(count.pluck().get({ persona }));
}

/** How many lines were deleted. */
export function deleteTrail(db: WritableDb, { persona, before }: TrailPurge): number {
  return prepared(
    db,
    `DELETE FROM trail
     WHERE (@persona IS NULL OR persona_id = @persona) AND (@before IS NULL OR at < @before)`,
  ).run({ persona, before }).changes;
}
