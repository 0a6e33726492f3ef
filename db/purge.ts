/**
 * Purges: the one way in which something that was kept goes. Tables lose the rows of what the event names, in the
 * transaction that records it and again when they are made anew; the triggers let go of those rows and of no others.
 */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type PurgeLine,
  purgeCauseSchema,
  purgeCountsSchema,
  purgeLineSchema,
} from '../contract/model/purge.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { nextNumber } from './post.ts';
import { dropPosts } from './search/index.ts';
import { toActor } from './session.ts';

type Purged = EventBody<'capture.purged'>;

/** Runs `act` while the rows that the purge `seq` names may go. Inside the caller's transaction. */
export function whilePurging(db: WritableDb, seq: number, act: () => void): void {
  prepared(db, 'INSERT INTO purging (by_seq) VALUES (?)').run(seq);
  act();
  prepared(db, 'DELETE FROM purging_blob').run();
  prepared(db, 'DELETE FROM purging').run();
}

export function applyPurge(
  db: WritableDb,
  body: Purged,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  const bySeq = origin.eventSeq;
  prepared(
    db,
    `INSERT INTO purge (event_seq, capture_id, cause, because, authority, address, started_at, destroyed, session_id, time)
     VALUES (@eventSeq, @capture, @cause, @because, @authority, @address, @startedAt, @destroyedJson, @sessionId, @time)`,
  ).run({
    capture: body.capture,
    cause: body.cause,
    because: body.because,
    authority: body.authority,
    address: body.address,
    startedAt: body.startedAt,
    destroyedJson: JSON.stringify(body.destroyed),
    ...origin,
  });
  whilePurging(db, bySeq, () => {
    const gone = prepared(
      db,
      'INSERT INTO purged_capture (capture_id, by_seq, place) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    for (const id of body.captures) gone.run(id, bySeq, 'here');
    for (const id of body.elsewhere) gone.run(id, bySeq, 'elsewhere');
    const event = prepared(db, 'INSERT INTO purged_event (seq, by_seq, session_id) VALUES (?, ?, ?)');
    for (const { seq, session } of body.events) event.run(seq, bySeq, session);
    deleteRows(db, bySeq);
    endWatches(db, body.watches);
  });
}

/** As SQL: the captures and the events that a purge names. */
const captures = "SELECT capture_id FROM purged_capture WHERE by_seq = @bySeq AND place = 'here'";
const events = 'SELECT seq FROM purged_event WHERE by_seq = @bySeq';

/**
 * First the rows that events made which are gone, then what hung on these. Where the tables are made anew, most of them
 * were not made; but other events, such as the drawing of a sample, have named posts that are not there.
 */
const deletions = [
  `INSERT INTO post_gap (reading_seq, first_n, last_n)
   SELECT r.event_seq, min(p.n), max(p.n) FROM reading AS r JOIN post AS p ON p.reading_id = r.id
   WHERE r.event_seq IN (${events}) GROUP BY r.event_seq`,
  `DELETE FROM earlier_post WHERE n IN (SELECT n FROM post WHERE capture_id IN (${captures}))
     OR reading_id IN (SELECT id FROM reading WHERE capture_id IN (${captures}))`,
  ...[
    'review',
    'judgement',
    'tag',
    'statement',
    'persona_use',
    'watch_check',
    'post_check',
    'report_filed',
    'printed_report',
    'redaction',
    'reading',
    'capture',
  ].map((table) => `DELETE FROM ${table} WHERE event_seq IN (${events})`),
  `DELETE FROM post WHERE capture_id IN (${captures})`,
  `DELETE FROM artifact WHERE capture_id IN (${captures})`,
  'DELETE FROM tag_quote WHERE tag_id NOT IN (SELECT id FROM tag)',
  'DELETE FROM coding_post WHERE post_id NOT IN (SELECT id FROM post)',
  `DELETE FROM report_post WHERE post_id NOT IN (SELECT id FROM post)
     OR report_seq NOT IN (SELECT event_seq FROM report_filed)`,
  `UPDATE exhibit SET note = NULL, note_seq = NULL WHERE note_seq IN (${events})`,
  'UPDATE watch SET post_id = NULL WHERE post_id NOT IN (SELECT id FROM post)',
];

function deleteRows(db: WritableDb, bySeq: number): void {
  dropPosts(db, `SELECT n FROM post WHERE capture_id IN (${captures})`, { bySeq });
  for (const sql of deletions) {
    const statement = prepared(db, sql);
    if (sql.includes('@bySeq')) statement.run({ bySeq });
    else statement.run();
  }
}

/** Ended for good, and what their last check came to is of those that are left. */
function endWatches(db: WritableDb, watches: readonly string[]): void {
  for (const watch of watches) {
    prepared(db, `UPDATE watch SET state = 'ended', next_at = NULL WHERE id = ? AND state <> 'ended'`).run(
      watch,
    );
    prepared(
      db,
      `UPDATE watch SET outcome = l.kind, since = l.since FROM (
         SELECT w.id, (SELECT kind FROM watch_check WHERE watch_id = w.id ORDER BY event_seq DESC LIMIT 1) AS kind,
           (SELECT time FROM watch_check AS c WHERE c.watch_id = w.id AND NOT EXISTS (
              SELECT 1 FROM watch_check AS o WHERE o.watch_id = w.id AND o.event_seq > c.event_seq AND o.kind <> c.kind)
            ORDER BY c.event_seq LIMIT 1) AS since
         FROM watch AS w WHERE w.id = ?) AS l
       WHERE watch.id = l.id`,
    ).run(watch);
  }
}

/** What pages of these captures were visited stays in the trails of personas; what they held, no digest says any more. */
export function forgetDigests(db: WritableDb, addresses: readonly string[]): void {
  for (const url of addresses) prepared(db, 'UPDATE trail SET sha256 = NULL WHERE url = ?').run(url);
}

/** Beside the events, what purges destroy that is no projection: what follows from nothing, and is made by nobody again. */
export interface Kept {
  /** Ids of readings, whose posts have records. */
  readings: readonly string[];
  /** Sealed blobs that nobody uses any more. */
  blobs: readonly number[];
}

/** Destroys what is kept of what the purge `seq` named. After it was recorded, in the same transaction. */
export function destroyKept(db: WritableDb, seq: number, { readings, blobs }: Kept): void {
  const bound = { bySeq: seq };
  whilePurging(db, seq, () => {
    prepared(db, `UPDATE event SET document = NULL, salt = NULL WHERE seq IN (${events})`).run(bound);
    for (const id of readings) prepared(db, 'DELETE FROM post_record WHERE reading_id = ?').run(id);
    prepared(db, `DELETE FROM exchange WHERE capture_id IN (${captures})`).run(bound);
    prepared(db, `DELETE FROM withheld_salt WHERE capture_id IN (${captures})`).run(bound);
    for (const id of blobs) {
      prepared(db, 'INSERT INTO purging_blob (blob_id) VALUES (?)').run(id);
      prepared(db, 'DELETE FROM blob_part WHERE blob_id = ?').run(id);
      prepared(db, 'DELETE FROM blob_chunk WHERE blob_id = ?').run(id);
      prepared(db, 'DELETE FROM blob WHERE id = ?').run(id);
    }
  });
  prepared(db, 'INSERT INTO purge_cleaning (by_seq) VALUES (?)').run(seq);
}

/** Whether traces of a purge may still be in the file. */
export function needsCleaning(db: ReadableDb): boolean {
  return prepared(db, 'SELECT 1 FROM purge_cleaning LIMIT 1').get() !== undefined;
}

export function markCleaned(db: WritableDb): void {
  prepared(db, 'DELETE FROM purge_cleaning').run();
}

/** The numbers that the posts of a reading had which is gone, when the tables are made anew. */
export function skipPosts(db: WritableDb, readingSeq: number, posts: number): void {
  if (posts === 0) return;
  prepared(
    db,
    `INSERT INTO post_gap (reading_seq, first_n, last_n) SELECT @readingSeq, n, n + @posts - 1
     FROM (SELECT ${nextNumber} AS n)`,
  ).run({ readingSeq, posts });
}

const purgedRow = z.object({ seq: z.number(), by: z.number(), posts: z.number() });

/** Every event that a purge names: by which, and how many posts it had, by its place. */
export function purgedEvents(db: ReadableDb): ReadonlyMap<number, { by: number; posts: number }> {
  const rows = prepared(
    db,
    `SELECT s.value ->> '$.seq' AS seq, e.seq AS by, coalesce(s.value ->> '$.posts', 0) AS posts
     FROM event AS e, json_each(CAST(e.document AS TEXT), '$.body.events') AS s
     WHERE e.kind = 'capture.purged' ORDER BY e.seq`,
  ).all();
  return new Map(
    rows.map((row) => {
      const { seq, ...rest } = purgedRow.parse(row);
      return [seq, rest];
    }),
  );
}

const lineRow = z.object({
  ...purgeLineSchema.omit({ by: true, destroyed: true }).shape,
  cause: purgeCauseSchema,
  destroyed: z.string(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** Purges, the newest first, at most `limit`. */
export function listPurges(db: ReadableDb, limit: number): PurgeLine[] {
  return prepared(
    db,
    `SELECT p.capture_id AS captureId, p.event_seq AS leaf, p.cause, p.because, p.authority, p.address,
       p.started_at AS startedAt, p.time AS at, p.destroyed, s.actor, s.signer
     FROM purge AS p JOIN session AS s ON s.id = p.session_id ORDER BY p.event_seq DESC LIMIT ?`,
  )
    .all(limit)
    .map((raw) => {
      const { actor, signer, destroyed, ...row } = lineRow.parse(raw);
      const counts = purgeCountsSchema.parse(JSON.parse(destroyed));
      return { ...row, destroyed: counts, by: toActor({ actor, signer }) };
    });
}

const goneRow = z.object({ leaf: z.number(), time: z.string() });

/** The purge of a capture, by its id here or in another archive; null: it was not purged. */
export function purgeOf(db: ReadableDb, captureId: string): z.infer<typeof goneRow> | null {
  const row = prepared(
    db,
    `SELECT p.event_seq AS leaf, p.time FROM purged_capture AS c JOIN purge AS p ON p.event_seq = c.by_seq
     WHERE c.capture_id = ?`,
  ).get(captureId);
  return row === undefined ? null : goneRow.parse(row);
}
