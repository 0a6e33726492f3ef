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
