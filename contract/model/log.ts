/** The custody log as a whole: its checkpoints, proofs out of it, and what a check of it found. */
import { z } from 'zod';
import { instantSchema, sha256Schema } from './common.ts';

export const checkpointSchema = z.object({
  /** The log's name: `holdfast/<archive id>`, and after a restore `/<id of the event that restored it>`. */
  origin: z.string(),
  /** Events that it covers. */
  size: z.number().int().positive(),
  /** Root of the Merkle tree over them (RFC 6962). */
  root: sha256Schema,
  /** By this computer's clock. */
  madeAt: instantSchema,
  /** The signed note (c2sp.org/tlog-checkpoint), exactly. */
  note: z.string(),
  /** Verifier key of the log (c2sp.org/signed-note). */
  vkey: z.string(),
});
export type LogCheckpoint = z.infer<typeof checkpointSchema>;

export const logStatusSchema = z.object({
  /** Events recorded. */
  size: z.number().int().nonnegative(),
  /** Null: none was made yet. */
  checkpoint: checkpointSchema.nullable(),
  checkpoints: z.number().int().nonnegative(),
  /** Everyone who acted, for the filter. */
  actors: z.array(z.string()),
});
export type LogStatus = z.infer<typeof logStatusSchema>;

export const captureProofSchema = z.object({
  path: z.string(),
  /** Place of the capture's event in the log. */
  seq: z.number().int().nonnegative(),
  /** Events that the checkpoint in the proof covers. */
  size: z.number().int().positive(),
  origin: z.string(),
  vkey: z.string(),
});
export type CaptureProofReport = z.infer<typeof captureProofSchema>;

export const logProblemCodes = [
  // an event, its leaf, its document
  'out-of-sequence',
  'leaf-unreadable',
  'leaf-hash-differs',
  'commitment-differs',
  'document-unreadable',
  'leaf-and-document-disagree',
  'not-applicable',
  'document-missing',
  'purged-and-there',
  // what stands beside events
  'posts-differ',
  'salts-differ',
  'artifacts-differ',
  'archive-differs',
  'key-differs',
  // the tree and the tables that follow from the events
  'row-differs',
  'row-missing',
  'row-without-event',
  'index-differs',
  // checkpoints
  'signature-differs',
  'checkpoint-differs',
  'root-differs',
  'log-shorter-than-checkpoint',
  // bytes
  'bytes-differ',
  'bytes-missing',
] as const;

export const logProblemSchema = z.object({
  table: z.string(),
  /** Which row, as `column=value …`; null for the table as a whole. */
  row: z.string().nullable(),
  code: z.enum(logProblemCodes),
  /** For the person at the desk: what was expected, and what stands there. Never text of a post. */
  message: z.string(),
});
export type LogProblem = z.infer<typeof logProblemSchema>;

export const logReportSchema = z.object({
  /** Nothing was found that is not as the log says. */
  ok: z.boolean(),
  /** Events. */
  size: z.number().int().nonnegative(),
  /** Root over all leaves as they were read; null for an empty log. */
  root: sha256Schema.nullable(),
  /** Of the newest key; null where the log has none. */
  origin: z.string().nullable(),
  /** What a purge destroyed on purpose, as a later leaf says: neither in order nor damaged. */
  purged: z.number().int().nonnegative(),
  /** By which leaf each of those was. */
  purges: z.array(
    z.object({
      leaf: z.number().int().nonnegative(),
      events: z.array(z.number().int().nonnegative()),
    }),
  ),
  checkpoints: z.number().int().nonnegative(),
  /** Blobs whose bytes were hashed again, bytes inside them that have a hash of their own, and bytes read for both. */
  blobs: z.number().int().nonnegative(),
  parts: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** In the order in which they were found, the first difference first; at most 100. */
  problems: z.array(logProblemSchema),
  /** Found beyond those. */
  more: z.number().int().nonnegative(),
});
export type LogReport = z.infer<typeof logReportSchema>;

/** What of the log to list; each member narrows it. */
export const eventFilterSchema = z.object({
  kinds: z.array(z.string().max(100)).max(100).optional(),
  /** Exactly this name. */
  actor: z.string().max(200).optional(),
  from: instantSchema.optional(),
  /** Up to and including. */
  to: instantSchema.optional(),
  /** Part of the id of an event, or of what it is about. */
  id: z
    .string()
    .max(36)
    .regex(/^[0-9a-f-]*$/)
    .optional(),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;
