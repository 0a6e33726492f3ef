/** Blobs: bytes in chunks of at most 1 MiB, staged while they arrive, sealed once under their SHA-256. */
import { z } from 'zod';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export const chunkSize = 1024 * 1024;

const idRow = z.object({ id: z.number() });
const blobRow = z.object({ id: z.number(), size: z.number(), media_type: z.string() });
const chunkRow = z.object({ bytes: z.instanceof(Uint8Array) });

export interface SealedBlob {
  id: number;
  /** Bytes. */
  size: number;
  mediaType: string;
}

export function stageBlob(db: WritableDb, holder: string): number {
  return Number(prepared(db, 'INSERT INTO blob (holder) VALUES (?)').run(holder).lastInsertRowid);
}

export function addChunk(db: WritableDb, blobId: number, n: number, bytes: Uint8Array): void {
  prepared(db, 'INSERT INTO blob_chunk (blob_id, n, bytes) VALUES (?, ?, ?)').run(blobId, n, bytes);
}

export function discardStaged(db: WritableDb, blobId: number): void {
  prepared(
    db,
    'DELETE FROM blob_chunk WHERE blob_id = (SELECT id FROM blob WHERE id = ? AND sha256 IS NULL)',
  ).run(blobId);
  prepared(db, 'DELETE FROM blob WHERE id = ? AND sha256 IS NULL').run(blobId);
}

/** Bytes that have arrived of a staged blob. */
export function stagedBytes(db: ReadableDb, blobId: number): number {
  return z
    .number()
    .parse(
      prepared(db, 'SELECT coalesce(sum(length(bytes)), 0) FROM blob_chunk WHERE blob_id = ?')
        .pluck()
        .get(blobId),
    );
}

export function findBlob(db: ReadableDb, sha256: Uint8Array): SealedBlob | null {
  const row = prepared(db, 'SELECT id, size, media_type FROM blob WHERE sha256 = ?').get(sha256);
  if (row === undefined) return null;
  const { id, size, media_type } = blobRow.parse(row);
  return { id, size, mediaType: media_type };
}

/** Seals a staged blob, or drops it where the same bytes are there already. Gives back the sealed blob's id. */
export function sealBlob(
  db: WritableDb,
  blobId: number,
  sealed: { sha256: Uint8Array; size: number; mediaType: string },
): number {
  const same = findBlob(db, sealed.sha256);
  if (same !== null) {
    discardStaged(db, blobId);
    return same.id;
  }
  const row = prepared(
    db,
    `UPDATE blob SET sha256 = @sha256, size = @size, media_type = @mediaType, holder = NULL
     WHERE id = @blobId AND sha256 IS NULL RETURNING id`,
  ).get({ ...sealed, blobId });
  return idRow.parse(row).id;
}

/** Chunk `n` of a blob, staged or sealed; null past the end. */
export function readChunk(db: ReadableDb, blobId: number, n: number): Uint8Array | null {
  const row = prepared(db, 'SELECT bytes FROM blob_chunk WHERE blob_id = ? AND n = ?').get(blobId, n);
  return row === undefined ? null : chunkRow.parse(row).bytes;
}

export interface StoredBytes {
  blobId: number;
  /** Where they begin in the blob. */
  offset: number;
  /** Bytes. */
  size: number;
  mediaType: string;
}

const partRow = z.object({
  blob_id: z.number(),
  offset: z.number(),
  size: z.number(),
  media_type: z.string(),
});

/** Bytes inside a sealed blob that have a hash of their own. */
export function insertPart(db: WritableDb, sha256: Uint8Array, part: StoredBytes): void {
  prepared(
    db,
    `INSERT INTO blob_part (sha256, blob_id, offset, size, media_type) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(sha256, part.blobId, part.offset, part.size, part.mediaType);
}

/** Where the bytes with this hash lie: a sealed blob of their own, or a part of one. */
export function findBytes(db: ReadableDb, sha256: Uint8Array): StoredBytes | null {
  const blob = findBlob(db, sha256);
  if (blob !== null) return { blobId: blob.id, offset: 0, size: blob.size, mediaType: blob.mediaType };
  const row = prepared(
    db,
    'SELECT blob_id, offset, size, media_type FROM blob_part WHERE sha256 = ? LIMIT 1',
  ).get(sha256);
  if (row === undefined) return null;
  const { blob_id: blobId, offset, size, media_type: mediaType } = partRow.parse(row);
  return { blobId, offset, size, mediaType };
}

export interface HashedBlob {
  id: number;
  sha256: Uint8Array;
  /** Bytes. */
  size: number;
}

const hashedBlobRow = z.object({ id: z.number(), sha256: z.instanceof(Uint8Array), size: z.number() });

/** All sealed blobs, oldest first, one at a time. */
export function* eachSealedBlob(db: ReadableDb): Generator<HashedBlob> {
  for (let last = 0; ; ) {
    const row = prepared(
      db,
      'SELECT id, sha256, size FROM blob WHERE sha256 IS NOT NULL AND id > ? ORDER BY id LIMIT 1',
    ).get(last);
    if (row === undefined) return;
    const blob = hashedBlobRow.parse(row);
    last = blob.id;
    yield blob;
  }
}

export function chunkCount(db: ReadableDb, blobId: number): number {
  return z
    .number()
    .parse(prepared(db, 'SELECT count(*) FROM blob_chunk WHERE blob_id = ?').pluck().get(blobId));
}

export interface HashedPart {
  sha256: Uint8Array;
  blobId: number;
  offset: number;
  size: number;
}

const hashedPartRow = z.object({
  sha256: z.instanceof(Uint8Array),
  blob_id: z.number(),
  offset: z.number(),
  size: z.number(),
});

/** All parts that have a hash of their own, by hash, one at a time. */
export function* eachPart(db: ReadableDb): Generator<HashedPart> {
  let last: [Uint8Array, number, number] = [new Uint8Array(), 0, 0];
  for (;;) {
    const row = prepared(
      db,
      `SELECT sha256, blob_id, offset, size FROM blob_part WHERE (sha256, blob_id, offset) > (?, ?, ?)
       ORDER BY sha256, blob_id, offset LIMIT 1`,
    ).get(...last);
    if (row === undefined) return;
    const { blob_id: blobId, ...part } = hashedPartRow.parse(row);
    last = [part.sha256, blobId, part.offset];
    yield { ...part, blobId };
  }
}

/** Bytes of all sealed blobs and, once more, of their parts: what hashing both reads. */
export function sealedBytes(db: ReadableDb): number {
  return z
    .number()
    .parse(
      prepared(
        db,
        'SELECT (SELECT coalesce(sum(size), 0) FROM blob) + (SELECT coalesce(sum(size), 0) FROM blob_part)',
      )
        .pluck()
        .get(),
    );
}

/** Rows that speak of bytes by their hash and size where no sealed blob and no part has these: at most `limit`. */
export function missingBytes(db: ReadableDb, limit: number): unknown[] {
  return prepared(
    db,
    `WITH spoken (tab, name, sha256, size) AS (
       SELECT 'artifact', 'capture_id=' || capture_id || ' n=' || n, sha256, size FROM artifact
       UNION ALL
       SELECT 'exchange', 'capture_id=' || capture_id || ' n=' || n, sha256, size FROM exchange
         WHERE sha256 IS NOT NULL AND size > 0
       UNION ALL
       SELECT 'policy_version', 'event_seq=' || event_seq, sha256, size FROM policy_version
       UNION ALL
       SELECT 'printed_report', 'event_seq=' || event_seq, sha256, size FROM printed_report)
     SELECT tab AS "table", name AS row, lower(hex(sha256)) AS sha256 FROM spoken AS s
     WHERE NOT EXISTS (SELECT 1 FROM blob AS b WHERE b.sha256 = s.sha256 AND b.size = s.size)
       AND NOT EXISTS (SELECT 1 FROM blob_part AS p WHERE p.sha256 = s.sha256 AND p.size = s.size)
     LIMIT ?`,
  ).all(limit);
}
