/** What only some posts have: each an optional member of a post, and absent where the source gives none. */
import { z } from 'zod';

export const timePrecisionSchema = z.enum(['year', 'month', 'day', 'minute', 'second', 'millisecond']);

/**
 * When something happened, as the source says it.
 * `value` is cut to its precision: `2021`, `2021-01`, `2021-01-14`, else RFC 3339.
 * A value with a time of day but `zone: 'unknown'` carries no offset; it is the source's wall clock.
 */
export const statedTimeSchema = z.object({
  value: z.string(),
  precision: timePrecisionSchema,
  zone: z.enum(['utc', 'offset', 'unknown']),
  /** Where it was read, in words a reader of the report understands: 'JSON-LD datePublished'. */
  readFrom: z.string(),
  /** The characters as they stood in the source. */
  raw: z.string(),
});
export type StatedTime = z.infer<typeof statedTimeSchema>;

/**
 * Another post that this one names. 'thread': the post with which the conversation began, where it is none of the
 * others. What is null, the source does not say.
 */
export const postReferenceSchema = z.object({
  relation: z.enum(['replies-to', 'quotes', 'reposts', 'thread']),
  platformId: z.string().nullable(),
  url: z.string().nullable(),
  /** Of the account that wrote it, as this post says. */
  handle: z.string().nullable(),
  accountId: z.string().nullable(),
});
export type PostReference = z.infer<typeof postReferenceSchema>;

/** How often, as the platform counted at that moment. */
export const postCountSchema = z.object({
  of: z.enum(['likes', 'reposts', 'quotes', 'replies', 'bookmarks', 'views']),
  count: z.number().int().nonnegative(),
});
export type PostCount = z.infer<typeof postCountSchema>;

/** Words of the text that lead somewhere else than they say: X's short addresses, mentions, Bluesky's facets. */
export const postLinkSchema = z.object({
  /** As they stand in the text. */
  text: z.string(),
  /** Where they lead, as the platform says. */
  url: z.string(),
});
export type PostLink = z.infer<typeof postLinkSchema>;

export const pollSchema = z.object({
  options: z.array(z.object({ text: z.string(), votes: z.number().int().nonnegative().nullable() })),
  endsAt: statedTimeSchema.nullable(),
  /** Whether the counts were final; null where the source does not say. */
  closed: z.boolean().nullable(),
  /** Whether more than one option could be chosen. */
  multiple: z.boolean().nullable(),
});
export type Poll = z.infer<typeof pollSchema>;

/** One state of a post that was edited, as the platform tells its history; the oldest first, the shown one included. */
export const postVersionSchema = z.object({
  /** Where each version has an id of its own (X). */
  platformId: z.string().nullable(),
  at: statedTimeSchema.nullable(),
  /** Null where the source names the version without its words. */
  text: z.string().nullable(),
});
export type PostVersion = z.infer<typeof postVersionSchema>;

/** The platform's translation, never the author's words. */
export const translationSchema = z.object({
  text: z.string(),
  /** Into which language; null where the source does not say. */
  language: z.string().nullable(),
});
export type Translation = z.infer<typeof translationSchema>;

/** What the platform says of the post beside it, or shows in front of it. */
export const postNoticeSchema = z.object({
  kind: z.enum([
    /** Not shown in some countries, or to some people. */
    'withheld',
    /** A post that this one refers to was removed, or its account is gone. */
    'removed',
    'suspended',
    /** A label, a community note, an advertisement's mark. */
    'label',
    /** A warning before it is shown: sensitive content, the author's content warning. */
    'interstitial',
    /** Something else that was not as with other posts. */
    'other',
  ]),
  /** The platform's words, or ours where it gives a bare mark. */
  text: z.string(),
});
export type PostNotice = z.infer<typeof postNoticeSchema>;

/** A part of a post that a bundle withheld. */
export const withheldPartSchema = z.object({
  /** Its place among the parts of the whole post. */
  part: z.number().int().nonnegative(),
  /** Which part it is ('author.name', 'text'); null: its place does not tell. */
  name: z.string().nullable(),
});
export type WithheldPart = z.infer<typeof withheldPartSchema>;

/**
 * Optional members of a post, in the order in which its commitment holds them (docs/bundle-format.md). A list is
 * never empty: what there is none of is absent.
 */
export const postFactsSchema = z.object({
  references: z.exactOptional(z.array(postReferenceSchema).min(1)),
  /** Other words on when it was posted: the time in its id, the time the platform received it. */
  otherTimes: z.exactOptional(z.array(statedTimeSchema).min(1)),
  counts: z.exactOptional(z.array(postCountSchema).min(1)),
  links: z.exactOptional(z.array(postLinkSchema).min(1)),
  poll: z.exactOptional(pollSchema),
  versions: z.exactOptional(z.array(postVersionSchema).min(1)),
  translation: z.exactOptional(translationSchema),
  notices: z.exactOptional(z.array(postNoticeSchema).min(1)),
  /** Only of posts that a bundle showed in part: what this content lacks. In title and text a mark stands for it. */
  withheld: z.exactOptional(z.array(withheldPartSchema).min(1)),
});
export type PostFacts = z.infer<typeof postFactsSchema>;
