/** Reading plain WARC files anywhere, a browser page included. Compressed ones are told, not read. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { WarcTools } from './tools.ts';

const hashes = { md5, sha1, sha256, sha384, sha512 };

export const portableWarcTools: WarcTools = {
  hash: (algorithm) => {
    const running = hashes[algorithm].create();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
  member: null,
  beginsMember: () => false,
};
