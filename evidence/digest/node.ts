/** SHA-256 by node:crypto. */
import { createHash } from 'node:crypto';
import type { Sha256 } from './sha256.ts';

export const nodeSha256: Sha256 = {
  of: (bytes) => createHash('sha256').update(bytes).digest(),
  start: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};
