/** Proofs that a leaf stands in a custody log, each with the checkpoint that it leads to (c2sp.org/tlog-proof). */
import { HoldfastError } from '../../contract/errors.ts';
import { fromBase64, toBase64 } from '../digest/base64.ts';
import { concatBytes, type Sha256 } from '../digest/sha256.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import type { Ed25519 } from './ed25519.ts';
import { leafHash, maxPathLength, verifyInclusion } from './merkle.ts';
import { maxNoteLength } from './note.ts';

export interface TlogProof {
  /** Opaque, and signed by nobody: never to be believed. Null where there is none. */
  extra: Uint8Array | null;
  /** Place of the leaf in the log, from 0. */
  index: number;
  /** The audit path (RFC 6962, section 2.1.1), nearest sibling first. */
  path: readonly Uint8Array[];
  /** The exact bytes of the checkpoint. */
  checkpoint: Uint8Array;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
/** Bytes of extra data. */
const maxExtra = 64 * 1024;
/** Bytes of a whole proof: path and checkpoint at their largest, extra data in base64. */
export const maxProofLength = 2 * maxExtra + maxPathLength * 45 + maxNoteLength + 100;

function refuse(found: string, cause?: unknown): never {
  throw new HoldfastError('bad-input', `Expected a proof (c2sp.org/tlog-proof), but ${found}.`, { cause });
}

function check({ extra, index, path }: TlogProof): void {
  if (!Number.isSafeInteger(index) || index < 0) refuse('its index is no place in a log');
  if (path.length > maxPathLength) refuse(`its path has more than ${maxPathLength} hashes`);
  if (path.some((hash) => hash.length !== 32)) refuse('a hash of its path has not 32 bytes');
  if ((extra?.length ?? 0) > maxExtra) refuse(`its extra data has more than ${maxExtra} bytes`);
}

/** The bytes of the proof, as they stand in a `.tlog-proof` file. Errors: `bad-input`. */
export function formatTlogProof(proof: TlogProof): Uint8Array {
  check(proof);
  const lines = [
    firstLine,
    ...(proof.extra === null ? [] : [`extra ${toBase64(proof.extra)}`]),
    `index ${proof.index}`,
    ...proof.path.map(toBase64),
    '',
    '',
  ];
  return concatBytes(new TextEncoder().encode(lines.join('\n')), proof.checkpoint);
}

/**
 * Reads a proof, which is attacker-controlled; nothing in it is checked against anything yet. Its checkpoint is
 * everything after the first empty line, unread. Errors: `bad-input`.
 */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > maxProofLength) refuse(`it has ${bytes.length} bytes, more than ${maxProofLength}`);
  const end = bytes.findIndex((byte, i) => byte === 0x0a && bytes[i + 1] === 0x0a);
  if (end < 0) refuse('it has no empty line before a checkpoint');
  const [first, ...lines] = asciiOf(bytes.subarray(0, end)).split('\n');
  if (first !== firstLine) refuse(`its first line is not ${firstLine}`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const [, index] = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined) refuse('its index is missing, or written another way');
  if (lines.length > maxPathLength) refuse(`its path has more than ${maxPathLength} hashes`);
  const proof: TlogProof = {
    extra: extra === undefined ? null : fromBase64(extra),
    index: Number(index),
    path: lines.map(fromBase64),
    checkpoint: bytes.slice(end + 2),
  };
  check(proof);
  return proof;
}

function asciiOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return text.length === bytes.length && /^[\n\x20-\x7e]*$/.test(text)
    ? text
    : refuse('it is not plain text');
}

/**
 * The checkpoint that the proof leads to, if it holds: signed by the log's key, with the leaf in its tree at the
 * place given. Whether leaf and place agree (a leaf of Holdfast says its own) is for the caller. Everything but `vkey`
 * may be attacker-controlled. Errors: `bad-input`.
 */
export function verifyTlogProof(
  sha256: Sha256,
  leafBytes: Uint8Array,
  proof: TlogProof,
  vkey: string,
  ed25519?: Ed25519,
): Checkpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, vkey, ed25519);
  const { size, root } = checkpoint;
  const leaf = leafHash(sha256, leafBytes);
  if (!verifyInclusion(sha256, { leaf, index: proof.index, size, path: proof.path, root })) {
    refuse(`it does not lead from this leaf to the root of ${checkpoint.origin} at size ${size}`);
  }
  return checkpoint;
}
