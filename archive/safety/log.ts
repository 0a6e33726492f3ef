/** What of the log does not hold together. */
import { eachEvent } from '../../db/event.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { commitment, parseLeaf } from '../../evidence/log/leaf.ts';
import { leafHash } from '../../evidence/log/merkle.ts';
import type { Archive } from '../archive.ts';

/** Every event: its leaf under its hash, its document and salt under its leaf. In words, by number. */
export function logProblems({ db }: Archive): string[] {
  const problems: string[] = [];
  for (const { seq, leaf, leafHash: found, document, salt } of eachEvent(db)) {
    if (!sameBytes(leafHash(nodeSha256, leaf), found)) {
      problems.push(`event ${seq}: the hash beside its leaf is not that of the leaf`);
    } else if (parseLeaf(leaf).commitment !== toHex(commitment(nodeSha256, salt, document))) {
      problems.push(`event ${seq}: its document is not the one that its leaf commits to`);
    }
  }
  return problems;
}
