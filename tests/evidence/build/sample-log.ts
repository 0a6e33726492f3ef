/** A custody log around the events of the sample: lines of which nothing is known, then theirs; its heads and proofs. */
import type { PlannedCheckpoint, PlannedLog, PlannedStamp } from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { concatBytes, fromHex } from '../../../evidence/digest/sha256.ts';
import { signCheckpoint } from '../../../evidence/log/checkpoint.ts';
import { noteSigner } from '../../../evidence/log/ed25519-node.ts';
import { parseLeaf } from '../../../evidence/log/leaf.ts';
import { leafHash, merkleRoot } from '../../../evidence/log/merkle.ts';
import type { NoteSigner } from '../../../evidence/log/note.ts';
import { consistencyPath, inclusionPath, type NodeSource, rootAt } from '../../../evidence/log/tree.ts';

const text = new TextEncoder();

/** A key that is the same in every run: PKCS#8 around 32 bytes (RFC 8410, section 7). */
export function testLogSigner(origin: string, word = 'the log'): NoteSigner {
  const seed = nodeSha256.of(text.encode(`key of ${word}`));
  return noteSigner(origin, concatBytes(fromHex('302e020100300506032b657004220420'), seed));
}

/** The hashes of a log of `size` lines: those given stand where they say, the others are made up. */
export function logHashes(
  leaves: readonly Uint8Array[],
  size: number,
  filler = 'line',
): readonly Uint8Array[] {
  const hashes = Array.from({ length: size }, (_, i) => leafHash(nodeSha256, text.encode(`${filler} ${i}`)));
  for (const leaf of leaves) hashes[parseLeaf(leaf).seq] = leafHash(nodeSha256, leaf);
  return hashes;
}

export function nodesOf(hashes: readonly Uint8Array[]): NodeSource {
  return {
    node: (level, index) =>
      merkleRoot(nodeSha256, hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
  };
}

export interface LogOptions {
  /** Sizes of the checkpoints, ascending; the last covers everything. */
  sizes: readonly number[];
  /** Timestamps over checkpoints, by size. */
  stamps?: ReadonlyMap<number, PlannedStamp>;
}

/** The log as a plan has it. */
export function planLog(
  signer: NoteSigner,
  hashes: readonly Uint8Array[],
  { sizes, stamps }: LogOptions,
): Omit<PlannedLog, 'started'> {
  const nodes = nodesOf(hashes);
  const newest = sizes[sizes.length - 1] ?? hashes.length;
  const checkpoints = sizes.map((size): PlannedCheckpoint => {
    const head = { origin: signer.name, size, root: rootAt(nodeSha256, nodes, size) };
    return {
      ...head,
      note: signCheckpoint(head, signer),
      consistency: consistencyPath(nodeSha256, nodes, size, newest),
      stamp: stamps?.get(size) ?? null,
    };
  });
  return { checkpoints, inclusionPath: (seq, size) => inclusionPath(nodeSha256, nodes, seq, size) };
}
