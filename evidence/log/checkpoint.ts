/** Checkpoints (c2sp.org/tlog-checkpoint): the signed head of a custody log at one size. */
import { HoldfastError } from '../../contract/errors.ts';
import { fromBase64, toBase64 } from '../digest/base64.ts';
import type { Ed25519 } from './ed25519.ts';
import { isKeyName, type NoteSigner, openNote, parseVerifierKey, signNote } from './note.ts';

export interface Checkpoint {
  /** Which log, and of which key: see `logOrigin`. */
  origin: string;
  /** Leaves; at least 1. */
  size: number;
  /** 32 bytes: the root over them (RFC 6962, section 2.1). */
  root: Uint8Array;
}

/**
 * The name of the custody log of an archive, which is also the name of its key. An archive that was restored from a
 * backup goes on under a new one: what was recorded after the backup was made may exist elsewhere, under the old name.
 */
export function logOrigin(archiveId: string, restoredBy: string | null = null): string {
  return restoredBy === null ? `holdfast/${archiveId}` : `holdfast/${archiveId}/${restoredBy}`;
}

function refuse(found: string): never {
  throw new HoldfastError('bad-input', `Expected a checkpoint (c2sp.org/tlog-checkpoint), but ${found}.`);
}

function check({ origin, size, root }: Checkpoint): void {
  if (!isKeyName(origin)) refuse('its origin is no name of a log');
  if (!Number.isSafeInteger(size) || size < 0) refuse('its size is no number of leaves');
  if (size === 0) refuse('it is of an empty log, of which nothing can be said');
  if (root.length !== 32) refuse(`its root has ${root.length} bytes, not 32`);
}

/** The text that is signed: origin, size, root in base64, a line each. Errors: `bad-input`, for size 0 too. */
export function checkpointText(checkpoint: Checkpoint): string {
  check(checkpoint);
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/**
 * Reads such a text, which may be attacker-controlled: exactly three lines. Extension lines, which the form allows,
 * are refused; nobody could check what they say. Errors: `bad-input`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin, size, root] =
    /^([^\n]{1,512})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]{44})\n$/.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined) {
    return refuse('its text is not an origin, a size and a root, a line each');
  }
  const checkpoint = { origin, size: Number(size), root: fromBase64(root) };
  check(checkpoint);
  return checkpoint;
}

/** The bytes of the checkpoint as a signed note. The signer is named like the log. Errors: `bad-input`. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Uint8Array {
  if (signer.name !== checkpoint.origin) refuse(`its origin is not ${signer.name}, which would sign it`);
  return signNote(checkpointText(checkpoint), signer);
}

/**
 * The checkpoint in bytes that are attacker-controlled, if the log's own key has signed it. `vkey` is the log's
 * verifier key, and its name the only origin accepted. Errors: `bad-input`.
 */
export function openCheckpoint(bytes: Uint8Array, vkey: string, ed25519?: Ed25519): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(bytes, [vkey], ed25519).text);
  const { name } = parseVerifierKey(vkey);
  if (checkpoint.origin !== name) refuse(`it is of the log ${checkpoint.origin}, not of ${name}`);
  return checkpoint;
}
