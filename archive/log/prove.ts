/** Proofs that an event stands in the log, to be handed out. */
import { HoldfastError } from '../../contract/errors.ts';
import { captureOrigin } from '../../db/capture.ts';
import { getEvent } from '../../db/event.ts';
import type { StoredCheckpoint } from '../../db/log.ts';
import { listLogKeys } from '../../db/log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { nodeEd25519 } from '../../evidence/log/ed25519-node.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../../evidence/log/tlog-proof.ts';
import { inclusionPath } from '../../evidence/log/tree.ts';
import type { Archive } from '../archive.ts';
import { writeNewFile } from '../new-file.ts';
import { noCapture } from '../posts.ts';
import { nodeSource } from './append.ts';
import { makeCheckpoint, requireCheckpoint } from './checkpoint.ts';

/**
 * The bytes of a `.tlog-proof` file: that the event `seq` stands in the log that the checkpoint of `size` events signed.
 * Checked before it is given. `withLeaf` puts the leaf into the extra data, for a file that travels alone; it says
 * nothing about what was done, and what it says is proven by the proof. Errors: `checkpoint-not-found`, `bad-input` for an event that is not under the checkpoint,
 * `archive-damaged` where the proof does not hold.
 */
export function proveEvent(
  archive: Pick<Archive, 'db'>,
  seq: number,
  size: number,
  options: { withLeaf?: boolean } = {},
): Uint8Array {
  const { db } = archive;
  const checkpoint = requireCheckpoint(archive, size);
  const event = seq < size ? getEvent(db, seq) : null;
  if (event === null) {
    throw new HoldfastError('bad-input', `Event ${seq} is not among the ${size} that the checkpoint covers.`);
  }
  const path = inclusionPath(nodeSha256, nodeSource(db), seq, size);
  const extra = options.withLeaf ? event.leaf : null;
  const proof = formatTlogProof({ extra, index: seq, path, checkpoint: checkpoint.note });
  try {
    verifyTlogProof(nodeSha256, event.leaf, parseTlogProof(proof), keyOf(archive, checkpoint), nodeEd25519);
  } catch (cause) {
    throw new HoldfastError(
      'archive-damaged',
      `Event ${seq} cannot be proven from the checkpoint of ${size} events: the log was changed. 'holdfast log verify' says where.`,
      { cause },
    );
  }
  return proof;
}

function keyOf(archive: Pick<Archive, 'db'>, checkpoint: StoredCheckpoint): string {
  return listLogKeys(archive.db).find(({ origin }) => origin === checkpoint.origin)?.vkey ?? '';
}

export interface CaptureProof {
  /** Of the capture's event. */
  seq: number;
  /** Of the checkpoint that the proof leads to, in events; its origin; the key to check it with. */
  size: number;
  origin: string;
  vkey: string;
  proof: Uint8Array;
}

/** The proof of one capture, with its leaf, under a checkpoint made now. Errors: `capture-not-found`, and those of `makeCheckpoint`. */
export function proveCapture(archive: Pick<Archive, 'db' | 'clock'>, captureId: string): CaptureProof {
  const origin = captureOrigin(archive.db, captureId);
  if (origin === null) throw noCapture(archive, captureId);
  const checkpoint = makeCheckpoint(archive);
  const { size } = checkpoint;
  return {
    seq: origin.eventSeq,
    size,
    origin: checkpoint.origin,
    vkey: keyOf(archive, checkpoint),
    proof: proveEvent(archive, origin.eventSeq, size, { withLeaf: true }),
  };
}

/**
 * Writes the proof of one capture as a new file. Errors: those of `proveCapture`, `output-exists`, `not-writable`,
 * `disk-full`, `file-not-found`; then no file is there.
 */
export function writeCaptureProof(
  archive: Pick<Archive, 'db' | 'clock'>,
  captureId: string,
  path: string,
): Omit<CaptureProof, 'proof'> & { path: string } {
  const { proof, ...about } = proveCapture(archive, captureId);
  writeNewFile(path, proof, 0o644);
  return { path, ...about };
}
