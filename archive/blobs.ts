/** Bytes into and out of the archive. Receiving commits as it goes; sealing belongs to the caller's transaction. */
import { HoldfastError } from '../contract/errors.ts';
import {
  addChunk,
  chunkSize,
  discardStaged,
  findBytes,
  readChunk,
  type StoredBytes,
  stageBlob,
} from '../db/blob.ts';
import { fromSqlite } from '../db/errors.ts';
import { inTransaction, type ReadableDb } from '../db/handle.ts';
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
  try {
    for await (const piece of bytes) {
      let rest = piece;
      while (rest.length > 0) {
        // A new buffer each time: a source may use its own again, and whoever took the last chunk may not have written it yet.
        if (filled === 0) chunk = Buffer.allocUnsafe(chunkSize);
        const taken = rest.subarray(0, chunkSize - filled);
        chunk.set(taken, filled);
        filled += taken.length;
        rest = rest.subarray(taken.length);
        if (filled < chunkSize) break;
        filled = 0;
        yield chunk;
      }
    }
  } catch (error) {
    // What came before the source broke off has come.
    if (filled > 0) yield chunk.subarray(0, filled);
    throw error;
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** Bytes that go into a staged blob, committed as they come; what has come stays, whatever happens next. */
class Receiver {
  readonly #archive: Archive;
  readonly #blobId: number;
  readonly #hash = nodeSha256.start();
  #size = 0;
  #n = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #lastCommit = Date.now();

  constructor(archive: Archive, blobId: number) {
    this.#archive = archive;
    this.#blobId = blobId;
  }

  async receive(bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<StagedBlob> {
    try {
      for await (const chunk of inChunks(bytes)) {
        if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
        this.#add(chunk);
        options.received?.(this.#size);
      }
    } finally {
      this.#commit();
    }
    return { id: this.#blobId, sha256: this.#hash.digest(), size: this.#size };
  }

  #add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#size += chunk.length;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= commitBytes || Date.now() - this.#lastCommit >= commitMilliseconds)
      this.#commit();
  }

  #commit(): void {
    const { db } = this.#archive;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    inTransaction(db, () => {
      for (const [i, chunk] of waiting.entries()) addChunk(db, this.#blobId, this.#n + i, chunk);
    });
    this.#n += waiting.length;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#lastCommit = Date.now();
  }
}

interface ReceiveOptions {
  signal?: AbortSignal;
  received?: (total: number) => void;
}

/**
 * Receives a byte stream into a blob that was staged before; what has come when it breaks off stays there.
 * Errors: those of the stream, `disk-full`, `io-failed`, `cancelled`.
 */
export async function receiveBytes(
  archive: Archive,
  blobId: number,
  bytes: AsyncIterable<Uint8Array>,
  options: ReceiveOptions = {},
): Promise<StagedBlob> {
  try {
    return await new Receiver(archive, blobId).receive(bytes, options);
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}

/**
 * Stages a byte stream and hashes it on the way; memory stays bounded. On any failure the staging is removed.
 * Errors: those of the stream, `disk-full`, `io-failed`, `cancelled`.
 */
export async function stageBytes(
  archive: Archive,
  bytes: AsyncIterable<Uint8Array>,
  options: ReceiveOptions = {},
): Promise<StagedBlob> {
  let id: number | null = null;
  try {
    id = inTransaction(archive.db, () => stageBlob(archive.db, archive.holder));
    return await receiveBytes(archive, id, bytes, options);
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
  archive: { readonly db: ReadableDb },
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

/** Where the bytes with this hash (hexadecimal) lie. Errors: `artifact-not-found`. */
export function findArtifact(archive: Archive, sha256: string): StoredBytes {
  const stored = findBytes(archive.db, fromHex(sha256));
  if (stored === null) {
    throw new HoldfastError(
      'artifact-not-found',
      `The archive holds no artifact with the SHA-256 ${sha256}.`,
    );
  }
  return stored;
}

/** Bytes of an artifact from `offset`, `length` of them or to its end. */
export function readStored(
  archive: Archive,
  stored: StoredBytes,
  offset = 0,
  length = stored.size,
): Generator<Uint8Array> {
  const from = Math.min(offset, stored.size);
  return readBlob(archive, stored.blobId, stored.offset + from, Math.min(length, stored.size - from));
}

/** `readStored` for whoever wants an asynchronous stream; other work gets its turn between chunks. */
export async function* streamStored(archive: Archive, stored: StoredBytes): AsyncGenerator<Uint8Array> {
  for (const chunk of readStored(archive, stored)) {
    yield chunk;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** All bytes of an artifact. Only for artifacts whose size the caller has bounded. */
export function readStoredWhole(archive: Archive, stored: StoredBytes): Uint8Array {
  return Buffer.concat([...readStored(archive, stored)]);
}

/** All bytes of a blob. Only for blobs whose size the caller has bounded. */
export function readWhole(archive: Archive, blobId: number): Uint8Array {
  return Buffer.concat([...readBlob(archive, blobId)]);
}
