/** SHA-256 in JavaScript, for where there is no Node: WebCrypto hashes only what lies in memory as a whole. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Sha256 } from './sha256.ts';

export const portableSha256: Sha256 = {
  of: (bytes) => sha256(bytes),
  start: () => {
    const running = sha256.create();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
};
