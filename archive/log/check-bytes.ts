/** The last part of a check: all bytes hashed again, chunk by chunk. */
import { z } from 'zod';
import {
  chunkCount,
  chunkSize,
  eachPart,
  eachSealedBlob,
  type HashedBlob,
  type HashedPart,
  missingBytes,
  sealedBytes,
} from '../../db/blob.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { readBlob } from '../blobs.ts';
import type { Inquiry } from './inquiry.ts';

export interface CheckedBytes {
  blobs: number;
  parts: number;
  /** Read for both. */
  bytes: number;
}

class ByteCheck {
  readonly #inquiry: Inquiry;
  readonly #total: number;
  bytes = 0;

  constructor(inquiry: Inquiry, total: number) {
    this.#inquiry = inquiry;
    this.#total = total;
  }

  async #hash(blobId: number, offset: number, length: number) {
    const hash = nodeSha256.start();
    let size = 0;
    for (const chunk of readBlob(this.#inquiry, blobId, offset, length)) {
      hash.update(chunk);
      size += chunk.length;
      this.bytes += chunk.length;
      await this.#inquiry.pause(() => ({
        step: 'Artifacts',
        done: this.bytes,
        total: this.#total,
        unit: 'bytes',
      }));
    }
    return { size, sha256: hash.digest() };
  }

  async blob({ id, sha256, size }: HashedBlob): Promise<void> {
    const found = await this.#hash(id, 0, Number.MAX_SAFE_INTEGER);
    const chunks = chunkCount(this.#inquiry.db, id);
    if (found.size === size && sameBytes(found.sha256, sha256) && chunks === Math.ceil(size / chunkSize))
      return;
    const message = `The bytes of the artifact ${toHex(sha256)} are not those that were sealed: ${found.size} of ${size} bytes are there, with the SHA-256 ${toHex(found.sha256)}.`;
    this.#inquiry.found('blob_chunk', `blob_id=${id}`, 'bytes-differ', message);
  }

  async part({ sha256, blobId, offset, size }: HashedPart): Promise<void> {
    const found = await this.#hash(blobId, offset, size);
    if (found.size === size && sameBytes(found.sha256, sha256)) return;
    const message = `The bytes ${offset} to ${offset + size} of blob ${blobId} are not those of the artifact ${toHex(sha256)}.`;
    const row = `sha256=${toHex(sha256)} blob_id=${blobId} offset=${offset}`;
    this.#inquiry.found('blob_part', row, 'bytes-differ', message);
  }
}

const missingRow = z.object({ table: z.string(), row: z.string(), sha256: z.string() });

/** Every sealed blob and every part of one that has a hash, and whether all that is spoken of elsewhere is there. */
export async function checkBytes(inquiry: Inquiry): Promise<CheckedBytes> {
  const { db } = inquiry;
  const check = new ByteCheck(inquiry, sealedBytes(db));
  let [blobs, parts] = [0, 0];
  for (const blob of eachSealedBlob(db)) {
    await check.blob(blob);
    blobs += 1;
  }
  for (const part of eachPart(db)) {
    await check.part(part);
    parts += 1;
  }
  for (const row of missingBytes(db, 200)) {
    const { table, row: name, sha256 } = missingRow.parse(row);
    inquiry.found(
      table,
      name,
      'bytes-missing',
      `The archive holds no bytes of this size with the SHA-256 ${sha256}.`,
    );
  }
  return { blobs, parts, bytes: check.bytes };
}
