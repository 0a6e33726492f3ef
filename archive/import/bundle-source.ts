/** A staged or sealed blob with random access, as a check of it needs. */
import { type ByteSource, checkRange } from '../../evidence/source/byte-source.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';

/** `size`: bytes of the blob. */
export function blobSource(archive: Archive, blobId: number, size: number): ByteSource {
  return {
    size,
    read: async (offset, length, scratch) => {
      checkRange(size, offset, length);
      const into = scratch?.subarray(0, length) ?? new Uint8Array(length);
      let at = 0;
      for (const piece of readBlob(archive, blobId, offset, length)) {
        into.set(piece, at);
        at += piece.length;
      }
      // Other work gets its turn: a bundle may have many gigabytes.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return into;
    },
  };
}
