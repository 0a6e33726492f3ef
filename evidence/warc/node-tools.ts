/** Hashes by node:crypto, gzip by node:zlib. */
import { createHash } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import { GzipMember } from './gzip-member.ts';
import { nodeDeflate } from './gzip-node.ts';
import type { WarcTools } from './tools.ts';

export const nodeWarcTools: WarcTools = {
  hash: (algorithm) => createHash(algorithm),
  member: (file, salvage) => new GzipMember(file, salvage, nodeDeflate),
  beginsMember,
};

/** Members with a name and such are left out. */
function beginsMember(bytes: Uint8Array): boolean {
  if (bytes[3] !== 0) return false;
  try {
    const start = inflateRawSync(bytes.subarray(10), { finishFlush: constants.Z_SYNC_FLUSH });
    return /^WARC\/\d\.\d/.test(new TextDecoder('latin1').decode(start.subarray(0, 16)));
  } catch {
    return false;
  }
}
