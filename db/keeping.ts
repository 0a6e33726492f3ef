/** Legal holds, and until when captures are kept. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { type Held, heldSchema, type Retained, retainedSchema } from '../contract/model/purge.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

export function setHold(db: WritableDb, body: EventBody<'hold.set'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO legal_hold (event_seq, capture_id, because, session_id, time)
     VALUES (@eventSeq, @capture, @because, @sessionId, @time)`,
  ).run({ ...body, ...origin });
}

export function liftHold(db: WritableDb, body: EventBody<'hold.lifted'>, eventSeq: number): void {
  prepared(
    db,
    `UPDATE legal_hold SET lifted_seq = @eventSeq, lifted_because = @because
     WHERE capture_id = @capture AND lifted_seq IS NULL`,
  ).run({ ...body, eventSeq });
}

export function setRetention(db: WritableDb, body: EventBody<'retention.set'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO retention (capture_id, until, because, session_id, time, event_seq)
     VALUES (@capture, @until, @because, @sessionId, @time, @eventSeq)
     ON CONFLICT (capture_id) DO UPDATE SET until = excluded.until, because = excluded.because,
       session_id = excluded.session_id, time = excluded.time, event_seq = excluded.event_seq`,
  ).run({ ...body, ...origin });
}

const actor = { actor: z.string(), signer: z.string().nullable() };
const heldRow = z.object({ ...heldSchema.omit({ by: true }).shape, ...actor });
const retainedRow = z.object({ ...retainedSchema.omit({ by: true }).shape, ...actor });

/** Holds in force, the newest first; `captureId` null: of all captures. */
export function listHolds(db: ReadableDb, captureId: string | null = null): Held[] {
  return prepared(
    db,
    `SELECT h.capture_id AS captureId, h.because, h.time AS at, s.actor, s.signer
     FROM legal_hold AS h JOIN session AS s ON s.id = h.session_id
     WHERE h.lifted_seq IS NULL AND (@captureId IS NULL OR h.capture_id = @captureId) ORDER BY h.event_seq DESC`,
  )
    .all({ captureId })
    .map((raw) => {
      const { actor: name, signer, ...row } = heldRow.parse(raw);
      return { ...row, by: toActor({ actor: name, signer }) };
    });
}

/** Captures that are there and have a date, the earliest first; `captureId` null: all of them. */
export function listRetained(db: ReadableDb, captureId: string | null = null): Retained[] {
  return prepared(
    db,
    `SELECT r.capture_id AS captureId, r.until, r.because, r.time AS at, s.actor, s.signer
     FROM retention AS r JOIN session AS s ON s.id = r.session_id JOIN capture AS c ON c.id = r.capture_id
     WHERE r.until IS NOT NULL AND (@captureId IS NULL OR r.capture_id = @captureId)
     ORDER BY r.until, r.event_seq`,
  )
    .all({ captureId })
    .map((raw) => {
      const { actor: name, signer, ...row } = retainedRow.parse(raw);
      return { ...row, by: toActor({ actor: name, signer }) };
    });
}
