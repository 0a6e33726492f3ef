/** The trail: pages that were visited under a persona. No evidence, and nothing of it leaves in a bundle. */
import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** Characters of an address; what is longer is cut. */
export const longestTrailAddress = 8192;
const address = z.string().max(longestTrailAddress);

/** 'view': the capture view; 'own-browser': the second door. */
export const doorSchema = z.enum(['view', 'own-browser']);

export type Door = z.infer<typeof doorSchema>;

export const trailPageSchema = z.object({
  persona: idSchema,
  at: instantSchema,
  url: address,
  referrer: address.nullable(),
  /** Of the main document; null: not known, or the page went on without a document of its own. */
  sha256: sha256Schema.nullable(),
  door: doorSchema,
});
export type TrailPageDraft = z.infer<typeof trailPageSchema>;

export const trailLineSchema = trailPageSchema.extend({
  id: z.number().int(),
  personaName: z.string(),
  /** The newest capture of this address under this persona that was made since; null: none. */
  captureId: idSchema.nullable(),
});
export type TrailLine = z.infer<typeof trailLineSchema>;

/** Which lines; null: of every persona, of every time. */
export const trailPurgeSchema = z.object({
  persona: idSchema.nullable(),
  before: instantSchema.nullable(),
});
export type TrailPurge = z.infer<typeof trailPurgeSchema>;
