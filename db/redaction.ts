/** What is withheld from bundles. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { hidesSchema, type Redaction, redactionSchema } from '../contract/model/redaction.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

export function insertRedaction(
  db: WritableDb,
  { hides, ...body }: EventBody<'redaction.made'>,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO redaction (event_seq, id, capture_id, hides, because, session_id, time)
     VALUES (@eventSeq, @redaction, @capture, @hides, @because, @sessionId, @time)`,
  ).run({ ...body, ...origin, hides: JSON.stringify(hides) });
}

export function markRedactionLifted(
  db: WritableDb,
  { redaction }: EventBody<'redaction.lifted'>,
  eventSeq: number,
): void {
  prepared(db, 'UPDATE redaction SET lifted_seq = ? WHERE id = ?').run(eventSeq, redaction);
}

const row = z.object({
  id: z.string(),
  captureId: z.string(),
  hides: z.string(),
  because: z.string(),
  actor: z.string(),
  signer: z.string().nullable(),
  time: z.string(),
  lifted: z.number(),
});

/** Oldest first; of these captures, or of all. */
export function listRedactionRows(db: ReadableDb, captures: readonly string[] | null): Redaction[] {
  return prepared(
    db,
    `SELECT r.id, r.capture_id AS captureId, r.hides, r.because, s.actor, s.signer, r.time,
       r.lifted_seq IS NOT NULL AS lifted
     FROM redaction AS r JOIN session AS s ON s.id = r.session_id
     WHERE @captures IS NULL OR r.capture_id IN (SELECT value FROM json_each(@captures)) ORDER BY r.event_seq`,
  )
    .all({ captures: captures === null ? null : JSON.stringify(captures) })
    .map((raw) => {
      const { hides, actor, signer, lifted, ...each } = row.parse(raw);
      return redactionSchema.parse({
        ...each,
        hides: hidesSchema.parse(JSON.parse(hides)),
        actor: toActor({ actor, signer }),
        lifted: lifted === 1,
      });
    });
}
