/** Backups that were made of this archive. */
import type { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { backupLineSchema } from '../contract/model/safety.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertBackup(
  db: WritableDb,
  body: EventBody<'backup.made'>,
  { time, eventSeq }: { time: string; eventSeq: number },
): void {
  prepared(
    db,
    'INSERT INTO backup (event_seq, time, sha256, size, leaves, leaf_hash) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(eventSeq, time, body.sha256, body.size, body.head.size, body.head.leafHash);
}

/** The newest backup that the log knows of. */
export function lastBackup(db: ReadableDb): z.infer<typeof backupLineSchema> | null {
  const row = prepared(db, 'SELECT time, size, sha256 FROM backup ORDER BY event_seq DESC LIMIT 1').get();
  return row === undefined ? null : backupLineSchema.parse(row);
}
