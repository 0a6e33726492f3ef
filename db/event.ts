/** Events: their documents, salts and leaves, in the order of the log. */
import { z } from 'zod';
import type { EventFilter } from '../contract/model/log.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const bytes = z.instanceof(Uint8Array);
const eventRow = z.object({
  seq: z.number(),
  id: z.string(),
  kind: z.string(),
  time: z.string(),
  document: bytes.nullable(),
  salt: bytes.nullable(),
  leaf: bytes,
  leaf_hash: bytes,
});

interface EventLeaf {
  seq: number;
  id: string;
  kind: string;
  /** UTC with milliseconds. */
  time: string;
  leaf: Uint8Array;
  leafHash: Uint8Array;
}

/** An event as it was recorded. */
export interface WholeEvent extends EventLeaf {
  document: Uint8Array;
  salt: Uint8Array;
}

/** Where a purge destroyed document and salt, both are null, and the leaf is what is left. */
export type StoredEvent = WholeEvent | (EventLeaf & { document: null; salt: null });

function parse(row: unknown): StoredEvent {
  const { leaf_hash: leafHash, document, salt, ...rest } = eventRow.parse(row);
  return document === null || salt === null
    ? { ...rest, leafHash, document: null, salt: null }
    : { ...rest, leafHash, document, salt };
}

const columns = 'seq, id, kind, time, document, salt, leaf, leaf_hash';

export function nextSeq(db: ReadableDb): number {
  return z.number().parse(prepared(db, 'SELECT coalesce(max(seq) + 1, 0) FROM event').pluck().get());
}

export function insertEvent(db: WritableDb, event: StoredEvent): void {
  prepared(
    db,
    `INSERT INTO event (${columns}) VALUES (@seq, @id, @kind, @time, @document, @salt, @leaf, @leafHash)`,
  ).run(event);
}

/** All events from the first, one at a time. No other statement may write while this runs. */
export function* eachEvent(db: ReadableDb): Generator<StoredEvent> {
  let next = 0;
  for (;;) {
    const rows = prepared(db, `SELECT ${columns} FROM event WHERE seq >= ? ORDER BY seq LIMIT 200`).all(next);
    if (rows.length === 0) return;
    for (const row of rows) {
      const event = parse(row);
      next = event.seq + 1;
      yield event;
    }
  }
}

const headRow = z.object({ size: z.number(), leafHash: bytes.nullable() });

/** How far the log is: how many leaves, and the hash of the last (null: none yet). */
export function logHead(db: ReadableDb): z.infer<typeof headRow> {
  return headRow.parse(
    prepared(
      db,
      `SELECT coalesce(max(seq) + 1, 0) AS size,
         (SELECT leaf_hash FROM event ORDER BY seq DESC LIMIT 1) AS leafHash FROM event`,
    ).get(),
  );
}

export function getEvent(db: ReadableDb, seq: number): StoredEvent | null {
  const row = prepared(db, `SELECT ${columns} FROM event WHERE seq = ?`).get(seq);
  return row === undefined ? null : parse(row);
}

/** The event as it was recorded; null where there is none, and where a purge destroyed it. */
export function getWholeEvent(db: ReadableDb, seq: number): WholeEvent | null {
  const event = getEvent(db, seq);
  return event === null || event.document === null ? null : event;
}

const lineRow = z.object({
  seq: z.number(),
  id: z.string(),
  time: z.string(),
  kind: z.string(),
  leaf_hash: bytes,
  subjects: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
  actor: z.string(),
  signer: z.string().nullable(),
  purgedBy: z.number().nullable(),
});

const session = `json_extract(CAST(e.document AS TEXT), '$.session')`;
const lineColumns = `e.seq, e.id, e.time, e.kind, e.leaf_hash, s.actor, s.signer, g.by_seq AS purgedBy,
    json_extract(CAST(e.leaf AS TEXT), '$.subjects') AS subjects
  FROM event AS e LEFT JOIN purged_event AS g ON g.seq = e.seq
    JOIN session AS s ON s.id = coalesce(${session}, g.session_id)`;

type LineRow = z.infer<typeof lineRow>;

/** The conditions that a filter makes: text of ours, values bound by name. */
function conditions(filter: EventFilter): string {
  const all = [
    filter.kinds && 'e.kind IN (SELECT value FROM json_each(@kinds))',
    // Through the index by session, not by looking into every document on the way down.
    filter.actor !== undefined &&
      `e.seq IN (SELECT seq FROM event INDEXED BY event_by_session
         WHERE json_extract(CAST(document AS TEXT), '$.session') IN (SELECT id FROM session WHERE actor = @actor)
         UNION SELECT seq FROM purged_event WHERE session_id IN (SELECT id FROM session WHERE actor = @actor))`,
    filter.from && 'e.time >= @from',
    filter.to && 'e.time <= @to',
    // A leaf holds the ids of its event and of what it is about, and no text.
    filter.id && `(instr(e.id, @id) > 0 OR instr(CAST(e.leaf AS TEXT), @id) > 0)`,
  ].filter((condition) => typeof condition === 'string' && condition !== '');
  return all.length === 0 ? 'true' : all.join(' AND ');
}

export interface LinesPage {
  /** Null: from the end. */
  before: number | null;
  limit: number;
  /** Lines that the filter lets through and that are passed over. */
  offset?: number;
  filter?: EventFilter;
}

/** Lines of the log that the filter lets through, newest first, from below `before`, with who did it. */
export function listEvents(db: ReadableDb, page: LinesPage): { total: number; lines: LineRow[] } {
  const { before, limit, offset = 0, filter = {} } = page;
  const where = conditions(filter);
  const { kinds, ...values } = filter;
  const bound = { ...values, ...(kinds === undefined ? {} : { kinds: JSON.stringify(kinds) }) };
  const total = prepared(db, `SELECT count(*) FROM event AS e WHERE ${where}`).pluck().get(bound);
  const rows = prepared(
    db,
    // The places of the page first, by indexes alone: only its lines are read and looked into.
    `SELECT ${lineColumns} WHERE e.seq IN (
       SELECT e.seq FROM event AS e WHERE ${where} AND e.seq < @before
       ORDER BY e.seq DESC LIMIT @limit OFFSET @offset
     ) ORDER BY e.seq DESC`,
  ).all({ ...bound, before: before ?? Number.MAX_SAFE_INTEGER, limit, offset });
  return { total: z.number().parse(total), lines: rows.map((row) => lineRow.parse(row)) };
}

const placesOf = `SELECT event_seq FROM capture WHERE id = @captureId
  UNION SELECT e.seq FROM event AS e JOIN capture AS c ON e.seq = c.event_seq + 1
    WHERE c.id = @captureId AND e.kind = 'artifacts.committed'
  UNION SELECT event_seq FROM reading WHERE capture_id = @captureId
  UNION SELECT t.event_seq FROM tag AS t JOIN post AS p ON p.id = t.post_id WHERE p.capture_id = @captureId
  UNION SELECT b.event_seq FROM bundle AS b, json_each(b.captures) AS c WHERE c.value = @captureId
  UNION SELECT event_seq FROM legal_hold WHERE capture_id = @captureId
  UNION SELECT lifted_seq FROM legal_hold WHERE capture_id = @captureId AND lifted_seq IS NOT NULL
  UNION SELECT event_seq FROM retention WHERE capture_id = @captureId`;

/** Lines about one capture, its readings, tags and bundles among them, oldest first, at most `limit`; how many there are. */
export function listEventsOf(
  db: ReadableDb,
  captureId: string,
  limit: number,
): { total: number; lines: LineRow[] } {
  const total = prepared(db, `SELECT count(*) FROM (${placesOf})`).pluck().get({ captureId });
  const rows = prepared(
    db,
    `SELECT ${lineColumns} WHERE e.seq IN (${placesOf} ORDER BY 1 LIMIT @limit) ORDER BY e.seq`,
  ).all({ captureId, limit });
  return { total: z.number().parse(total), lines: rows.map((row) => lineRow.parse(row)) };
}
