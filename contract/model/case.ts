/** Cases: numbered exhibits, in an order, under a name and a time zone. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { idSchema, instantSchema } from './common.ts';

/** What a case is called; it leaves in bundles of the case. */
export const caseNameSchema = z.string().min(1).max(200);
/** A name of the time-zone database, such as `Europe/Berlin`, or `UTC`. */
export const timeZoneSchema = z.string().min(1).max(100);
export const exhibitLabelSchema = z.string().min(1).max(300);
export const exhibitNoteSchema = z.string().min(1).max(10_000);

/** A number is given once, in the order of adding, and never again. */
export const exhibitNumberSchema = z.number().int().min(1);

export const caseSchema = z.object({
  id: idSchema,
  name: caseNameSchema,
  timeZone: timeZoneSchema,
  madeAt: instantSchema,
  actor: actorSchema,
  /** Exhibits that it has now. */
  exhibits: z.number().int().nonnegative(),
  /** Exhibits that were removed; their numbers stay empty. */
  removed: z.number().int().nonnegative(),
});
export type Case = z.infer<typeof caseSchema>;

export const exhibitSchema = z.object({
  id: idSchema,
  number: exhibitNumberSchema,
  captureId: idSchema,
  /** Null: the capture as a whole. */
  postId: idSchema.nullable(),
  label: exhibitLabelSchema.nullable(),
  /** For the desk; leaves in a bundle only where somebody says so. */
  note: exhibitNoteSchema.nullable(),
  addedAt: instantSchema,
  actor: actorSchema,
  /** Of the capture: when it was received, and what it was made from. */
  receivedAt: instantSchema,
  sourceName: z.string(),
  /** Of the post; null where it has none, or for a whole capture. */
  handle: z.string().nullable(),
  /** The first characters of the post's text; null for a whole capture. */
  text: z.string().nullable(),
});
export type Exhibit = z.infer<typeof exhibitSchema>;

export const removedExhibitSchema = z.object({
  id: idSchema,
  number: exhibitNumberSchema,
  because: z.string(),
  removedAt: instantSchema,
  actor: actorSchema,
});
export type RemovedExhibit = z.infer<typeof removedExhibitSchema>;

/** A case with its exhibits in their order, and the numbers that are empty. */
export const caseContentsSchema = z.object({
  case: caseSchema,
  exhibits: z.array(exhibitSchema),
  removed: z.array(removedExhibitSchema),
});
export type CaseContents = z.infer<typeof caseContentsSchema>;

/** What becomes an exhibit: a post, or a capture as a whole. */
export const exhibitDraftSchema = z.object({
  /** The id of a post or of a capture. */
  id: idSchema,
  label: exhibitLabelSchema.nullable(),
  note: exhibitNoteSchema.nullable(),
});
export type ExhibitDraft = z.infer<typeof exhibitDraftSchema>;
