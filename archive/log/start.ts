/** Beginning a log: a key of its own, and the event that names it. */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventBody } from '../../contract/events.ts';
import { activeLogKey, insertLogKey } from '../../db/log.ts';
import { logOrigin } from '../../evidence/log/checkpoint.ts';
import { makeLogKey } from '../../evidence/log/ed25519-node.ts';
import { verifierKey } from '../../evidence/log/note.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';

type Cause = EventBody<'log.started'>['cause'];

/**
 * Makes a new log key, records `log.started` with its verifier key, and keeps both; from here on this key signs. Inside
 * the caller's transaction. `restoredBy`: for the cause 'restored', and only for it, the id of the event that says that
 * this archive came out of a backup; it makes the origin a new one. Errors: `bad-input` where the origin exists already.
 */
export function startLog(
  archive: Pick<Archive, 'db' | 'sessionId' | 'clock' | 'info'>,
  cause: Cause,
  restoredBy: string | null = null,
): { origin: string; vkey: string } {
  if ((cause === 'restored') !== (restoredBy !== null)) {
    throw new HoldfastError('bad-input', 'A restored log, and no other, names the event that restored it.');
  }
  const origin = logOrigin(archive.info.archiveId, restoredBy);
  if (activeLogKey(archive.db)?.origin === origin) {
    throw new HoldfastError('bad-input', `The log ${origin} was started before; it has one key.`);
  }
  const { pkcs8, publicKey } = makeLogKey();
  const vkey = verifierKey(origin, publicKey);
  const { seq } = recordEvent(archive, 'log.started', { origin, vkey, cause });
  insertLogKey(archive.db, { eventSeq: seq, origin, vkey, pkcs8 });
  return { origin, vkey };
}
