/** Cases and their numbered exhibits. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type Case,
  caseSchema,
  type Exhibit,
  exhibitSchema,
  type RemovedExhibit,
  removedExhibitSchema,
} from '../contract/model/case.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

export function insertCase(
  db: WritableDb,
  { case: id, name, timeZone }: EventBody<'case.made'>,
  origin: Origin,
): void {
  prepared(
    db,
    `INSERT INTO case_file (id, name, time_zone, session_id, time, event_seq)
     VALUES (@id, @name, @timeZone, @sessionId, @time, @eventSeq)`,
  ).run({ id, name, timeZone, ...origin });
}

export function renameCase(
  db: WritableDb,
  { case: id, name, timeZone }: EventBody<'case.changed'>,
  eventSeq: number,
): void {
  const { changes } = prepared(
    db,
    'UPDATE case_file SET name = @name, time_zone = @timeZone, named_seq = @eventSeq WHERE id = @id',
  ).run({ id, name, timeZone, eventSeq });
  if (changes !== 1) throw new Error(`there is no case ${id}`);
}

/** Goes to the end of the order. */
export function insertExhibit(db: WritableDb, body: EventBody<'exhibit.added'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO exhibit (id, case_id, number, place, capture_id, post_id, label, session_id, time, event_seq)
     VALUES (@exhibit, @caseId, @number, (SELECT count(*) FROM exhibit WHERE case_id = @caseId AND place IS NOT NULL),
       @capture, @post, @label, @sessionId, @time, @eventSeq)`,
  ).run({
    exhibit: body.exhibit,
    caseId: body.case,
    number: body.number,
    capture: body.capture,
    post: body.post,
    label: body.label,
    ...origin,
  });
}

export function labelExhibit(
  db: WritableDb,
  { exhibit, label }: EventBody<'exhibit.labelled'>,
  eventSeq: number,
): void {
  requireOne(
    exhibit,
    prepared(db, 'UPDATE exhibit SET label = ?, label_seq = ? WHERE id = ?').run(label, eventSeq, exhibit),
  );
}

export function noteExhibit(
  db: WritableDb,
  { exhibit, note }: EventBody<'exhibit.noted'>,
  eventSeq: number,
): void {
  requireOne(
    exhibit,
    prepared(db, 'UPDATE exhibit SET note = ?, note_seq = ? WHERE id = ?').run(note, eventSeq, exhibit),
  );
}

/** Moves it to `place`; those between its old place and the new one move up or down by one. */
export function moveExhibit(db: WritableDb, { exhibit, place }: EventBody<'exhibit.moved'>): void {
  const from = placeRow.parse(
    prepared(db, 'SELECT case_id AS caseId, place FROM exhibit WHERE id = ?').get(exhibit),
  );
  prepared(
    db,
    `UPDATE exhibit SET place = CASE
       WHEN id = @exhibit THEN @to
       WHEN @to < @from AND place BETWEEN @to AND @from THEN place + 1
       WHEN @to > @from AND place BETWEEN @from AND @to THEN place - 1
       ELSE place END
     WHERE case_id = @caseId AND place IS NOT NULL`,
  ).run({ exhibit, caseId: from.caseId, from: from.place, to: place });
}

const placeRow = z.object({ caseId: z.string(), place: z.number() });

export function removeExhibit(
  db: WritableDb,
  { exhibit, because }: EventBody<'exhibit.removed'>,
  eventSeq: number,
): void {
  const from = placeRow.parse(
    prepared(db, 'SELECT case_id AS caseId, place FROM exhibit WHERE id = ?').get(exhibit),
  );
  prepared(db, 'UPDATE exhibit SET place = NULL, removed_seq = ?, because = ? WHERE id = ?').run(
    eventSeq,
    because,
    exhibit,
  );
  prepared(db, 'UPDATE exhibit SET place = place - 1 WHERE case_id = ? AND place > ?').run(
    from.caseId,
    from.place,
  );
}

function requireOne(exhibit: string, { changes }: { changes: number }): void {
  if (changes !== 1) throw new Error(`there is no exhibit ${exhibit}`);
}

const caseRow = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  madeAt: z.string(),
  exhibits: z.number(),
  removed: z.number(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** The case that was made last comes first. */
export function listCaseRows(db: ReadableDb): Case[] {
  return prepared(
    db,
    `SELECT c.id, c.name, c.time_zone AS timeZone, c.time AS madeAt, s.actor, s.signer,
       (SELECT count(*) FROM exhibit WHERE case_id = c.id AND removed_seq IS NULL) AS exhibits,
       (SELECT count(*) FROM exhibit WHERE case_id = c.id AND removed_seq IS NOT NULL) AS removed
     FROM case_file AS c JOIN session AS s ON s.id = c.session_id ORDER BY c.event_seq DESC`,
  )
    .all()
    .map((raw) => {
      const { actor, signer, ...row } = caseRow.parse(raw);
      return caseSchema.parse({ ...row, actor: toActor({ actor, signer }) });
    });
}

const exhibitRow = z.object({
  id: z.string(),
  number: z.number(),
  captureId: z.string(),
  postId: z.string().nullable(),
  label: z.string().nullable(),
  note: z.string().nullable(),
  addedAt: z.string(),
  receivedAt: z.string(),
  sourceName: z.string(),
  handle: z.string().nullable(),
  text: z.string().nullable(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** The exhibits of a case in their order. */
export function listExhibitRows(db: ReadableDb, caseId: string): Exhibit[] {
  return prepared(
    db,
    `SELECT e.id, e.number, e.capture_id AS captureId, e.post_id AS postId, e.label, e.note, e.time AS addedAt,
       c.received_at AS receivedAt, c.source_name AS sourceName, p.handle, p.preview AS text, s.actor, s.signer
     FROM exhibit AS e JOIN session AS s ON s.id = e.session_id JOIN capture AS c ON c.id = e.capture_id
       LEFT JOIN post AS p ON p.id = e.post_id
     WHERE e.case_id = ? AND e.place IS NOT NULL ORDER BY e.place`,
  )
    .all(caseId)
    .map((raw) => {
      const { actor, signer, ...row } = exhibitRow.parse(raw);
      return exhibitSchema.parse({ ...row, actor: toActor({ actor, signer }) });
    });
}

const removedRow = z.object({
  id: z.string(),
  number: z.number(),
  because: z.string(),
  removedAt: z.string(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** What was removed from a case, by number. */
export function listRemovedExhibits(db: ReadableDb, caseId: string): RemovedExhibit[] {
  return prepared(
    db,
    `SELECT e.id, e.number, e.because, v.time AS removedAt, s.actor, s.signer
     FROM exhibit AS e JOIN event AS v ON v.seq = e.removed_seq
       JOIN session AS s ON s.id = json_extract(CAST(v.document AS TEXT), '$.session')
     WHERE e.case_id = ? ORDER BY e.number`,
  )
    .all(caseId)
    .map((raw) => {
      const { actor, signer, ...row } = removedRow.parse(raw);
      return removedExhibitSchema.parse({ ...row, actor: toActor({ actor, signer }) });
    });
}

/** The number that the next exhibit of a case gets. */
export function nextExhibitNumber(db: ReadableDb, caseId: string): number {
  return z
    .number()
    .parse(
      prepared(db, 'SELECT coalesce(max(number), 0) + 1 FROM exhibit WHERE case_id = ?').pluck().get(caseId),
    );
}

const caseEvents = z.object({
  eventSeq: z.number(),
  labelSeq: z.number().nullable(),
  noteSeq: z.number().nullable(),
  removedSeq: z.number().nullable(),
});

const namedRow = z.object({ seq: z.number(), kind: z.enum(['case.made', 'case.changed']) });

/** Where a case (`named`: the event that gave it its name last) and its exhibits stand in the log: those it has, in their order, then those removed, by number. */
export function caseEventsOf(
  db: ReadableDb,
  caseId: string,
): { named: z.infer<typeof namedRow>; exhibits: z.infer<typeof caseEvents>[] } {
  return {
    named: namedRow.parse(
      prepared(
        db,
        `SELECT coalesce(named_seq, event_seq) AS seq, iif(named_seq IS NULL, 'case.made', 'case.changed') AS kind
         FROM case_file WHERE id = ?`,
      ).get(caseId),
    ),
    exhibits: prepared(
      db,
      `SELECT event_seq AS eventSeq, label_seq AS labelSeq, note_seq AS noteSeq, removed_seq AS removedSeq FROM exhibit
       WHERE case_id = ? ORDER BY removed_seq IS NOT NULL, place, number`,
    )
      .all(caseId)
      .map((row) => caseEvents.parse(row)),
  };
}
