/** The first decompressed bytes of a gzip file, for recognising what is inside. */
import { constants, gunzipSync } from 'node:zlib';

/** Deflate grows at most 1,032-fold: 2 KiB cannot become more than 2.1 MiB. */
const INPUT_BYTES = 2048;

/** Decompresses what the first 2 KiB of `head` hold; null where they are not gzip (RFC 1952), or damaged. */
export function gunzipHead(head: Uint8Array): Uint8Array | null {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return null;
  try {
    return gunzipSync(head.subarray(0, INPUT_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return null;
  }
}
