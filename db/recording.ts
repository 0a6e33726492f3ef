/** Recordings in progress: what has arrived, piece by piece. Gone once their capture is sealed. */
import { z } from 'zod';
import { type ArtifactRole, artifactRoleSchema } from '../contract/model/capture.ts';
import {
  type ExchangeEnd,
  type ExchangeStart,
  exchangeEndSchema,
  exchangeStartSchema,
  type KnownSecret,
  knownSecretSchema,
  type RecordingBegin,
  recordingBeginSchema,
} from '../contract/model/recording.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const bytes = z.instanceof(Uint8Array);

export function insertRecording(
  db: WritableDb,
  recording: { captureId: string; begin: RecordingBegin; sessionId: string; holder: string },
): void {
  prepared(db, 'INSERT INTO recording (capture_id, begin, session_id, holder) VALUES (?, ?, ?, ?)').run(
    recording.captureId,
    JSON.stringify(recording.begin),
    recording.sessionId,
    recording.holder,
  );
}

export function getRecording(db: ReadableDb, captureId: string): RecordingBegin | null {
  const begin = prepared(db, 'SELECT begin FROM recording WHERE capture_id = ?').pluck().get(captureId);
  return begin === undefined ? null : recordingBeginSchema.parse(JSON.parse(z.string().parse(begin)));
}

/** Recordings that a holder other than this one left behind, oldest first. */
export function abandonedRecordings(db: ReadableDb, holder: string): string[] {
  return z
    .array(z.string())
    .parse(
      prepared(db, 'SELECT capture_id FROM recording WHERE holder <> ? ORDER BY capture_id')
        .pluck()
        .all(holder),
    );
}

export function insertExchange(
  db: WritableDb,
  captureId: string,
  start: ExchangeStart,
  blobId: number,
): void {
  prepared(db, 'INSERT INTO recorded_exchange (capture_id, n, start, blob_id) VALUES (?, ?, ?, ?)').run(
    captureId,
    start.n,
    JSON.stringify(start),
    blobId,
  );
}

/** The body of an answer is here, as far as it came. */
export function setExchangeBody(
  db: WritableDb,
  captureId: string,
  n: number,
  body: { size: number; sha256: Uint8Array },
): void {
  prepared(db, 'UPDATE recorded_exchange SET size = ?, sha256 = ? WHERE capture_id = ? AND n = ?').run(
    body.size,
    body.sha256,
    captureId,
    n,
  );
}

/** The body of an answer stands in another blob from now on. */
export function setExchangeBlob(
  db: WritableDb,
  captureId: string,
  n: number,
  body: { blobId: number; size: number; sha256: Uint8Array },
): void {
  prepared(
    db,
    'UPDATE recorded_exchange SET blob_id = ?, size = ?, sha256 = ? WHERE capture_id = ? AND n = ?',
  ).run(body.blobId, body.size, body.sha256, captureId, n);
}

export function setExchangeEnd(db: WritableDb, captureId: string, end: ExchangeEnd): void {
  prepared(db, 'UPDATE recorded_exchange SET finish = ? WHERE capture_id = ? AND n = ?').run(
    JSON.stringify(end),
    captureId,
    end.n,
  );
}

const exchangeRow = z.object({
  start: z.string(),
  finish: z.string().nullable(),
  blob_id: z.number(),
  size: z.number().nullable(),
  sha256: bytes.nullable(),
});

export interface RecordedExchangeRow {
  start: ExchangeStart;
  end: ExchangeEnd | null;
  blobId: number;
  /** Null: the last byte is not here. */
  body: { size: number; sha256: Uint8Array } | null;
}

export function listRecordedExchanges(db: ReadableDb, captureId: string): RecordedExchangeRow[] {
  return prepared(
    db,
    'SELECT start, finish, blob_id, size, sha256 FROM recorded_exchange WHERE capture_id = ? ORDER BY n',
  )
    .all(captureId)
    .map((raw) => {
      const row = exchangeRow.parse(raw);
      return {
        start: exchangeStartSchema.parse(JSON.parse(row.start)),
        end: row.finish === null ? null : exchangeEndSchema.parse(JSON.parse(row.finish)),
        blobId: row.blob_id,
        body: row.size === null || row.sha256 === null ? null : { size: row.size, sha256: row.sha256 },
      };
    });
}

export interface RecordedArtifactRow {
  role: ArtifactRole;
  mediaType: string;
  name: string | null;
  blobId: number;
  size: number;
  sha256: Uint8Array;
}

export function insertRecordedArtifact(
  db: WritableDb,
  captureId: string,
  artifact: RecordedArtifactRow,
): void {
  prepared(
    db,
    `INSERT INTO recorded_artifact (capture_id, n, role, media_type, name, blob_id, size, sha256)
     VALUES (@captureId, (SELECT count(*) FROM recorded_artifact WHERE capture_id = @captureId),
       @role, @mediaType, @name, @blobId, @size, @sha256)`,
  ).run({ captureId, ...artifact });
}

const artifactRow = z.object({
  role: artifactRoleSchema,
  media_type: z.string(),
  name: z.string().nullable(),
  blob_id: z.number(),
  size: z.number(),
  sha256: bytes,
});

export function listRecordedArtifacts(db: ReadableDb, captureId: string): RecordedArtifactRow[] {
  return prepared(
    db,
    'SELECT role, media_type, name, blob_id, size, sha256 FROM recorded_artifact WHERE capture_id = ? ORDER BY n',
  )
    .all(captureId)
    .map((raw) => {
      const { media_type: mediaType, blob_id: blobId, ...rest } = artifactRow.parse(raw);
      return { ...rest, mediaType, blobId };
    });
}

/** Known until the capture is sealed, and no longer. */
export function insertKnownSecret(db: WritableDb, captureId: string, secret: KnownSecret): void {
  prepared(db, 'INSERT INTO recorded_secret (capture_id, secret) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    captureId,
    JSON.stringify(secret),
  );
}

export function listKnownSecrets(db: ReadableDb, captureId: string): KnownSecret[] {
  return z
    .array(z.string())
    .parse(prepared(db, 'SELECT secret FROM recorded_secret WHERE capture_id = ?').pluck().all(captureId))
    .map((secret) => knownSecretSchema.parse(JSON.parse(secret)));
}

/**
 * Ends a recording: its rows go. Gives back the blobs that they spoke of, which are to be sealed or discarded in the
 * same transaction; not before, because sealing drops a blob whose bytes are there already.
 */
export function endRecording(db: WritableDb, captureId: string): number[] {
  const blobs = z.array(z.number()).parse(
    prepared(
      db,
      `SELECT blob_id FROM recorded_exchange WHERE capture_id = @captureId
       UNION ALL SELECT blob_id FROM recorded_artifact WHERE capture_id = @captureId`,
    )
      .pluck()
      .all({ captureId }),
  );
  for (const table of ['recorded_exchange', 'recorded_artifact', 'recorded_secret', 'recording'] as const) {
    prepared(db, `DELETE FROM ${table} WHERE capture_id = ?`).run(captureId);
  }
  return blobs;
}

export function insertWithheldSalt(
  db: WritableDb,
  captureId: string,
  commitment: Uint8Array,
  salt: Uint8Array,
): void {
  prepared(
    db,
    'INSERT INTO withheld_salt (capture_id, commitment, salt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(captureId, commitment, salt);
}

/** The commitments (hexadecimal) whose salts are kept for a capture. */
export function withheldCommitments(db: ReadableDb, captureId: string): string[] {
  return prepared(db, 'SELECT lower(hex(commitment)) FROM withheld_salt WHERE capture_id = ?')
    .pluck()
    .all(captureId)
    .map((commitment) => z.string().parse(commitment));
}

/** Salts and commitments (hexadecimal) of the secrets that were withheld from these captures. */
export function withheldSalts(
  db: ReadableDb,
  captures: readonly string[],
): { salt: string; commitment: string }[] {
  const sql = `SELECT DISTINCT lower(hex(salt)) AS salt, lower(hex(commitment)) AS commitment FROM withheld_salt
    WHERE capture_id IN (SELECT value FROM json_each(?))`;
  const row = z.object({ salt: z.string(), commitment: z.string() });
  return prepared(db, sql)
    .all(JSON.stringify(captures))
    .map((each) => row.parse(each));
}
