/** The exact bytes that a stamp of this archive is over. */
import { HoldfastError } from '../../contract/errors.ts';
import type { TimestampSubject } from '../../contract/model/timestamp.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { getCheckpoint } from '../../db/log.ts';
import { getTimestampFile, getTimestampOfToken, type StoredRequest } from '../../db/timestamp.ts';
import { concatBytes } from '../../evidence/digest/sha256.ts';

/** An archive, or one moment of it. */
type Reading = { db: ReadableDb };

/** A token was renewed at most this often; more is a circle in a damaged archive. */
const maxRenewals = 64;

/**
 * A checkpoint's signed note; a bundle's signature; for a renewal, what the older token was over followed by that token's own bytes.
 * Errors: `archive-damaged`, `timestamp-not-found`.
 */
export function stampedBytes(archive: Reading, subject: TimestampSubject, depth = 0): Uint8Array {
  if (subject.kind === 'checkpoint') {
    const checkpoint = getCheckpoint(archive.db, subject.size);
    if (checkpoint === null)
      throw missing(`the checkpoint of ${subject.size} events, which was stamped, is missing`);
    return checkpoint.note;
  }
  if (subject.kind === 'bundle') return keptBytes(archive, subject.signature);
  if (depth > maxRenewals) throw missing('a stamp that renews itself');
  const older = requireToken(archive, subject.token);
  return concatBytes(stampedBytes(archive, older.subject, depth + 1), keptBytes(archive, older.token.sha256));
}

/** The request with its token. Errors: `timestamp-not-found`. */
export function requireToken(
  archive: Reading,
  tokenId: string,
): StoredRequest & { token: NonNullable<StoredRequest['token']> } {
  const found = getTimestampOfToken(archive.db, tokenId);
  if (found === null || found.token === null) {
    throw new HoldfastError(
      'timestamp-not-found',
      `There is no timestamp ${tokenId} in this archive. 'holdfast timestamp list' names them.`,
    );
  }
  return { ...found, token: found.token };
}

/** The bytes of a request, a token or an answer that an event names. Errors: `archive-damaged`. */
export function keptBytes(archive: Reading, sha256: string): Uint8Array {
  const bytes = getTimestampFile(archive.db, sha256);
  if (bytes === null) throw missing(`the bytes with SHA-256 ${sha256} of a timestamp are missing`);
  return bytes;
}

function missing(what: string): HoldfastError {
  return new HoldfastError('archive-damaged', `The archive is damaged: ${what}.`);
}
