/** The watch list: what is captured again and again, and what each check came to. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import type { Actor } from '../contract/model/actor.ts';
import {
  vantageSchema,
  type WatchCheck,
  type WatchSchedule,
  watchCheckSchema,
  watchOutcomeSchema,
  watchScheduleSchema,
  watchStateSchema,
} from '../contract/model/watch.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

export function insertWatch(db: WritableDb, body: EventBody<'watch.added'>, origin: Origin): void {
  const { schedule, ...watch } = body;
  prepared(
    db,
    `INSERT INTO watch (event_seq, id, url, post_id, persona, schedule, state, next_at, session_id, time)
     VALUES (@eventSeq, @watch, @url, @post, @persona, @scheduleJson, 'active', @next, @sessionId, @time)`,
  ).run({ ...watch, scheduleJson: JSON.stringify(schedule), ...origin });
}

export function setWatch(db: WritableDb, { watch, state, next }: EventBody<'watch.set'>): void {
  prepared(db, 'UPDATE watch SET state = ?, next_at = ? WHERE id = ?').run(state, next, watch);
}

export function insertWatchCheck(db: WritableDb, body: EventBody<'watch.checked'>, origin: Origin): void {
  const { outcome, vantage, next, ...check } = body;
  prepared(
    db,
    `INSERT INTO watch_check (event_seq, watch_id, capture_id, kind, outcome, vantage, post_id, due_at, missed, time)
     VALUES (@eventSeq, @watch, @capture, @kind, @outcomeJson, @vantageJson, @post, @due, @missed, @time)`,
  ).run({
    ...check,
    kind: outcome.kind,
    post: outcome.post,
    outcomeJson: JSON.stringify(outcome),
    vantageJson: JSON.stringify(vantage),
    eventSeq: origin.eventSeq,
    time: origin.time,
  });
  prepared(
    db,
    `UPDATE watch SET next_at = @next, outcome = @kind,
       since = CASE WHEN outcome = @kind THEN since ELSE @time END
     WHERE id = @watch`,
  ).run({ next, kind: outcome.kind, time: origin.time, watch: body.watch });
}

const watchRow = z.object({
  id: z.string(),
  url: z.string(),
  postId: z.string().nullable(),
  handle: z.string().nullable(),
  persona: z.string().nullable(),
  schedule: z.string(),
  state: watchStateSchema,
  addedAt: z.string(),
  nextAt: z.string().nullable(),
  since: z.string().nullable(),
  checks: z.number(),
  missed: z.number(),
  actor: z.string(),
  signer: z.string().nullable(),
});
export interface StoredWatch extends Omit<z.infer<typeof watchRow>, 'actor' | 'signer' | 'schedule'> {
  schedule: WatchSchedule;
  addedBy: Actor;
}

const select = `SELECT w.id, w.url, w.post_id AS postId, p.handle, w.persona, w.schedule, w.state, w.time AS addedAt,
    w.next_at AS nextAt, w.since, s.actor, s.signer,
    (SELECT count(*) FROM watch_check AS c WHERE c.watch_id = w.id) AS checks,
    (SELECT coalesce(sum(c.missed), 0) FROM watch_check AS c WHERE c.watch_id = w.id) AS missed
  FROM watch AS w JOIN session AS s ON s.id = w.session_id LEFT JOIN post AS p ON p.id = w.post_id`;

function toWatch(raw: unknown): StoredWatch {
  const { actor, signer, schedule, ...row } = watchRow.parse(raw);
  return {
    ...row,
    schedule: watchScheduleSchema.parse(JSON.parse(schedule)),
    addedBy: toActor({ actor, signer }),
  };
}

export function getWatch(db: ReadableDb, id: string): StoredWatch | null {
  const row = prepared(db, `${select} WHERE w.id = ?`).get(id);
  return row === undefined ? null : toWatch(row);
}

/** What is checked next comes first, then what is paused, then what has ended. */
export function listWatches(
  db: ReadableDb,
  offset: number,
  limit: number,
): { total: number; watches: StoredWatch[] } {
  const rows = prepared(
    db,
    `${select} ORDER BY w.state = 'ended', w.next_at IS NULL, w.next_at, w.event_seq DESC LIMIT ? OFFSET ?`,
  ).all(limit, offset);
  const total = z.number().parse(prepared(db, 'SELECT count(*) FROM watch').pluck().get());
  return { total, watches: rows.map(toWatch) };
}

/** What is to be checked at `now` or was before, the longest overdue first. */
export function listDueWatches(db: ReadableDb, now: string): StoredWatch[] {
  return prepared(db, `${select} WHERE w.next_at <= ? ORDER BY w.next_at, w.event_seq`).all(now).map(toWatch);
}

/** Of a post, of what its checks read, and of other readings of it by the platform's own id; newest first. */
export function listWatchesOf(db: ReadableDb, postId: string): StoredWatch[] {
  return prepared(
    db,
    `${select} WHERE w.post_id IN (
       SELECT q.id FROM post AS o JOIN post AS q
         ON q.id = o.id OR (q.platform = o.platform AND q.platform_id = o.platform_id)
       WHERE o.id = @postId)
       OR w.id IN (SELECT watch_id FROM watch_check WHERE post_id = @postId)
     ORDER BY w.event_seq DESC`,
  )
    .all({ postId })
    .map(toWatch);
}

const checkRow = z.object({
  captureId: z.string(),
  at: z.string(),
  dueAt: z.string().nullable(),
  missed: z.number(),
  outcome: z.string(),
  vantage: z.string(),
});
const checkColumns = `SELECT capture_id AS captureId, time AS at, due_at AS dueAt, missed, outcome, vantage
  FROM watch_check`;

function toCheck(raw: unknown): WatchCheck {
  const { outcome, vantage, ...row } = checkRow.parse(raw);
  return watchCheckSchema.parse({
    ...row,
    outcome: watchOutcomeSchema.parse(JSON.parse(outcome)),
    vantage: vantageSchema.parse(JSON.parse(vantage)),
  });
}

/** The newest first. */
export function listWatchChecks(db: ReadableDb, watchId: string, limit: number): WatchCheck[] {
  return prepared(db, `${checkColumns} WHERE watch_id = ? ORDER BY event_seq DESC LIMIT ?`)
    .all(watchId, limit)
    .map(toCheck);
}

/** Checks that did not reach it, since it was last seen; oldest first. */
export function listChecksWithout(db: ReadableDb, watchId: string): WatchCheck[] {
  return prepared(
    db,
    `${checkColumns} WHERE watch_id = @watchId AND kind = 'not-reachable' AND event_seq > coalesce(
       (SELECT max(event_seq) FROM watch_check WHERE watch_id = @watchId AND kind IN ('up', 'edited')), -1)
     ORDER BY event_seq`,
  )
    .all({ watchId })
    .map(toCheck);
}

/** The check that made a capture; null where none did. */
export function getCheckOf(db: ReadableDb, captureId: string): WatchCheck | null {
  const row = prepared(db, `${checkColumns} WHERE capture_id = ?`).get(captureId);
  return row === undefined ? null : toCheck(row);
}

/** The watch whose check made a capture. */
export function watchOfCheck(db: ReadableDb, captureId: string): string {
  return z
    .string()
    .parse(prepared(db, 'SELECT watch_id FROM watch_check WHERE capture_id = ?').pluck().get(captureId));
}

/** The post as the last check that saw it read it; null where none did. */
export function lastSeenPost(db: ReadableDb, watchId: string): string | null {
  const id = prepared(
    db,
    'SELECT post_id FROM watch_check WHERE watch_id = ? AND post_id IS NOT NULL ORDER BY event_seq DESC LIMIT 1',
  )
    .pluck()
    .get(watchId);
  return id === undefined ? null : z.string().parse(id);
}
