/** Clauses of packs, and quotes. */
import { z } from 'zod';
import { idSchema } from './common.ts';

export const clauseRoleSchema = z.enum(['prohibition', 'definition', 'exception', 'sanction']);

/** A clause of the starter pack: a pointer to the platform's own text, with a summary in our words. */
export const clauseDraftSchema = z.object({
  /** Stable and unique over all platforms: `x/hateful-conduct`. */
  key: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  platform: z.string(),
  policy: z.string(),
  title: z.string(),
  role: clauseRoleSchema,
  /** Address of the platform's own page. */
  url: z.string(),
  /** In the project's own words; never the platform's text. */
  summary: z.string(),
});
export type ClauseDraft = z.infer<typeof clauseDraftSchema>;

export const clausePackSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** The day on which somebody last compared names and addresses, or null: never. */
  checkedOn: z.string().nullable(),
  clauses: z.array(clauseDraftSchema).min(1),
});
export type ClausePack = z.infer<typeof clausePackSchema>;

export const clauseSchema = clauseDraftSchema.extend({ id: idSchema, pack: z.string() });
export type Clause = z.infer<typeof clauseSchema>;

/** Words of a post: `start` and `end` are offsets in code points into the post's text, end exclusive. */
export const quoteSchema = z.object({
  text: z.string().min(1),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
});
export type Quote = z.infer<typeof quoteSchema>;
