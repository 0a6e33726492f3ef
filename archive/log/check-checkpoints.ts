/** The third part of a check: keys, checkpoints and the archive's own row against what the events say. */
import { getArchiveInfo } from '../../db/archive-info.ts';
import { listCheckpoints, listLogKeys, type StoredCheckpoint } from '../../db/log.ts';
import { sameBytes } from '../../evidence/digest/sha256.ts';
import { openCheckpoint } from '../../evidence/log/checkpoint.ts';
import { nodeEd25519, noteSigner } from '../../evidence/log/ed25519-node.ts';
import { verifierKey } from '../../evidence/log/note.ts';
import type { CheckedEvents, StartedLog } from './check-events.ts';
import type { Inquiry } from './inquiry.ts';

export function checkArchiveRow(inquiry: Inquiry, { created }: CheckedEvents): void {
  if (created === null) return;
  const info = getArchiveInfo(inquiry.db);
  if (info.archiveId !== created.archive || info.encrypted !== created.encrypted) {
    const message = `The archive's own row names another id or encryption than the event that created it (${created.archive}).`;
    inquiry.found('archive_info', 'one=1', 'archive-differs', message);
  }
}

/** Each log that was started has its key, each key its event, and the private key fits the public one. */
export function checkKeys(inquiry: Inquiry, { logs }: CheckedEvents): void {
  const keys = listLogKeys(inquiry.db);
  for (const { eventSeq, origin, vkey, pkcs8 } of keys) {
    const log = logs.find(({ seq }) => seq === eventSeq);
    if (log === undefined || log.origin !== origin || log.vkey !== vkey || !fits(origin, vkey, pkcs8)) {
      const message = `The key of ${origin} is not the one that event ${eventSeq} names.`;
      inquiry.found('log_key', `event_seq=${eventSeq}`, 'key-differs', message);
    }
  }
  for (const { seq, origin } of logs) {
    if (keys.some(({ eventSeq }) => eventSeq === seq)) continue;
    const message = `The key of ${origin}, which event ${seq} names, is not there: nothing can be signed with it any more.`;
    inquiry.found('log_key', `event_seq=${seq}`, 'key-differs', message);
  }
}

function fits(origin: string, vkey: string, pkcs8: Uint8Array): boolean {
  try {
    return verifierKey(origin, noteSigner(origin, pkcs8).publicKey) === vkey;
  } catch {
    return false;
  }
}

/**
 * Every checkpoint: signed by the key that held at its size, and over the root of the leaves as they are. Two that both
 * are roots of beginnings of the same leaves are consistent with each other, so no path between them is needed.
 */
export async function checkCheckpoints(inquiry: Inquiry, events: CheckedEvents): Promise<number> {
  const checkpoints = listCheckpoints(inquiry.db);
  for (const [i, checkpoint] of checkpoints.entries()) {
    checkOne(inquiry, events, checkpoint);
    await inquiry.pause(() => ({ step: 'Checkpoints', done: i, total: checkpoints.length, unit: 'items' }));
  }
  return checkpoints.length;
}

function checkOne(inquiry: Inquiry, events: CheckedEvents, checkpoint: StoredCheckpoint): void {
  const { size } = checkpoint;
  const found = (code: Parameters<Inquiry['found']>[2], message: string) =>
    inquiry.found('log_checkpoint', `size=${size}`, code, `The checkpoint of ${size} events ${message}.`);
  // The key that an event at this size or before it named: a later one did not exist when this was signed.
  const log = events.logs.findLast(({ seq }) => seq < size);
  const signed = log === undefined ? null : open(checkpoint, log);
  if (signed === null) {
    found(
      'signature-differs',
      `is not signed by the key that the log had then${log === undefined ? '' : ` (${log.origin})`}`,
    );
    return;
  }
  if (
    signed.size !== size ||
    signed.origin !== checkpoint.origin ||
    !sameBytes(signed.root, checkpoint.root)
  ) {
    found('checkpoint-differs', 'says something else in its row than in what is signed');
  }
  if (signed.size > events.size) {
    found(
      'log-shorter-than-checkpoint',
      `was signed, and the log has only ${events.size}: its end is missing`,
    );
    return;
  }
  const root = events.roots.get(signed.size);
  if (root === undefined || !sameBytes(root, signed.root)) {
    found('root-differs', 'was signed over other leaves than those that are there');
  }
}

function open(checkpoint: StoredCheckpoint, log: StartedLog) {
  try {
    return openCheckpoint(checkpoint.note, log.vkey, nodeEd25519);
  } catch {
    return null;
  }
}
