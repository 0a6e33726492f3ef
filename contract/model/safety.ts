/** Keeping an archive safe: its key, its copies, its checks, and its lock. */
import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

const path = z.string().min(1);

/** What opens an encrypted archive beside its passphrase: the groups of a recovery sheet, typed or in a file. */
export const recoverySchema = z.union([
  z.strictObject({ typed: z.string().min(1).max(20_000) }),
  z.strictObject({ path }),
]);
export type Recovery = z.infer<typeof recoverySchema>;

/** Said again before the key leaves the archive or changes: an open archive proves nothing about who sits there. */
export const secretSchema = z.union([
  z.strictObject({ passphrase: z.string().min(1).max(1024) }),
  z.strictObject({ recovery: recoverySchema }),
]);
export type Secret = z.infer<typeof secretSchema>;

/** How far the log was: how many leaves, and the hash of the last. */
export const logHeadSchema = z.strictObject({
  size: z.number().int().nonnegative(),
  leafHash: sha256Schema.nullable(),
});
export type LogHead = z.infer<typeof logHeadSchema>;

export const recoverySheetSchema = z.object({
  sheetId: idSchema,
  path: z.string(),
  format: z.enum(['text', 'pdf']),
});
export type RecoverySheetReport = z.infer<typeof recoverySheetSchema>;

export const passphraseEstimateSchema = z.object({
  /** Bytes that the new file needs beside the old one, and that the disk has. */
  needed: z.number().int(),
  free: z.number().int(),
  /** About how long, from a sample of this file on this computer. */
  seconds: z.number(),
});
export type PassphraseEstimate = z.infer<typeof passphraseEstimateSchema>;

export const passphraseReportSchema = z.object({
  /** What it was before. */
  from: z.enum(['encrypted', 'plain']),
  /** Bytes of the archive's file. */
  size: z.number().int(),
  head: logHeadSchema,
});
export type PassphraseReport = z.infer<typeof passphraseReportSchema>;

export const backupReportSchema = z.object({
  path: z.string(),
  sha256: sha256Schema,
  size: z.number().int(),
  head: logHeadSchema,
});
export type BackupReport = z.infer<typeof backupReportSchema>;

export const restoreReportSchema = z.object({
  path: z.string(),
  archiveId: idSchema,
  /** The backup: its digest, and how far its log was. */
  sha256: sha256Schema,
  from: logHeadSchema,
  head: logHeadSchema,
});
export type RestoreReport = z.infer<typeof restoreReportSchema>;

export const checkProblemSchema = z.object({
  code: z.enum(['pages', 'structure', 'references', 'log']),
  /** What was found, for a person. */
  message: z.string(),
});
export const checkReportSchema = z.object({
  ok: z.boolean(),
  problems: z.array(checkProblemSchema),
  encrypted: z.boolean(),
  /** Pages of the file, and those of them that hold nothing at present. */
  pages: z.number().int(),
  freePages: z.number().int(),
  pageSize: z.number().int(),
  /** Bytes of the write-ahead log before the check folded it into the file. */
  walBytes: z.number().int(),
  events: z.number().int(),
  artifacts: z.number().int(),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

export const backupLineSchema = z.object({
  time: instantSchema,
  size: z.number().int(),
  sha256: sha256Schema,
});

/** Minutes without input after which an open archive is locked; null: never. */
export const idleMinutesSchema = z
  .number()
  .int()
  .min(1)
  .max(24 * 60)
  .nullable();
export const defaultIdleMinutes = 15;
