/** The tree of the custody log in the archive: a leaf added, a root looked up, an old archive's tree made. */
import { HoldfastError } from '../../contract/errors.ts';
import { nextSeq } from '../../db/event.ts';
import { inTransaction, type ReadableDb, type WritableDb } from '../../db/handle.ts';
import { getLogHead, getLogNode, insertLogNode, moveLogHead } from '../../db/log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes } from '../../evidence/digest/sha256.ts';
import { appendNodes, type NodeSource, rootAt, type TreeNode } from '../../evidence/log/tree.ts';

function damaged(what: string): HoldfastError {
  return new HoldfastError(
    'archive-damaged',
    `The tree of the custody log does not fit its events: ${what}. Nothing was recorded. 'holdfast log verify' says what differs; 'holdfast rebuild' makes the tree anew from the leaves.`,
  );
}

/** The tree's hashes as the archive holds them. Reading one that is missing: `archive-damaged`. */
export function nodeSource(db: ReadableDb): NodeSource {
  return {
    node: (level, index) => {
      const hash = getLogNode(db, level, index);
      if (hash === null) throw damaged(`the hash number ${index} of level ${level} is missing`);
      return hash;
    },
  };
}

/** Each hash is read once, however often it is asked for: the old root and the new one rest on much the same. */
function remembering(source: NodeSource): NodeSource & { add(node: TreeNode): void } {
  const known = new Map<string, Uint8Array>();
  const add = ({ level, index, hash }: TreeNode): void => void known.set(`${level}/${index}`, hash);
  return {
    add,
    node: (level, index) => {
      const hash = known.get(`${level}/${index}`) ?? source.node(level, index);
      add({ level, index, hash });
      return hash;
    },
  };
}

/**
 * Adds the leaf of the event `seq`, which stands in `event` already, and moves the head. Inside the caller's transaction.
 * Errors: `archive-damaged` where head and nodes are not those of the leaves before it; nothing is ever built on a tree
 * that was changed.
 */
export function appendLeaf(db: WritableDb, seq: number, leafHash: Uint8Array): void {
  const head = getLogHead(db);
  const size = head?.size ?? 0;
  if (size !== seq) throw damaged(`its head says ${size} leaves where there are ${seq}`);
  const source = remembering(nodeSource(db));
  if (head !== null && !sameBytes(rootAt(nodeSha256, source, size), head.root)) {
    throw damaged('its head is not the root over its nodes');
  }
  source.add({ level: 0, index: seq, hash: leafHash });
  for (const node of appendNodes(nodeSha256, source, seq, leafHash)) {
    insertLogNode(db, node);
    source.add(node);
  }
  moveLogHead(db, head, { size: size + 1, root: rootAt(nodeSha256, source, size + 1) });
}

/** Makes the tree of an archive that was recorded before there was one. One transaction; nothing where it is there. */
export function fillTree(db: WritableDb): void {
  const size = nextSeq(db);
  // A head that was taken away from a tree that is there is damage, not an old archive.
  if (size === 0 || getLogHead(db) !== null || getLogNode(db, 1, 0) !== null) return;
  inTransaction(db, () => {
    for (let seq = 0; seq < size; seq++) appendLeaf(db, seq, nodeSource(db).node(0, seq));
  });
}
