/** Bytes into and out of the archive. Receiving commits as it goes; sealing belongs to the caller's transaction. */
import { HoldfastError } from '../contract/errors.ts';
import { addChunk, chunkSize, discardStaged, findBlob, readChunk, stageBlob } from '../db/blob.ts';
import { fromSqlite } from '../db/errors.ts';
import { inTransaction } from '../db/handle.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { fromHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';

export interface StagedBlob {
  id: number;
  sha256: Uint8Array;
  /** Bytes. */
  size: number;
}

/** Received bytes are committed at the latest after so many bytes, or so many milliseconds. */
const commitBytes = 4 * 1024 * 1024;
const commitMilliseconds = 250;

/** Cuts a stream into chunks of exactly `chunkSize` bytes, but for the last. Each byte is copied once at most. */
async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunk = Buffer.alloc(0);
  let filled = 0;
  for await (const piece of bytes) {
    let rest = piece;
    while (rest.length > 0) {
      if (filled === 0 && rest.length >= chunkSize) {
        yield rest.subarray(0, chunkSize);
        rest = rest.subarray(chunkSize);
        continue;
      }
      // A new buffer each time: whoever took the last chunk may not have written it yet.
      if (filled === 0) chunk = Buffer.allocUnsafe(chunkSize);
      const taken = rest.subarray(0, chunkSize - filled);
      chunk.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled < chunkSize) break;
      yield chunk;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/**
 * Stages a byte stream and hashes it on the way; memory stays bounded. On any failure the staging is removed.
 * Errors: those of the stream, `disk-full`, `io-failed`, `cancelled`.
 */
export async function stageBytes(
  archive: Archive,
  bytes: AsyncIterable<Uint8Array>,
  options: { signal?: AbortSignal; received?: (total: number) => void } = {},
): Promise<StagedBlob> {
  const { db } = archive;
  const hash = nodeSha256.start();
  let id: number | null = null;
  let size = 0;
  let n = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let lastCommit = Date.now();
  const commit = (blobId: number): void => {
    inTransaction(db, () => {
      for (const chunk of waiting) addChunk(db, blobId, n++, chunk);
    });
    waiting = [];
    waitingBytes = 0;
    lastCommit = Date.now();
  };
  try {
    const blobId = stageBlob(db, archive.holder);
    id = blobId;
    for await (const chunk of inChunks(bytes)) {
      if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
      hash.update(chunk);
      size += chunk.length;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= commitBytes || Date.now() - lastCommit >= commitMilliseconds) commit(blobId);
      options.received?.(size);
    }
    commit(blobId);
    return { id: blobId, sha256: hash.digest(), size };
  } catch (error) {
    if (id !== null) dropStaged(archive, id);
    throw fromSqlite(error, archive.path);
  }
}

/** Removes staging, as far as the disk lets us; what stays is removed at the next opening. */
export function dropStaged(archive: Archive, blobId: number): void {
  try {
    inTransaction(archive.db, () => discardStaged(archive.db, blobId));
  } catch {
    // The error that brought us here is the one to report. Staging without a holder is removed at the next opening.
  }
}

/** The bytes of a blob from `offset`, `length` of them or to the end, a chunk at a time. Staged or sealed. */
export function* readBlob(
  archive: Archive,
  blobId: number,
  offset = 0,
  length = Number.MAX_SAFE_INTEGER,
): Generator<Uint8Array> {
  let skip = offset % chunkSize;
  let left = length;
  for (let n = Math.floor(offset / chunkSize); left > 0; n++) {
    const chunk = readChunk(archive.db, blobId, n);
    if (chunk === null) return;
    const part = chunk.subarray(skip, skip + left);
    skip = 0;
    left -= part.length;
    if (part.length > 0) yield part;
  }
}

/** `readBlob` for whoever wants an asynchronous stream; other work gets its turn between chunks. */
export async function* streamBlob(archive: Archive, blobId: number): AsyncGenerator<Uint8Array> {
  for (const chunk of readBlob(archive, blobId)) {
    yield chunk;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** The sealed blob with this hash (hexadecimal). Errors: `artifact-not-found`. */
export function blobOf(archive: Archive, sha256: string): { id: number; size: number; mediaType: string } {
  const blob = findBlob(archive.db, fromHex(sha256));
  if (blob === null) {
    throw new HoldfastError(
      'artifact-not-found',
      `The archive holds no artifact with the SHA-256 ${sha256}.`,
    );
  }
  return blob;
}

/** All bytes of a blob. Only for blobs whose size the caller has bounded. */
export function readWhole(archive: Archive, blobId: number): Uint8Array {
  return Buffer.concat([...readBlob(archive, blobId)]);
}
