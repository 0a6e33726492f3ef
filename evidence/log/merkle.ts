/**
 * Merkle trees as in RFC 6962, section 2.1: SHA-256, leaves hashed with prefix 0x00, nodes with 0x01.
 * Used over the posts of a reading, over the parts of a post, and over the custody log, whose tree is too large to
 * be held (tree.ts); what checks a proof is here, and knows nothing of how it was made.
 */
import { concatBytes, type Sha256, sameBytes } from '../digest/sha256.ts';

export const leafPrefix = Uint8Array.of(0);
/** Prefix and two hashes; filled anew for each node, which takes less than making it. */
const nodeBytes = new Uint8Array(65);

/** The hash of one leaf's data (RFC 6962, section 2.1: `MTH({d(0)})`). */
export function leafHash(sha256: Sha256, data: Uint8Array): Uint8Array {
  return sha256.of(concatBytes(leafPrefix, data));
}

/** The hash of an inner node over two hashes of 32 bytes (RFC 6962, section 2.1). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeBytes[0] = 1;
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 33);
  return sha256.of(nodeBytes);
}

/** The largest power of two smaller than `n`, for `n` of at least 2. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The root over leaf hashes; the hash of the empty string for none. */
export function merkleRoot(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256.of(new Uint8Array());
  let level: Uint8Array[] = [...leaves];
  // Pairing from the left and carrying an odd last node up gives the same tree as the recursive definition.
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left === undefined) break;
      above.push(right === undefined ? left : nodeHash(sha256, left, right));
    }
    level = above;
  }
  return level[0] ?? only;
}

/** The audit path of leaf `index` (RFC 6962, section 2.1.1), nearest sibling first. */
export function inclusionPath(sha256: Sha256, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...inclusionPath(sha256, leaves.slice(0, k), index), merkleRoot(sha256, leaves.slice(k))]
    : [...inclusionPath(sha256, leaves.slice(k), index - k), merkleRoot(sha256, leaves.slice(0, k))];
}

/** No tree of safe integers is deeper, so no honest path is longer. */
export const maxPathLength = 64;

/** Whether attacker-controlled hashes are no more than a path can have, and each of the length of one. */
function isPath(path: readonly Uint8Array[]): boolean {
  return path.length <= maxPathLength && path.every((hash) => hash.length === 32);
}

/**
 * Whether `path` proves that `leaf` (a leaf hash) stands at `index` of the tree of `size` leaves with `root`
 * (RFC 9162, section 2.1.3.2, which gives the check that RFC 6962 leaves out). All arguments may be
 * attacker-controlled. Size 0 proves nothing.
 */
export function verifyInclusion(
  sha256: Sha256,
  proof: { leaf: Uint8Array; index: number; size: number; path: readonly Uint8Array[]; root: Uint8Array },
): boolean {
  const { index, size } = proof;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (!isPath(proof.path) || proof.leaf.length !== 32) return false;
  let hash = proof.leaf;
  let node = index;
  let last = size - 1;
  for (const sibling of proof.path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(hash, proof.root);
}

/** A tree of so many leaves, with its root. */
export interface TreeHead {
  size: number;
  root: Uint8Array;
}

/**
 * Whether `path` proves that the tree `to` holds the leaves of the tree `from`, unchanged and in front of all others
 * (RFC 9162, section 2.1.4.2; the path is that of RFC 6962, section 2.1.2). All arguments may be attacker-controlled.
 * Nothing can be proven of a tree of size 0: the answer is no.
 */
export function verifyConsistency(
  sha256: Sha256,
  proof: { from: TreeHead; to: TreeHead; path: readonly Uint8Array[] },
): boolean {
  const { from, to, path } = proof;
  if (!Number.isSafeInteger(from.size) || !Number.isSafeInteger(to.size)) return false;
  if (from.size < 1 || from.size > to.size || !isPath(path)) return false;
  if (!isPath([from.root, to.root])) return false;
  if (from.size === to.size) return path.length === 0 && sameBytes(from.root, to.root);
  // A complete first tree is a node of the second one, and its hash is left out of the path.
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...path] : path;
  if (first === undefined || path.length === 0) return false;
  let node = from.size - 1;
  let last = to.size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let fromHash = first;
  let toHash = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      fromHash = nodeHash(sha256, sibling, fromHash);
      toHash = nodeHash(sha256, sibling, toHash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      toHash = nodeHash(sha256, toHash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(fromHash, from.root) && sameBytes(toHash, to.root);
}

/** By division: a shift would cut numbers of more than 32 bits. */
function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
