/** Reading WARC files anywhere, a browser page included. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { GzipMember } from './gzip-member.ts';
import { portableDeflate, startOf } from './gzip-portable.ts';
import type { WarcTools } from './tools.ts';

const hashes = { md5, sha1, sha256, sha384, sha512 };

export const portableWarcTools: WarcTools = {
  hash: (algorithm) => {
    const running = hashes[algorithm].create();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
  member: (file, salvage) => new GzipMember(file, salvage, portableDeflate),
  beginsMember: (bytes) =>
    bytes[3] === 0 &&
    /^WARC\/\d\.\d/.test(new TextDecoder('latin1').decode(startOf(bytes.subarray(10), 16).subarray(0, 16))),
};
