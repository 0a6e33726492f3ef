/** The one row that says which archive this is, and how much is in it. */
import { z } from 'zod';
import type { ArchiveStatus } from '../contract/model/archive.ts';
import { unlisted } from './earlier-post.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const infoRow = z.object({ archive_id: z.string(), created_at: z.string(), encrypted: z.number() });

export interface ArchiveInfo {
  archiveId: string;
  createdAt: string;
  encrypted: boolean;
}

export function insertArchiveInfo(db: WritableDb, info: ArchiveInfo): void {
  prepared(db, 'INSERT INTO archive_info (one, archive_id, created_at, encrypted) VALUES (1, ?, ?, ?)').run(
    info.archiveId,
    info.createdAt,
    info.encrypted ? 1 : 0,
  );
}

export function getArchiveInfo(db: ReadableDb): ArchiveInfo {
  const row = infoRow.parse(
    prepared(db, 'SELECT archive_id, created_at, encrypted FROM archive_info WHERE one = 1').get(),
  );
  return { archiveId: row.archive_id, createdAt: row.created_at, encrypted: row.encrypted === 1 };
}

const countsRow = z.object({
  captures: z.number(),
  posts: z.number(),
  tags: z.number(),
  artifacts: z.number(),
  events: z.number(),
});

export function countAll(db: ReadableDb): ArchiveStatus['counts'] {
  return countsRow.parse(
    prepared(
      db,
      `SELECT (SELECT count(*) FROM capture) AS captures, (SELECT count(*) FROM post) - (${unlisted}) AS posts,
         (SELECT count(*) FROM tag) AS tags, (SELECT count(*) FROM artifact) AS artifacts,
         (SELECT count(*) FROM event) AS events`,
    ).get(),
  );
}
