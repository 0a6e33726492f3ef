/** A post, as a site reader read it, and as the archive keeps it. */
import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';
import { postFactsSchema, statedTimeSchema, timePrecisionSchema } from './post-facts.ts';

export { type StatedTime, statedTimeSchema } from './post-facts.ts';

export const authorSchema = z.object({
  name: z.string().nullable(),
  /** Without a leading '@'. */
  handle: z.string().nullable(),
  /** The platform's permanent id of the account, where the source gives one. */
  platformId: z.string().nullable(),
  url: z.string().nullable(),
});

export const postMediaSchema = z.object({
  kind: z.enum(['image', 'video', 'audio', 'other']),
  url: z.string(),
  alt: z.string().nullable(),
  /** SHA-256 of the bytes, where the capture holds them; null says 'not in this capture'. */
  sha256: sha256Schema.nullable(),
});
export type PostMedia = z.infer<typeof postMediaSchema>;

export const postKindSchema = z.enum(['post', 'reply', 'quote', 'repost', 'article', 'video', 'picture']);

/**
 * 'network': the text stands in the answer `exchange` of the recording. 'rendered-page': it stands in no recorded answer
 * that could be searched, only in the page as rendered. 'nowhere': in neither, as with words that were put together.
 */
export const sourceOfTextSchema = z.discriminatedUnion('found', [
  z.strictObject({ found: z.literal('network'), exchange: z.number().int().nonnegative(), url: z.string() }),
  z.strictObject({ found: z.literal('rendered-page') }),
  z.strictObject({ found: z.literal('nowhere') }),
]);
export type SourceOfText = z.infer<typeof sourceOfTextSchema>;

/** What a reading says of one post. This is what post commitments commit to: add fields, never change them. */
export const postContentSchema = z.object({
  kind: postKindSchema,
  /** Short lower-case name of the platform ('x', 'mastodon'), or the host name where none is known. */
  platform: z.string().nullable(),
  /** The platform's own id of the post. */
  platformId: z.string().nullable(),
  url: z.string().nullable(),
  author: authorSchema,
  postedAt: statedTimeSchema.nullable(),
  editedAt: statedTimeSchema.nullable(),
  title: z.string().nullable(),
  /** The author's text, never normalised. Where `textLossy`, some code units could not be held as Unicode. */
  text: z.string(),
  textLossy: z.boolean(),
  /** BCP 47 tag as declared by the source; null where it declares none. */
  language: z.string().nullable(),
  /** As declared by the source; null leaves it to the first strong character. */
  direction: z.enum(['ltr', 'rtl']).nullable(),
  media: z.array(postMediaSchema),
  /** Which part of the source the text was read from: 'JSON-LD', 'OpenGraph', 'article element'. */
  readFrom: z.string(),
  /** Captures only: where the text was found again. It says where the text came from, not that the machine was honest. */
  sourceOfText: z.exactOptional(sourceOfTextSchema),
  ...postFactsSchema.shape,
});
export type PostContent = z.infer<typeof postContentSchema>;

/** A later reading of the capture that reads a post otherwise, or does not find it. */
const laterReadingSchema = z.object({
  /** The post as that reading has it; null: it did not find it. */
  postId: idSchema.nullable(),
  reader: z.object({ name: z.string(), version: z.string() }),
  time: instantSchema,
});
export type LaterReading = z.infer<typeof laterReadingSchema>;

/** The same post as an earlier reading of the capture has it. Its tags stay there. */
const earlierPostSchema = z.object({
  postId: idSchema,
  reader: z.object({ name: z.string(), version: z.string() }),
  tagCount: z.number().int(),
});
export type EarlierPost = z.infer<typeof earlierPostSchema>;

/** A post in the archive. */
export const postSchema = z.object({
  id: idSchema,
  captureId: idSchema,
  readingId: idSchema,
  /** The site reader that read it, and what it could not read; about the whole capture. */
  reader: z.object({ name: z.string(), version: z.string(), notes: z.array(z.string()) }),
  content: postContentSchema,
  /** Merkle root over the post's salted parts (docs/bundle-format.md). */
  root: sha256Schema,
  tagCount: z.number().int(),
  /** Null: no later reading of the capture says anything else of it. */
  later: laterReadingSchema.nullable(),
  /** The latest first. */
  earlier: z.array(earlierPostSchema),
});
export type Post = z.infer<typeof postSchema>;

/** One line of the library. */
export const postLineSchema = z.object({
  postId: idSchema,
  captureId: idSchema,
  platform: z.string().nullable(),
  handle: z.string().nullable(),
  authorName: z.string().nullable(),
  postedAt: z.string().nullable(),
  postedPrecision: timePrecisionSchema.nullable(),
  capturedAt: instantSchema,
  title: z.string().nullable(),
  /** The first 280 code points of the text. */
  text: z.string(),
  language: z.string().nullable(),
  direction: z.enum(['ltr', 'rtl']).nullable(),
  mediaCount: z.number().int(),
  tagCount: z.number().int(),
  /** A later reading of the capture reads it otherwise, or does not find it; listed because it is tagged. */
  isEarlier: z.boolean(),
});
export type PostLine = z.infer<typeof postLineSchema>;
