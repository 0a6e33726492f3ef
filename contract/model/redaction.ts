/** What is withheld from bundles. It stays in the archive, whole. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { artifactRoleSchema } from './artifact-role.ts';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** Corners in pixels of the picture, from its upper left. */
export const regionSchema = z.strictObject({
  x: z.number().int().nonnegative(),
  y: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Region = z.infer<typeof regionSchema>;

export const hidesSchema = z.discriminatedUnion('what', [
  /** Wherever they stand in the capture, small and capital letters alike; each spelling that is to go is named. */
  z.strictObject({ what: z.literal('words'), words: z.array(z.string().min(2).max(500)).min(1).max(100) }),
  /** One file, and every other that may hold it. */
  z.strictObject({ what: z.literal('artifact'), sha256: sha256Schema, role: artifactRoleSchema }),
  /** Parts of a picture. It leaves as a new picture in which they are black. */
  z.strictObject({
    what: z.literal('regions'),
    sha256: sha256Schema,
    role: artifactRoleSchema,
    regions: z.array(regionSchema).min(1).max(1000),
  }),
]);
export type Hides = z.infer<typeof hidesSchema>;

/** What stays behind of a capture, and why, in the words of whoever withheld it. Never its digest or size. */
export const withheldEntrySchema = z.discriminatedUnion('what', [
  /** Words, wherever they stand in the capture: in posts, and in files that hold them. */
  z.strictObject({ what: z.literal('words'), because: z.string() }),
  z.strictObject({
    what: z.literal('artifact'),
    role: artifactRoleSchema,
    /** Null: it holds, or may hold, what is withheld elsewhere. */
    because: z.string().nullable(),
  }),
]);
export type WithheldEntry = z.infer<typeof withheldEntrySchema>;

export const redactionSchema = z.object({
  id: idSchema,
  captureId: idSchema,
  hides: hidesSchema,
  because: z.string(),
  actor: actorSchema,
  time: instantSchema,
  /** It is taken back; it stays in the log. */
  lifted: z.boolean(),
});
export type Redaction = z.infer<typeof redactionSchema>;

export const redactionDraftSchema = z.object({
  captureId: idSchema,
  hides: hidesSchema,
  because: z.string().min(1).max(10_000),
});
export type RedactionDraft = z.infer<typeof redactionDraftSchema>;
