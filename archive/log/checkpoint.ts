/** Checkpoints: the head of the custody log, signed by the archive's log key and kept. */
import { HoldfastError } from '../../contract/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import {
  activeLogKey,
  getCheckpoint,
  getLogHead,
  insertCheckpoint,
  newestCheckpoint,
  type StoredCheckpoint,
} from '../../db/log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { signCheckpoint } from '../../evidence/log/checkpoint.ts';
import { noteSigner } from '../../evidence/log/ed25519-node.ts';
import { verifyConsistency } from '../../evidence/log/merkle.ts';
import { consistencyPath } from '../../evidence/log/tree.ts';
import type { Archive } from '../archive.ts';
import { nodeSource } from './append.ts';

/** Whether something was recorded since the newest checkpoint. */
export function needsCheckpoint(archive: Pick<Archive, 'db'>): boolean {
  return (getLogHead(archive.db)?.size ?? 0) !== (newestCheckpoint(archive.db)?.size ?? 0);
}

/**
 * The signed head over everything that is recorded; where there is one of this size already, that one. Not inside a
 * transaction. Errors: `archive-damaged` where the log no longer begins with what an earlier checkpoint signed (a log that
 * signs both has forked), or has no key; `disk-full`, `io-failed`.
 */
export function makeCheckpoint(archive: Pick<Archive, 'db' | 'clock'>): StoredCheckpoint {
  const { db } = archive;
  return inTransaction(db, () => {
    const head = getLogHead(db);
    const key = activeLogKey(db);
    if (head === null || key === null) {
      throw new HoldfastError(
        'archive-damaged',
        'The custody log has no head or no key, so nothing can sign it.',
      );
    }
    const before = newestCheckpoint(db);
    // Of the same size, or, in a log that was cut, of a larger one: then `proveConsistency` refuses.
    if (before !== null) proveConsistency(archive, before, head);
    if (before?.size === head.size) return before;
    const { origin } = key;
    const note = signCheckpoint({ origin, ...head }, noteSigner(origin, key.pkcs8));
    const checkpoint = { ...head, origin, note, madeAt: archive.clock().toISOString() };
    insertCheckpoint(db, checkpoint);
    return requireCheckpoint(archive, head.size);
  });
}

/** The checkpoint of this size. Errors: `checkpoint-not-found`. */
export function requireCheckpoint(archive: Pick<Archive, 'db'>, size: number): StoredCheckpoint {
  const found = getCheckpoint(archive.db, size);
  if (found === null) {
    throw new HoldfastError(
      'checkpoint-not-found',
      `There is no checkpoint of ${size} events in this archive.`,
    );
  }
  return found;
}

/**
 * The path that proves that the log at `to` begins with the log at `from` (RFC 6962, section 2.1.2), checked before it is
 * given. For two stored checkpoints, of one origin or of two. Errors: `archive-damaged` where it does not.
 */
export function proveConsistency(
  archive: Pick<Archive, 'db'>,
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
): Uint8Array[] {
  const path =
    from.size <= to.size ? consistencyPath(nodeSha256, nodeSource(archive.db), from.size, to.size) : [];
  if (!verifyConsistency(nodeSha256, { from, to, path })) {
    throw new HoldfastError(
      'archive-damaged',
      `The custody log at ${to.size} events does not begin with what was signed at ${from.size}. 'holdfast log verify' says what differs.`,
    );
  }
  return path;
}
