/**
 * `data/evidence.json`: what the report says, for machines. Everything in it about captures, posts and tags follows
 * from the disclosed documents and posts; `facts.ts` says how, and a check compares. Its JSON Schema is published as
 * docs/evidence.schema.json.
 */
import { z } from 'zod';
import { captureSealedSchema } from '../../contract/events.ts';
import { signerSchema } from '../../contract/model/bundle.ts';
import { artifactSchema } from '../../contract/model/capture.ts';
import { timeZoneSchema } from '../../contract/model/case.ts';
import { clauseDraftSchema, quoteSchema } from '../../contract/model/clause.ts';
import { idSchema, instantSchema, sha256Schema } from '../../contract/model/common.ts';
import { postContentSchema } from '../../contract/model/post.ts';
import { withheldEntrySchema } from '../../contract/model/redaction.ts';
import { againSchema } from '../../contract/model/reread.ts';
import { partSchema } from '../post/parts.ts';
import { act } from './act.ts';
import { caseEntrySchema } from './case.ts';
import { checkEntrySchema } from './checks.ts';
import { leavingEntrySchema } from './leaving.ts';
import { saidOfCaptureSchema, shownFileSchema } from './partial-capture.ts';
import { laterMembers, laterTagMembers } from './rules.ts';

const toolSchema = z.strictObject({ name: z.string(), version: z.string() });

export const sessionEntrySchema = z.strictObject({ ...act, tool: toolSchema, system: z.string() });

export const clauseEntrySchema = z.strictObject({
  id: idSchema,
  ...clauseDraftSchema.shape,
  /** The starter pack or list that it came with, and the event that added it. */
  pack: z.strictObject({ name: z.string(), version: z.string(), checkedOn: z.string().nullable() }),
  event: idSchema,
});

export const tagEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  /** The id of a clause under `clauses`; null: see `dated`, or it is by no clause in particular. */
  clause: idSchema.nullable(),
  /** The first quote; offsets in code points into the post's text. Null: the post as a whole. */
  quote: z.strictObject(quoteSchema.shape).nullable(),
  because: z.string(),
  ...laterTagMembers,
});

const postEntry = {
  id: idSchema,
  /** Position in its reading. */
  index: z.number().int().nonnegative(),
  /** Merkle root over the salted parts of the post. */
  root: sha256Schema,
  tags: z.array(tagEntrySchema),
};

export const postEntrySchema = z.discriminatedUnion('disclosed', [
  z.strictObject({ ...postEntry, disclosed: z.literal('whole'), content: postContentSchema }),
  /** Null stands for a part that is withheld. */
  z.strictObject({ ...postEntry, disclosed: z.literal('partial'), parts: z.array(partSchema.nullable()) }),
]);

export const readingEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  reader: toolSchema,
  notes: z.array(z.string()),
  /** How many posts were read; `posts` may show fewer. */
  postsRead: z.number().int().nonnegative(),
  /** Merkle root over the posts read. */
  root: sha256Schema,
  posts: z.array(postEntrySchema),
  /** Of a capture that was read before: what this reading says of the posts of earlier ones. */
  again: z.exactOptional(againSchema),
});

/**
 * A time by an independent authority, from the timestamp over a checkpoint that covers the capture
 * (sig/checkpoint-<size>.tsr). Whether the authority is to be believed, its certificate must show.
 */
export const existedNoLaterThanSchema = z.strictObject({
  time: instantSchema,
  /** How far the authority's clock may be off, in microseconds; null: it does not say. */
  accuracy: z.number().int().nonnegative().nullable(),
  /** The name in the authority's certificate, and the certificate's SHA-256 (DER). */
  authority: z.string(),
  certificate: sha256Schema,
});

/** A custody log of the archive: a restored archive goes on under a new origin and key. */
export const logEntrySchema = z.strictObject({
  ...act,
  origin: z.string(),
  vkey: z.string(),
  cause: z.enum(['created', 'upgraded', 'restored']),
});

/** A head of the log, as log/checkpoints/<size> signs it. */
export const checkpointEntrySchema = z.strictObject({
  size: z.number().int().positive(),
  origin: z.string(),
  root: sha256Schema,
});

/** An earlier bundle that took some of these captures. */
export const bundleEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  captures: z.array(idSchema),
  sha256: sha256Schema,
  size: z.number().int().nonnegative(),
  tagManifest: sha256Schema,
  signer: sha256Schema,
});

const { capture: _id, artifacts: _artifacts, ...captureFacts } = captureSealedSchema.shape;

/** What the capture's event says, with where its artifacts stand and what was read out of it. */
export const captureEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  ...captureFacts,
  /** Size of the checkpoint against which log/proofs/<id>.tlog-proof shows the capture. */
  checkpoint: z.number().int().positive(),
  /** By the timestamp over that checkpoint; null: there was none, see `times`. */
  existedNoLaterThan: existedNoLaterThanSchema.nullable(),
  artifacts: z.array(z.strictObject({ ...artifactSchema.shape, path: z.string() })),
  readings: z.array(readingEntrySchema),
});

/** A capture of which something is withheld: `partial-capture.ts`. */
export const partialCaptureSchema = z.strictObject({
  id: idSchema,
  /** The event that sealed it: its leaf alone is in the bundle, without document and salt. */
  event: idSchema,
  /** As the leaf says it. */
  time: instantSchema,
  checkpoint: z.number().int().positive(),
  existedNoLaterThan: existedNoLaterThanSchema.nullable(),
  said: saidOfCaptureSchema,
  /** The line right behind it, which commits to its artifacts one by one. Missing: it was sealed before there were such. */
  committed: z.exactOptional(
    z.strictObject({ ...act, artifacts: z.number().int().nonnegative(), root: sha256Schema }),
  ),
  files: z.array(shownFileSchema),
  withheld: z.array(withheldEntrySchema).min(1),
  readings: z.array(readingEntrySchema),
});

export const evidenceSchema = z.strictObject({
  format: z.literal('holdfast-evidence/1'),
  bundle: idSchema,
  createdAt: instantSchema,
  archive: idSchema,
  tool: toolSchema,
  signer: z.strictObject(signerSchema.shape),
  /** In which the report gives times, beside UTC: that of the case, without one UTC. */
  timeZone: timeZoneSchema,
  locale: z.literal('en'),
  /** What the times in this file rest on, in words. */
  times: z.string(),
  /** What nobody can say from a bundle, in words. */
  limits: z.array(z.string()),
  /** The logs of the archive, oldest first; checkpoints of each are signed by its key. */
  logs: z.array(logEntrySchema).min(1),
  /** By size; the last is the newest, and covers everything in the bundle. */
  checkpoints: z.array(checkpointEntrySchema).min(1),
  sessions: z.array(sessionEntrySchema),
  clauses: z.array(clauseEntrySchema),
  captures: z.array(captureEntrySchema),
  /** Earlier bundles with some of these captures, oldest first. */
  bundles: z.array(bundleEntrySchema),
  ...laterMembers,
  /** Missing where nothing is withheld. */
  partialCaptures: z.exactOptional(z.array(partialCaptureSchema).min(1)),
  /** The case whose exhibits the bundle holds; without it, all of `captures` is what it is about. */
  case: z.exactOptional(caseEntrySchema),
  /** Whether posts were still there when they were looked at again, in the order of the log. */
  checks: z.exactOptional(z.array(checkEntrySchema).min(1)),
  /** There is no data/report.pdf: no browser engine printed the report. Missing where there is one, and in older bundles. */
  notPrinted: z.exactOptional(z.literal(true)),
  /**
   * Reports of these posts to somebody that are not shown, because they name posts that are not in this bundle. The
   * signer's word: nothing in the bundle shows it.
   */
  leftOut: z.exactOptional(z.strictObject({ reports: z.number().int().positive() })),
  /** For whom it was made, what was left out for that, and what was seen before it was sealed; older bundles have none. */
  leaving: z.exactOptional(leavingEntrySchema),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceHead = Omit<
  Evidence,
  | 'logs'
  | 'checkpoints'
  | 'sessions'
  | 'clauses'
  | 'captures'
  | 'bundles'
  | 'partialCaptures'
  | 'case'
  | 'checks'
  | keyof typeof laterMembers
>;
export type CaptureEntry = z.infer<typeof captureEntrySchema>;
export type PartialCaptureEntry = z.infer<typeof partialCaptureSchema>;
export type CheckpointEntry = z.infer<typeof checkpointEntrySchema>;
export type LogEntry = z.infer<typeof logEntrySchema>;
export type ExistedNoLaterThan = z.infer<typeof existedNoLaterThanSchema>;
export type BundleEntry = z.infer<typeof bundleEntrySchema>;
export type PostEntry = z.infer<typeof postEntrySchema>;
export type TagEntry = z.infer<typeof tagEntrySchema>;
export type ClauseEntry = z.infer<typeof clauseEntrySchema>;
export type SessionEntry = z.infer<typeof sessionEntrySchema>;
export type ReadingEntry = z.infer<typeof readingEntrySchema>;
