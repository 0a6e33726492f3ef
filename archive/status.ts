/** What the open archive is, and its log. */
import { statSync } from 'node:fs';
import type { ArchiveStatus, EventLine } from '../contract/model/archive.ts';
import { countAll } from '../db/archive-info.ts';
import { lastBackup } from '../db/backup.ts';
import { type LinesPage, listEventsOf, listEvents as listLines } from '../db/event.ts';
import { getSession, toActor } from '../db/session.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';
import { requireCapture } from './posts.ts';

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
    lastBackup: lastBackup(db),
    counts: countAll(db),
  };
}

type LogLine = ReturnType<typeof listEventsOf>['lines'][number];

function eventLine({ leaf_hash: hash, actor, signer, subjects, ...line }: LogLine): EventLine {
  return { ...line, leafHash: toHex(hash), actor: toActor({ actor, signer }), subjects };
}

/** Lines of the custody log that the filter lets through, newest first; `total` counts them all. */
export function listEvents(archive: Archive, page: LinesPage): { total: number; events: EventLine[] } {
  const { total, lines } = listLines(archive.db, page);
  return { total, events: lines.map(eventLine) };
}

/** What the log holds about one capture, oldest first, at most `limit` acts of `total`. Errors: `capture-not-found`. */
export function eventsOf(
  archive: Archive,
  captureId: string,
  limit = 100,
): { total: number; events: EventLine[] } {
  requireCapture(archive, captureId);
  const { total, lines } = listEventsOf(archive.db, captureId, limit);
  return { total, events: lines.map(eventLine) };
}
