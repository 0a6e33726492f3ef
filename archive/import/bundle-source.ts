/** A staged or sealed blob with random access, as a check of it needs. */

import { HoldfastError } from '../../contract/errors.ts';
import { chunkSize, readChunk } from '../../db/blob.ts';
import { type ByteSource, checkRange } from '../../evidence/source/byte-source.ts';
import type { Archive } from '../archive.ts';

/** `size`: bytes of the blob. */
export function blobSource(archive: Archive, blobId: number, size: number): ByteSource {
  // A bundle has thousands of small files beside each other: their chunk is read and decrypted once.
  let held: { n: number; bytes: Uint8Array } | null = null;
  const chunk = (n: number): Uint8Array => {
    if (held?.n === n) return held.bytes;
    const bytes = readChunk(archive.db, blobId, n);
    if (bytes === null)
      throw new HoldfastError('archive-damaged', `A kept file ends before its ${size} bytes.`);
    held = { n, bytes };
    return bytes;
  };
  return {
    size,
    read: async (offset, length, scratch) => {
      checkRange(size, offset, length);
      const into = scratch?.subarray(0, length) ?? new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const from = offset + at;
        const bytes = chunk(Math.floor(from / chunkSize))
          .subarray(from % chunkSize)
          .subarray(0, length - at);
        if (bytes.length === 0)
          throw new HoldfastError('archive-damaged', `A kept file ends before its ${size} bytes.`);
        into.set(bytes, at);
        at += bytes.length;
      }
      // Other work gets its turn: a bundle may have many gigabytes.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return into;
    },
  };
}
