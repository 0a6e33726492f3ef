/** Audit paths of many leaves of one tree: every node is hashed once, not once a leaf. */
import type { Sha256 } from '../digest/sha256.ts';
import { merkleRoot } from '../log/merkle.ts';

/** Gives the audit path of leaf `index` (RFC 6962, section 2.1.1), nearest sibling first. */
export function auditPaths(sha256: Sha256, leaves: readonly Uint8Array[]): (index: number) => Uint8Array[] {
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let level = leaves; level.length > 1; ) {
    const above: Uint8Array[] = [];
    // A last node without a sibling is carried up, as it is.
    for (let i = 0; i < level.length; i += 2) above.push(merkleRoot(sha256, level.slice(i, i + 2)));
    levels.push(above);
    level = above;
  }
  return (index) =>
    levels.flatMap((level, height) => {
      const sibling = level[Math.floor(index / 2 ** height) ^ 1];
      return sibling === undefined ? [] : [sibling];
    });
}
