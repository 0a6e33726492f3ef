/** Batches: lists of addresses to capture, and what came of each. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type Batch,
  type BatchItem,
  batchItemSchema,
  batchSchema,
  batchStateSchema,
} from '../contract/model/batch.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

export function insertBatch(
  db: WritableDb,
  { batch, name, addresses }: EventBody<'batch.started'>,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO batch (event_seq, id, name, addresses, session_id, time)
     VALUES (@eventSeq, @batch, @name, @addresses, @sessionId, @time)`,
  ).run({ batch, name, addresses: addresses.length, ...origin });
  const insert = prepared(db, 'INSERT INTO batch_address (batch_id, n, url) VALUES (?, ?, ?)');
  for (const [n, url] of addresses.entries()) insert.run(batch, n, url);
}

export function markTried(db: WritableDb, { batch, n, capture, outcome }: EventBody<'batch.tried'>): void {
  const { changes } = prepared(
    db,
    'UPDATE batch_address SET outcome = ?, capture_id = ?, tries = tries + 1 WHERE batch_id = ? AND n = ?',
  ).run(outcome, capture, batch, n);
  if (changes !== 1) throw new Error(`the batch ${batch} has no address ${n}`);
}

export function markBatchEnded(db: WritableDb, { batch }: EventBody<'batch.ended'>, eventSeq: number): void {
  prepared(db, 'UPDATE batch SET ended_seq = ? WHERE id = ?').run(eventSeq, batch);
}

const batchRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  startedAt: z.string(),
  addresses: z.number(),
  ended: z.number(),
  actor: z.string(),
  signer: z.string().nullable(),
});
const countRow = z.object({ state: batchStateSchema, items: z.number() });

const select = `SELECT b.id, b.name, b.time AS startedAt, b.addresses, b.ended_seq IS NOT NULL AS ended, s.actor, s.signer
  FROM batch AS b JOIN session AS s ON s.id = b.session_id`;

function toBatch(db: ReadableDb, raw: unknown): Batch {
  const { actor, signer, ended, ...row } = batchRow.parse(raw);
  const counts = { waiting: 0, interrupted: 0, complete: 0, incomplete: 0, failed: 0 };
  const counted = prepared(
    db,
    `SELECT coalesce(outcome, 'waiting') AS state, count(*) AS items FROM batch_address
     WHERE batch_id = ? GROUP BY outcome`,
  ).all(row.id);
  for (const line of counted) {
    const { state, items } = countRow.parse(line);
    counts[state] = items;
  }
  return batchSchema.parse({ ...row, ended: ended === 1, startedBy: toActor({ actor, signer }), counts });
}

/** Newest first. */
export function listBatches(db: ReadableDb): Batch[] {
  return prepared(db, `${select} ORDER BY b.event_seq DESC`)
    .all()
    .map((row) => toBatch(db, row));
}

export function getBatch(db: ReadableDb, id: string): Batch | null {
  const row = prepared(db, `${select} WHERE b.id = ?`).get(id);
  return row === undefined ? null : toBatch(db, row);
}

/** The addresses of a batch, in the order of the list, from the place `offset` on. */
export function listBatchItems(db: ReadableDb, batchId: string, offset: number, limit: number): BatchItem[] {
  return prepared(
    db,
    `SELECT n, url, coalesce(outcome, 'waiting') AS state, capture_id AS captureId, tries FROM batch_address
     WHERE batch_id = ? AND n >= ? ORDER BY n LIMIT ?`,
  )
    .all(batchId, offset, limit)
    .map((row) => batchItemSchema.parse(row));
}

/** Whether the batch has an address at that place. */
export function hasBatchItem(db: ReadableDb, batchId: string, n: number): boolean {
  return (
    prepared(db, 'SELECT 1 FROM batch_address WHERE batch_id = ? AND n = ?').get(batchId, n) !== undefined
  );
}
