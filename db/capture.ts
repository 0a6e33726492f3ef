/** Captures, their artifacts and readings. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type Artifact,
  artifactRoleSchema,
  type Capture,
  type CaptureFilter,
  type CaptureLine,
  type CaptureOrigin,
  captureLineSchema,
  captureOriginSchema,
  captureSchema,
} from '../contract/model/capture.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { personaOfCapture } from './persona.ts';
import { toActor } from './session.ts';

type Origin = { sessionId: string; eventSeq: number };

export function insertCapture(db: WritableDb, body: EventBody<'capture.sealed'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO capture (id, method, format, source_name, url, saved_at, received_at, records, exchange_count, warnings,
       verdict, reasons, recording, origin, session_id, event_seq)
     VALUES (@capture, @method, @format, @sourceName, @url, @savedAt, @receivedAt, @recordsJson, @exchangeCount, @warningsJson,
       @verdict, @reasonsJson, @recordingJson, @originJson, @sessionId, @eventSeq)`,
  ).run({
    capture: body.capture,
    method: body.method,
    format: body.format,
    sourceName: body.sourceName,
    url: body.url,
    savedAt: body.savedAt,
    receivedAt: body.receivedAt,
    exchangeCount: body.exchangeCount,
    recordsJson: JSON.stringify(body.records),
    warningsJson: JSON.stringify(body.warnings),
    verdict: body.verdict ?? null,
    reasonsJson: JSON.stringify(body.reasons ?? []),
    recordingJson: body.recording === undefined ? null : JSON.stringify(body.recording),
    originJson: body.origin === undefined ? null : JSON.stringify(body.origin),
    ...origin,
  });
  for (const [n, artifact] of body.artifacts.entries()) {
    prepared(
      db,
      `INSERT INTO artifact (capture_id, n, role, sha256, size, media_type, name)
       VALUES (@capture, @n, @role, unhex(@sha256), @size, @mediaType, @name)`,
    ).run({ capture: body.capture, n, ...artifact });
  }
}

export function insertReading(db: WritableDb, body: EventBody<'reading.made'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO reading (id, capture_id, reader, reader_version, posts, root, notes, session_id, event_seq)
     VALUES (@reading, @capture, @readerName, @readerVersion, @posts, @root, @notesJson, @sessionId, @eventSeq)`,
  ).run({
    reading: body.reading,
    capture: body.capture,
    readerName: body.reader.name,
    readerVersion: body.reader.version,
    posts: body.posts,
    root: body.root,
    notesJson: JSON.stringify(body.notes),
    ...origin,
  });
}

const artifactRow = z.object({
  role: artifactRoleSchema,
  sha256: z.string(),
  size: z.number(),
  media_type: z.string(),
  name: z.string().nullable(),
});

export function listArtifacts(db: ReadableDb, captureId: string): Artifact[] {
  return prepared(
    db,
    'SELECT role, lower(hex(sha256)) AS sha256, size, media_type, name FROM artifact WHERE capture_id = ? ORDER BY n',
  )
    .all(captureId)
    .map((row) => {
      const { media_type: mediaType, ...rest } = artifactRow.parse(row);
      return { ...rest, mediaType };
    });
}

const captureRow = z.object({
  id: z.string(),
  method: z.string(),
  format: z.string(),
  sourceName: z.string(),
  url: z.string().nullable(),
  savedAt: z.string().nullable(),
  receivedAt: z.string(),
  records: z.string(),
  exchangeCount: z.number(),
  warnings: z.string(),
  verdict: z.string().nullable(),
  reasons: z.string(),
  recording: z.string().nullable(),
  origin: z.string().nullable(),
  postCount: z.number(),
  actor: z.string(),
  signer: z.string().nullable(),
});

export function getCapture(db: ReadableDb, captureId: string): Capture | null {
  const row = prepared(
    db,
    `SELECT c.id, c.method, c.format, c.source_name AS sourceName, c.url, c.saved_at AS savedAt,
       c.received_at AS receivedAt, c.records, c.exchange_count AS exchangeCount, c.warnings,
       c.verdict, c.reasons, c.recording, c.origin, s.actor, s.signer,
       (SELECT count(*) FROM post AS p WHERE p.capture_id = c.id
         AND NOT EXISTS (SELECT 1 FROM earlier_post AS e WHERE e.n = p.n)) AS postCount
     FROM capture AS c JOIN session AS s ON s.id = c.session_id WHERE c.id = ?`,
  ).get(captureId);
  if (row === undefined) return null;
  const { actor, signer, records, warnings, reasons, recording, origin, ...rest } = captureRow.parse(row);
  return captureSchema.parse({
    ...rest,
    records: JSON.parse(records),
    warnings: JSON.parse(warnings),
    reasons: JSON.parse(reasons),
    recording: recording === null ? null : JSON.parse(recording),
    origin: origin === null ? null : JSON.parse(origin),
    actor: toActor({ actor, signer }),
    persona: personaOfCapture(db, captureId),
    artifacts: listArtifacts(db, captureId),
  });
}

/** Lines of the list of captures, newest first; `total` counts those that `show` lets through. */
export function listCaptures(
  db: ReadableDb,
  offset: number,
  limit: number,
  show: CaptureFilter,
): { total: number; captures: CaptureLine[] } {
  const shown = `(@show = 'all' OR c.verdict = @show OR (@show = 'imported' AND c.method = 'import'))`;
  const rows = prepared(
    db,
    `SELECT c.id, c.method, c.verdict, c.format, c.source_name AS sourceName, c.url, c.received_at AS receivedAt,
       (SELECT count(*) FROM artifact AS a WHERE a.capture_id = c.id) AS artifactCount,
       (SELECT count(*) FROM post AS p WHERE p.capture_id = c.id
         AND NOT EXISTS (SELECT 1 FROM earlier_post AS e WHERE e.n = p.n)) AS postCount,
       json_array_length(c.warnings) AS warningCount
     FROM capture AS c WHERE ${shown} ORDER BY c.event_seq DESC LIMIT @limit OFFSET @offset`,
  ).all({ show, limit, offset });
  const total = prepared(db, `SELECT count(*) FROM capture AS c WHERE ${shown}`).pluck().get({ show });
  return { total: z.number().parse(total), captures: rows.map((row) => captureLineSchema.parse(row)) };
}

/**
 * Ids of all captures, oldest first, without the bundles that were taken in: what those hold is listed, and a bundle
 * within a bundle, back and forth, would double with each.
 */
export function captureIds(db: ReadableDb): string[] {
  return prepared(db, "SELECT id FROM capture WHERE format <> 'bundle' ORDER BY event_seq")
    .pluck()
    .all()
    .map((id) => z.string().parse(id));
}

const originRow = z.object({ session_id: z.string(), event_seq: z.number() });

/** The event that sealed a capture. */
export function captureOrigin(db: ReadableDb, captureId: string): Origin | null {
  const row = prepared(db, 'SELECT session_id, event_seq FROM capture WHERE id = ?').get(captureId);
  if (row === undefined) return null;
  const parsed = originRow.parse(row);
  return { sessionId: parsed.session_id, eventSeq: parsed.event_seq };
}

const readingRow = z.object({
  id: z.string(),
  eventSeq: z.number(),
  reader: z.string(),
  version: z.string(),
});

/** The readings of a capture, oldest first. */
export function listReadings(db: ReadableDb, captureId: string): z.infer<typeof readingRow>[] {
  return prepared(
    db,
    `SELECT id, event_seq AS eventSeq, reader, reader_version AS version FROM reading
     WHERE capture_id = ? ORDER BY event_seq`,
  )
    .all(captureId)
    .map((row) => readingRow.parse(row));
}

/** The capture that was made of one in a bundle, told by its id there and the SHA-256 of its document there. */
export function findByOrigin(db: ReadableDb, capture: string, document: string): string | null {
  const found = prepared(
    db,
    `SELECT id FROM capture
     WHERE origin IS NOT NULL AND json_extract(origin, '$.capture') = ? AND json_extract(origin, '$.document') = ?`,
  )
    .pluck()
    .get(capture, document);
  return found === undefined ? null : z.string().parse(found);
}

const inBundleRow = z.object({ id: z.string(), origin: z.string() });

/** Captures that came in bundles, oldest first, with where from. */
export function listInBundles(db: ReadableDb): { id: string; origin: CaptureOrigin }[] {
  return prepared(db, 'SELECT id, origin FROM capture WHERE origin IS NOT NULL ORDER BY event_seq')
    .all()
    .map((row) => {
      const { id, origin } = inBundleRow.parse(row);
      return { id, origin: captureOriginSchema.parse(JSON.parse(origin)) };
    });
}
