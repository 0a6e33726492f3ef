/** The archive as a whole: one file, one holder. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { idSchema, instantSchema } from './common.ts';
import { backupLineSchema } from './safety.ts';

export const archiveStatusSchema = z.object({
  id: idSchema,
  path: z.string(),
  encrypted: z.boolean(),
  createdAt: instantSchema,
  schemaVersion: z.number().int(),
  /** Bytes of a database page; other SQLCipher tools must be told (`PRAGMA cipher_page_size`). */
  pageSize: z.number().int(),
  /** Bytes of the file, without its write-ahead log. */
  fileSize: z.number().int(),
  actor: actorSchema,
  /** The newest backup that the log knows of. */
  lastBackup: backupLineSchema.nullable(),
  counts: z.object({
    captures: z.number().int(),
    posts: z.number().int(),
    tags: z.number().int(),
    artifacts: z.number().int(),
    events: z.number().int(),
  }),
});
export type ArchiveStatus = z.infer<typeof archiveStatusSchema>;

/** One line of the custody log, as shown. */
export const eventLineSchema = z.object({
  seq: z.number().int().nonnegative(),
  id: idSchema,
  time: instantSchema,
  kind: z.string(),
  actor: actorSchema,
  /** Ids of what it is about, as its leaf says. */
  subjects: z.array(z.string()),
  leafHash: z.string(),
  /** The leaf of the purge that destroyed its document; null: it is there. */
  purgedBy: z.number().int().nonnegative().nullable(),
});
export type EventLine = z.infer<typeof eventLineSchema>;

export const rebuildReportSchema = z.object({
  events: z.number().int(),
  /** Tables whose content differed from what the events say, with the first differing row in words. */
  differences: z.array(z.object({ table: z.string(), first: z.string() })),
});
export type RebuildReport = z.infer<typeof rebuildReportSchema>;
