/** The log as the desk shows it: how long it is, and what was signed last. */
import type { LogCheckpoint, LogStatus } from '../../contract/model/log.ts';
import {
  countCheckpoints,
  getLogHead,
  listLogKeys,
  newestCheckpoint,
  type StoredCheckpoint,
} from '../../db/log.ts';
import { listActors } from '../../db/session.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';

export function describeCheckpoint(
  archive: Pick<Archive, 'db'>,
  checkpoint: StoredCheckpoint,
): LogCheckpoint {
  const { origin, size, root, note, madeAt } = checkpoint;
  const key = listLogKeys(archive.db).find((each) => each.origin === origin);
  return {
    origin,
    size,
    root: toHex(root),
    madeAt,
    note: new TextDecoder().decode(note),
    vkey: key?.vkey ?? '',
  };
}

export function logStatus(archive: Pick<Archive, 'db'>): LogStatus {
  const { db } = archive;
  const newest = newestCheckpoint(db);
  return {
    size: getLogHead(db)?.size ?? 0,
    checkpoint: newest === null ? null : describeCheckpoint(archive, newest),
    checkpoints: countCheckpoints(db),
    actors: listActors(db),
  };
}
