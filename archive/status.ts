/** What the open archive is, and its log. */
import { statSync } from 'node:fs';
import type { ArchiveStatus, EventLine } from '../contract/model/archive.ts';
import { countAll } from '../db/archive-info.ts';
import { listEvents as listLines, nextSeq } from '../db/event.ts';
import { getSession, toActor } from '../db/session.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';

export function archiveStatus(archive: Archive): ArchiveStatus {
  const { db, info, path } = archive;
  const session = getSession(db, archive.sessionId);
  if (session === null) throw new Error('the session of this opening is not recorded');
  return {
    id: info.archiveId,
    path,
    encrypted: info.encrypted,
    createdAt: info.createdAt,
    schemaVersion: Number(db.pragma('user_version', { simple: true })),
    pageSize: Number(db.pragma('page_size', { simple: true })),
    fileSize: statSync(path).size,
    actor: session.actor,
    counts: countAll(db),
  };
}

/** Lines of the custody log, newest first, from below `before`. */
export function listEvents(
  archive: Archive,
  before: number | null,
  limit: number,
): { total: number; events: EventLine[] } {
  const events = listLines(archive.db, before, limit).map(({ leaf_hash: hash, actor, signer, ...line }) => ({
    ...line,
    leafHash: toHex(hash),
    actor: toActor({ actor, signer }),
  }));
  return { total: nextSeq(archive.db), events };
}
