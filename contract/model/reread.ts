/** Reading a capture again: what a new reading says of the posts of earlier ones (docs/decisions/reread.md). */
import { z } from 'zod';
import { idSchema, sha256Schema } from './common.ts';

/** Member of a `reading.made` event: of a capture that was read before. */
export const againSchema = z.strictObject({
  /**
   * Posts of earlier readings that this reading found again with every word and fact the same. They stay what they are,
   * and belong to this reading, too: `root` is the Merkle root over them, in the order in which it found them.
   */
  kept: z.strictObject({ posts: z.array(idSchema), root: sha256Schema }),
  /** Posts of earlier readings that were read otherwise, and which post of this reading is the same one. */
  replaces: z.array(z.strictObject({ post: idSchema, by: idSchema })),
  /** Posts of earlier readings that this act of reading did not find. */
  gone: z.array(idSchema),
});
export type Again = z.infer<typeof againSchema>;

/** A post as the difference names it. */
const rereadPostSchema = z.object({
  platform: z.string().nullable(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  /** The first characters of its text, or its title. */
  text: z.string(),
});
export type RereadPost = z.infer<typeof rereadPostSchema>;

/** One fact that was read otherwise, as JSON, shortened; null: it was not there. */
const changedFieldSchema = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ChangedField = z.infer<typeof changedFieldSchema>;

/** `postId`, `tags`: of the post of an earlier reading. */
const earlierPostSchema = rereadPostSchema.extend({ postId: idSchema, tags: z.number().int() });

const countsSchema = z.object({
  same: z.number().int(),
  changed: z.number().int(),
  new: z.number().int(),
  gone: z.number().int(),
});

/** What reading a capture again gives. Lists are cut, `counts` are whole. */
export const rereadReportSchema = z.object({
  captureId: idSchema,
  sourceName: z.string(),
  /** Readers of the posts that are there, and of the posts as they are read now. */
  before: z.array(z.object({ name: z.string(), version: z.string() })),
  now: z.array(
    z.object({ name: z.string(), version: z.string(), posts: z.number().int(), notes: z.array(z.string()) }),
  ),
  counts: countsSchema,
  /** Posts with tags among those that changed, and among those that are gone. */
  tagged: z.object({ changed: z.number().int(), gone: z.number().int() }),
  new: z.array(rereadPostSchema),
  changed: z.array(earlierPostSchema.extend({ fields: z.array(changedFieldSchema) })),
  gone: z.array(earlierPostSchema),
  /** Names this very difference: given back, it is kept only where it still is the same. */
  digest: sha256Schema,
  /** Whether it was recorded: 'kept'; 'not-kept' for a look; 'nothing-new' where readers and posts are those of before. */
  outcome: z.enum(['kept', 'not-kept', 'nothing-new']),
});
export type RereadReport = z.infer<typeof rereadReportSchema>;
