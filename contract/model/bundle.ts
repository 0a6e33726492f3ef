/** The evidence bundle: what leaves the desk, and what a check of it says. */
import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

export const signerSchema = z.object({
  name: z.string(),
  organisation: z.string().nullable(),
  email: z.string().nullable(),
  /** SHA-256 of the certificate (DER). */
  fingerprint: sha256Schema,
  selfSigned: z.boolean(),
  notBefore: z.string(),
  notAfter: z.string(),
});
export type Signer = z.infer<typeof signerSchema>;

export const verificationSteps = [
  'container',
  'bag',
  'manifests',
  'unlisted-files',
  'signature',
  'signer-trust',
  'revocation',
  'timestamps',
  'timestamp-trust',
  'checkpoints',
  'leaves',
  'inclusion',
  'artifacts',
  'wacz',
  'evidence',
] as const;

export const stepSchema = z.object({
  step: z.enum(verificationSteps),
  status: z.enum(['ok', 'failed', 'not-known', 'not-present']),
  code: z.string(),
  /** A sentence for a lawyer. */
  message: z.string(),
});
export type VerificationStep = z.infer<typeof stepSchema>;

/** Something worth knowing that takes nothing from the verdict, and adds nothing to it. */
export const verificationNoteSchema = z.object({ code: z.string(), message: z.string() });
export type VerificationNote = z.infer<typeof verificationNoteSchema>;

export const verdictSchema = z.enum(['trusted', 'consistent', 'failed']);

/** A timestamp of a bundle that was checked and holds. */
export const bundleTimestampSchema = z.object({
  /** The file in `sig/` that it stands in. */
  path: z.string(),
  /** What it is over: the signature of the bundle, or the checkpoint of this size. */
  over: z.union([z.literal('signature'), z.object({ checkpoint: z.number().int().positive() })]),
  /** What it is over existed no later than this. */
  time: instantSchema,
  /** As its certificate names the authority: its own claim unless `trusted`. */
  authority: z.string(),
  /** SHA-256 of the authority's certificate (DER). */
  certificate: sha256Schema,
  /** The authority is one that the user named. Without that, the time must not be relied on. */
  trusted: z.boolean(),
});
export type BundleTimestamp = z.infer<typeof bundleTimestampSchema>;

/** The head of a custody log, as a checkpoint says it. */
export const logHeadSchema = z.object({
  origin: z.string(),
  size: z.number().int().positive(),
  root: sha256Schema,
});
export type LogHead = z.infer<typeof logHeadSchema>;

export const verificationSchema = z.object({
  verdict: verdictSchema,
  steps: z.array(stepSchema),
  /** Null where no readable signature was found. */
  signer: signerSchema.nullable(),
  /** The signer's own claim of when it was signed; null without a readable signature. */
  signedAt: z.string().nullable(),
  /** Those that hold; empty where there is none. */
  timestamps: z.array(bundleTimestampSchema),
  /** Of the newest checkpoint in the bundle; null where none could be read. Compare it with that of another bundle. */
  log: logHeadSchema.nullable(),
  notes: z.array(verificationNoteSchema),
  /** Files that differ, are missing or are not listed; at most the first 100. */
  files: z.array(
    z.object({ path: z.string(), problem: z.enum(['changed', 'missing', 'unlisted', 'unreadable']) }),
  ),
});
export type Verification = z.infer<typeof verificationSchema>;

export const bundleReportSchema = z.object({
  bundleId: idSchema,
  path: z.string(),
  /** Bytes and SHA-256 of the zip as written. */
  size: z.number().int(),
  sha256: sha256Schema,
  captures: z.number().int(),
  posts: z.number().int(),
  tags: z.number().int(),
  files: z.number().int(),
  /** What is not as it should be, though the bundle is whole. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  verification: verificationSchema,
});
export type BundleReport = z.infer<typeof bundleReportSchema>;
