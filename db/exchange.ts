/** What captures recorded, answer by answer. The bytes lie in their WACZ. */
import { z } from 'zod';
import { type ExchangeLine, exchangeLineSchema } from '../contract/model/exchange.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

/** `sha256` null: no byte of a body is here. */
export function insertExchangeLine(
  db: WritableDb,
  captureId: string,
  line: ExchangeLine & { sha256: Uint8Array | null },
): void {
  prepared(
    db,
    `INSERT INTO exchange (capture_id, n, url, method, status, media_type, resource, origin, started_at, body, sha256, size)
     VALUES (@captureId, @n, @url, @method, @status, @mediaType, @resourceType, @from, @startedAt, @body, @sha256, @size)`,
  ).run({ captureId, ...line });
}

/** A page of the answers of a capture, in the order in which they began. */
export function listExchanges(
  db: ReadableDb,
  captureId: string,
  offset: number,
  limit: number,
): { total: number; exchanges: ExchangeLine[] } {
  const rows = prepared(
    db,
    `SELECT n, url, method, status, resource AS resourceType, media_type AS mediaType, size, body, origin AS "from",
       started_at AS startedAt
     FROM exchange WHERE capture_id = ? ORDER BY n LIMIT ? OFFSET ?`,
  ).all(captureId, limit, offset);
  const total = prepared(db, 'SELECT count(*) FROM exchange WHERE capture_id = ?').pluck().get(captureId);
  return { total: z.number().parse(total), exchanges: rows.map((row) => exchangeLineSchema.parse(row)) };
}

const storedAnswerRow = z.object({
  n: z.number(),
  url: z.string(),
  status: z.number(),
  resourceType: z.string(),
  mediaType: z.string(),
  size: z.number(),
  body: exchangeLineSchema.shape.body,
  sha256: z.instanceof(Uint8Array).nullable(),
});
export type StoredAnswer = z.infer<typeof storedAnswerRow>;

/** All answers of a capture with where their bytes are, in the order in which they began. */
export function listAnswers(db: ReadableDb, captureId: string): StoredAnswer[] {
  return prepared(
    db,
    `SELECT n, url, status, resource AS resourceType, media_type AS mediaType, size, body, sha256
     FROM exchange WHERE capture_id = ? ORDER BY n`,
  )
    .all(captureId)
    .map((row) => storedAnswerRow.parse(row));
}

const answerRow = z.object({
  status: z.number(),
  media_type: z.string(),
  size: z.number(),
  sha256: z.instanceof(Uint8Array),
});

/** The newest answer to a GET of this address that has a body; null where the capture has none. */
export function findAnswer(
  db: ReadableDb,
  captureId: string,
  url: string,
): { status: number; mediaType: string; size: number; sha256: Uint8Array } | null {
  const row = prepared(
    db,
    `SELECT status, media_type, size, sha256 FROM exchange
     WHERE capture_id = ? AND url = ? AND method = 'GET' AND sha256 IS NOT NULL ORDER BY n DESC LIMIT 1`,
  ).get(captureId, url);
  if (row === undefined) return null;
  const { media_type: mediaType, ...rest } = answerRow.parse(row);
  return { ...rest, mediaType };
}
