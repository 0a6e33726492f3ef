/**
 * The tree of the custody log (RFC 6962, section 2.1) over hashes that somebody keeps: those of its complete subtrees.
 * They never change once they are there, so a leaf is added, and anything about any size proven, by reading and
 * hashing a number of them that grows with the logarithm of the size.
 */
import type { Sha256 } from '../digest/sha256.ts';
import { nodeHash } from './merkle.ts';

export interface NodeSource {
  /**
   * The hash of the complete subtree over the `2 ** level` leaves from number `index * 2 ** level`: on level 0 the
   * hash of leaf `index`. Throws where it has none; asked for nothing beyond the sizes given here.
   */
  node(level: number, index: number): Uint8Array;
}

export interface TreeNode {
  level: number;
  index: number;
  hash: Uint8Array;
}

function checkWhole(n: number, least: number, most: number, what: string): void {
  if (!Number.isSafeInteger(n) || n < least || n > most) throw new RangeError(`no such ${what}: ${n}`);
}

/** The largest power of two smaller than `n`, as its exponent, for `n` of at least 2. */
function splitLevel(n: number): number {
  let level = 0;
  while (2 ** (level + 1) < n) level += 1;
  return level;
}

/** The root over the leaves from `start` to before `end`, where no complete subtree crosses `start`. */
function rangeRoot(sha256: Sha256, source: NodeSource, start: number, end: number): Uint8Array {
  const count = end - start;
  if (count === 1) return source.node(0, start);
  const level = splitLevel(count);
  const half = 2 ** level;
  if (count === half * 2) return source.node(level + 1, start / count);
  return nodeHash(sha256, source.node(level, start / half), rangeRoot(sha256, source, start + half, end));
}

/**
 * The complete subtrees above the leaves that the leaf at `index` completes, lowest first: none for an even index.
 * `leaf` is its leaf hash; `source` need not hold it yet.
 */
export function appendNodes(sha256: Sha256, source: NodeSource, index: number, leaf: Uint8Array): TreeNode[] {
  checkWhole(index, 0, Number.MAX_SAFE_INTEGER - 1, 'leaf');
  const nodes: TreeNode[] = [];
  let hash = leaf;
  let at = index;
  for (let level = 0; at % 2 === 1; level++) {
    hash = nodeHash(sha256, source.node(level, at - 1), hash);
    at = Math.floor(at / 2);
    nodes.push({ level: level + 1, index: at, hash });
  }
  return nodes;
}

/** The root of the tree over the first `size` leaves; at least one. */
export function rootAt(sha256: Sha256, source: NodeSource, size: number): Uint8Array {
  checkWhole(size, 1, Number.MAX_SAFE_INTEGER, 'size');
  return rangeRoot(sha256, source, 0, size);
}

/** The audit path of leaf `index` in the tree of `size` leaves (RFC 6962, section 2.1.1), nearest sibling first. */
export function inclusionPath(sha256: Sha256, source: NodeSource, index: number, size: number): Uint8Array[] {
  checkWhole(size, 1, Number.MAX_SAFE_INTEGER, 'size');
  checkWhole(index, 0, size - 1, 'leaf');
  const path: Uint8Array[] = [];
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + 2 ** splitLevel(end - start);
    if (index < middle) {
      path.push(rangeRoot(sha256, source, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(sha256, source, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/**
 * The path that proves the tree of `to` leaves to begin with the tree of `from` leaves (RFC 6962, section 2.1.2);
 * empty where they are the same. `from` is at least 1.
 */
export function consistencyPath(sha256: Sha256, source: NodeSource, from: number, to: number): Uint8Array[] {
  checkWhole(to, 1, Number.MAX_SAFE_INTEGER, 'size');
  checkWhole(from, 1, to, 'size');
  const path: Uint8Array[] = [];
  let start = 0;
  let end = to;
  while (end !== from) {
    const middle = start + 2 ** splitLevel(end - start);
    if (from <= middle) {
      path.push(rangeRoot(sha256, source, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(sha256, source, start, middle));
      start = middle;
    }
  }
  // What is left is a subtree of both; only where it is the whole first tree does who checks know its hash already.
  if (start !== 0) path.push(rangeRoot(sha256, source, start, end));
  return path.reverse();
}
