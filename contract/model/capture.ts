/** A capture: one act of preserving one source at one time, never changed afterwards; and its artifacts. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { artifactRoleSchema } from './artifact-role.ts';
import { autopilotFactsSchema } from './autopilot.ts';
import { idSchema, instantSchema, sha256Schema } from './common.ts';
import { blockedSchema } from './look-only.ts';
import { accessSchema, personaUseSchema } from './persona.ts';
import { regionSchema, withheldEntrySchema } from './redaction.ts';
import { captureVerdictSchema, engineSchema, reasonSchema } from './verdict.ts';

export { type ArtifactRole, artifactRoleSchema } from './artifact-role.ts';

/** One byte stream of a capture, named by its SHA-256. */
export const artifactSchema = z.object({
  role: artifactRoleSchema,
  sha256: sha256Schema,
  /** Bytes. */
  size: z.number().int().nonnegative(),
  mediaType: z.string(),
  /** The name that the source gave it; shown, never used as a path. */
  name: z.string().nullable(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** The format that an imported file was recognised as, from its bytes, never from its name. */
export const importFormatSchema = z.enum(['html', 'mhtml', 'warc', 'wacz', 'image', 'bundle', 'unknown']);
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** What a capture was made from: an imported file, a recording by this program, or what a bundle shows of one in part. */
export const sourceFormatSchema = z.enum([...importFormatSchema.options, 'recording', 'partial']);
export type SourceFormat = z.infer<typeof sourceFormatSchema>;

/** 'import': collected by others, unverified before receipt. 'capture': recorded here, by this program. */
export const captureMethodSchema = z.enum(['import', 'capture']);

/** How a capture was recorded here. */
export const recordingFactsSchema = z.strictObject({
  requestedUrl: z.string(),
  /** The address that was reached; null where none was. */
  finalUrl: z.string().nullable(),
  /** The address under which its document came; missing: the one that was reached. The page changed its own since. */
  documentUrl: z.exactOptional(z.string()),
  title: z.string().nullable(),
  engine: z.strictObject(engineSchema.shape),
  startedAt: instantSchema,
  /** Null: it was interrupted. */
  finishedAt: instantSchema.nullable(),
  /** Milliseconds by the monotonic clock; null: it was interrupted. */
  monotonicMilliseconds: z.number().nonnegative().nullable(),
  /** Server time minus ours, in seconds, from Date headers of answers that came from the network. */
  serverClock: z.array(z.strictObject({ host: z.string(), seconds: z.number() })),
  /** Secrets that were replaced by markers, by where they stood; never what they were. */
  withheld: z.array(z.strictObject({ where: z.string(), name: z.string(), commitment: sha256Schema })),
  /** Only where the autopilot went through the page. */
  autopilot: z.exactOptional(autopilotFactsSchema),
  /** What somebody needs to see the page, as the collector says; missing: nobody said. */
  access: z.exactOptional(accessSchema),
  /** Requests that were kept from being sent because they would have done something; missing: look-only was off. */
  blocked: z.exactOptional(z.array(z.strictObject(blockedSchema.shape))),
});
export type RecordingFacts = z.infer<typeof recordingFactsSchema>;

/** Where a capture came from that a bundle of another archive held. What it is, that archive's signer says. */
export const captureOriginSchema = z.strictObject({
  /** The bundle, and the archive that it was compiled in. */
  bundle: idSchema,
  archive: idSchema,
  /**
   * The capture there, the event that sealed it, and the SHA-256 of that event's document; where the bundle showed only
   * the event's line in the log, of that line.
   */
  capture: idSchema,
  event: idSchema,
  document: sha256Schema,
  /** When it was sealed, by the clock there. */
  sealedAt: instantSchema,
  /** Who signed the bundle: name and SHA-256 of the certificate (DER). */
  signer: z.strictObject({ name: z.string(), fingerprint: sha256Schema }),
  /** What the check said when the bundle was taken in: 'consistent' says that who signed was not checked. */
  verdict: z.enum(['trusted', 'consistent']),
  /** Somebody withheld something of it on its way here: who, what, and which pictures were written anew with covered parts. */
  partial: z.exactOptional(
    z.strictObject({
      signer: z.strictObject({ name: z.string(), fingerprint: sha256Schema }),
      withheld: z.array(withheldEntrySchema).min(1),
      covered: z.exactOptional(
        z.array(z.strictObject({ sha256: sha256Schema, regions: z.array(regionSchema).min(1) })).min(1),
      ),
    }),
  ),
  /** Where that archive had it from, if it came there in a bundle too, as it says; the latest first. */
  before: z.exactOptional(
    z
      .array(z.strictObject({ archive: idSchema, capture: idSchema, document: sha256Schema }))
      .min(1)
      .max(20),
  ),
});
export type CaptureOrigin = z.infer<typeof captureOriginSchema>;

export const captureSchema = z.object({
  id: idSchema,
  method: captureMethodSchema,
  /** Null for imports: nobody here saw how they were collected. */
  verdict: captureVerdictSchema.nullable(),
  reasons: z.array(reasonSchema),
  recording: recordingFactsSchema.nullable(),
  /** Under which persona it was made; null: none, or it does not come from here. Leaves in no bundle. */
  persona: personaUseSchema.nullable(),
  /** Null: it was captured or received here, and did not come in a bundle. */
  origin: captureOriginSchema.nullable(),
  format: sourceFormatSchema,
  /** Name of the file as given, without its folder. */
  sourceName: z.string(),
  /** The address that the source says it was saved from; a claim of the source. */
  url: z.string().nullable(),
  /** When the source says it was saved; a claim of the source. */
  savedAt: z.string().nullable(),
  /** When Holdfast received it, by this machine's clock. */
  receivedAt: instantSchema,
  actor: actorSchema,
  artifacts: z.array(artifactSchema),
  /** Records of a WARC by type, as counted while reading; empty for other formats. */
  records: z.record(z.string(), z.number().int()),
  exchangeCount: z.number().int(),
  postCount: z.number().int(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type Capture = z.infer<typeof captureSchema>;

export const captureFilterSchema = z.enum(['all', ...captureVerdictSchema.options, 'imported']);
export type CaptureFilter = z.infer<typeof captureFilterSchema>;

/** One line of the list of captures. */
export const captureLineSchema = z.object({
  id: idSchema,
  method: captureMethodSchema,
  verdict: captureVerdictSchema.nullable(),
  format: sourceFormatSchema,
  sourceName: z.string(),
  url: z.string().nullable(),
  receivedAt: instantSchema,
  artifactCount: z.number().int(),
  postCount: z.number().int(),
  warningCount: z.number().int(),
});
export type CaptureLine = z.infer<typeof captureLineSchema>;

export const importReportSchema = z.object({
  captures: z.array(
    z.object({ id: idSchema, path: z.string(), format: sourceFormatSchema, posts: z.number().int() }),
  ),
  posts: z.array(idSchema),
  artifacts: z.array(
    z.object({ captureId: idSchema, role: artifactRoleSchema, sha256: sha256Schema, size: z.number().int() }),
  ),
  /** WARC records read, by type, over all files of this import. */
  records: z.record(z.string(), z.number().int()),
  warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  /** Files of which nothing was stored. */
  refused: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type ImportReport = z.infer<typeof importReportSchema>;
