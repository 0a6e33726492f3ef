/** Tags and what follows on them: a person's judgement of a post by a clause, its review, and how often people agree. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { clauseRoleSchema, quoteSchema } from './clause.ts';
import { idSchema, instantSchema } from './common.ts';
import { inForceSchema, policyKindSchema } from './policy.ts';
import { postLineSchema } from './post.ts';

/** 'breach': assessed as breaching. 'no-violation' and 'unclear' are judgements too. */
export const findingSchema = z.enum(['breach', 'no-violation', 'unclear']);
export type Finding = z.infer<typeof findingSchema>;

export const sureSchema = z.enum(['certain', 'likely', 'possible']);
export type Sure = z.infer<typeof sureSchema>;

/** The answer to a linked exception. What was not answered is 'not-considered', and is printed so. */
export const exceptionAnswerSchema = z.enum(['applies', 'does-not-apply', 'unclear', 'not-considered']);
export type ExceptionAnswer = z.infer<typeof exceptionAnswerSchema>;

const namedClauseSchema = z.object({
  key: z.string(),
  title: z.string(),
  platform: z.string(),
  policy: z.string(),
  kind: policyKindSchema,
  role: clauseRoleSchema.nullable(),
});

/** A clause as a tag cites it: of a pack (no version, no text) or of one version of the dated library. */
export const citedClauseSchema = namedClauseSchema.extend({
  /** Exact words of `version`; null for a clause of a pack. */
  text: z.string().nullable(),
  version: idSchema.nullable(),
  /** Of clauses of a pack: our summary of it, and the address of the platform's page. */
  summary: z.string().nullable(),
  url: z.string().nullable(),
});
export type CitedClause = z.infer<typeof citedClauseSchema>;

/** The account that a tag is about as a whole; it is known by the post that the tag stands on. */
export const taggedAccountSchema = z.strictObject({
  platform: z.string().nullable(),
  /** The platform's permanent id. */
  platformId: z.string().nullable(),
  handle: z.string().nullable(),
});
export type TaggedAccount = z.infer<typeof taggedAccountSchema>;

export const consideredSchema = z.strictObject({
  /** Key of the exception. */
  key: z.string().max(300),
  answer: exceptionAnswerSchema,
  because: z.string().max(10_000).nullable(),
});
export type Considered = z.infer<typeof consideredSchema>;

/**
 * Whether the clause was in force at one of the three times of a post, as the library stood when the tag was set.
 * `at`: a day in UTC or an instant with its offset, as `askedTime` reads it; null: the time is not known. When it was
 * posted stands as the source says it, cut to its precision: `2021-01`, or a wall clock without an offset; then `inForce`
 * is the answer for everything that this may mean.
 */
export const datedAnswerSchema = z.strictObject({
  when: z.enum(['posted', 'last-seen-up', 'reported']),
  at: z.string().max(40).nullable(),
  inForce: inForceSchema,
  why: z.string(),
  /** The version whose words were in force then, and those that the answer rests on. */
  version: idSchema.nullable(),
  restsOn: z.array(idSchema),
});
export type DatedAnswer = z.infer<typeof datedAnswerSchema>;

/** Where a tag or a review came from, if another archive recorded it: its bundle, and who did it there and when. */
export const tagOriginSchema = z.strictObject({
  bundle: idSchema,
  archive: idSchema,
  /** The event there. */
  event: idSchema,
  time: instantSchema,
  actor: z.strictObject(actorSchema.shape),
});
export type TagOrigin = z.infer<typeof tagOriginSchema>;

export const reviewActSchema = z.enum(['agree', 'dispute', 'withdraw']);
export type ReviewAct = z.infer<typeof reviewActSchema>;

export const reviewSchema = z.object({
  id: idSchema,
  tagId: idSchema,
  act: reviewActSchema,
  because: z.string(),
  actor: actorSchema,
  time: instantSchema,
  origin: tagOriginSchema.nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

/** What became of the rule since, or how it stands to the post: found anew each time, from the library as it is. */
export const tagFlagSchema = z.object({
  code: z.enum(['reworded-since', 'dropped-since', 'older-than-rule', 'not-in-force-when-posted']),
  message: z.string(),
  /** The version that shows it. */
  version: idSchema.nullable(),
});
export type TagFlag = z.infer<typeof tagFlagSchema>;

/** What the reviews make of a tag: 'disputed' as long as any dispute stands, 'withdrawn' after a withdrawal. */
export const tagStateSchema = z.enum(['unreviewed', 'agreed', 'disputed', 'withdrawn']);
export type TagState = z.infer<typeof tagStateSchema>;

export const tagSchema = z.object({
  id: idSchema,
  postId: idSchema,
  finding: findingSchema,
  /** Null: 'no-violation' or 'unclear' of the post as a whole, by no clause in particular. */
  clause: citedClauseSchema.nullable(),
  /** In the order of the text, not overlapping; none: the post as a whole. */
  quotes: z.array(quoteSchema),
  because: z.string(),
  sure: sureSchema.nullable(),
  account: taggedAccountSchema.nullable(),
  /** Every exception that is linked to the clause, with its answer. */
  considered: z.array(consideredSchema.extend({ title: z.string() })),
  dates: z.array(datedAnswerSchema),
  flags: z.array(tagFlagSchema),
  reviews: z.array(reviewSchema),
  state: tagStateSchema,
  /** Set together with others, for one reason. */
  batch: idSchema.nullable(),
  /** The drawn sample that it was set in. */
  coding: idSchema.nullable(),
  /** The phrase that suggested it. */
  phrase: idSchema.nullable(),
  origin: tagOriginSchema.nullable(),
  /** Who recorded it here, and when; of a tag with an origin, who took it in. */
  actor: actorSchema,
  time: instantSchema,
});
export type Tag = z.infer<typeof tagSchema>;

const reason = z.string().min(1).max(10_000);

/** What a person says when tagging. `quotes`: the words must stand at their offsets. */
export const judgementDraftSchema = z.object({
  /** A clause of a pack or of the library; null only where `finding` is not 'breach'. */
  clauseKey: z.string().max(300).nullable(),
  finding: findingSchema.default('breach'),
  because: reason,
  sure: sureSchema.nullable().default(null),
  considered: z.array(consideredSchema).max(200).default([]),
  coding: idSchema.nullable().default(null),
  phrase: idSchema.nullable().default(null),
});
export const tagDraftSchema = judgementDraftSchema.extend({
  postId: idSchema,
  quotes: z.array(quoteSchema).max(100).default([]),
  /** About the account that wrote the post, as a whole. */
  account: z.boolean().default(false),
});
export type TagDraft = z.output<typeof tagDraftSchema>;

/** What to show before a tag is saved: the clause at the times of the post, and the exceptions that ask for an answer. */
export const tagPreparationSchema = z.object({
  clause: citedClauseSchema,
  dates: z.array(datedAnswerSchema),
  exceptions: z.array(citedClauseSchema),
});
export type TagPreparation = z.infer<typeof tagPreparationSchema>;

/** A clause to choose from. `text`: its beginning, at most 280 code points; of a pack, our summary. */
export const clauseChoiceSchema = namedClauseSchema.extend({
  text: z.string(),
  isDated: z.boolean(),
});
export type ClauseChoice = z.infer<typeof clauseChoiceSchema>;

/** One key for a clause, as the user arranges it: `1` to `9`, `a` to `z`. */
export const paletteSlotSchema = z.strictObject({
  slot: z.string().regex(/^[0-9a-z]$/),
  clauseKey: z.string().max(300),
});
export type PaletteSlot = z.infer<typeof paletteSlotSchema>;
export const paletteSchema = z
  .array(paletteSlotSchema)
  .max(36)
  .refine((slots) => new Set(slots.map(({ slot }) => slot)).size === slots.length, 'each key once');

/** Words that suggest a clause wherever they stand, in the writing that the search index folds together. */
export const phraseSchema = z.object({
  id: idSchema,
  text: z.string().min(1).max(300),
  clauseKey: z.string(),
  clauseTitle: z.string(),
});
export type Phrase = z.infer<typeof phraseSchema>;

/** A suggestion counts for nothing until a person makes it a tag. */
export const suggestionSchema = z.object({ phrase: phraseSchema, quote: quoteSchema });
export type Suggestion = z.infer<typeof suggestionSchema>;

/** A line of the review inbox. */
export const inboxLineSchema = z.object({ tag: tagSchema, post: postLineSchema });
export type InboxLine = z.infer<typeof inboxLineSchema>;
export const inboxFilterSchema = z.enum(['unreviewed', 'disputed', 'changed', 'withdrawn', 'all']);
export type InboxFilter = z.infer<typeof inboxFilterSchema>;

/** A sample of posts, drawn by chance, that two or more people judge without seeing each other's judgements. */
export const codingSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The order of the draw follows from it (docs/policies.md): anyone can draw again. */
  seed: z.string(),
  /** How many posts there were to draw from, how many of the drawn had no tag then, and how many were drawn. */
  population: z.number().int(),
  untagged: z.number().int(),
  posts: z.number().int(),
  drawnBy: actorSchema,
  time: instantSchema,
  /** Who has judged how many of them. */
  coders: z.array(z.object({ actor: actorSchema, judged: z.number().int() })),
});
export type Coding = z.infer<typeof codingSchema>;

/** How often two coders said the same, over the posts that both judged: by finding, and by clause. */
export const codingResultSchema = z.object({
  coding: codingSchema,
  pairs: z.array(
    z.object({
      first: actorSchema,
      second: actorSchema,
      both: z.number().int(),
      sameFinding: z.number().int(),
      sameClauses: z.number().int(),
      /** Cohen's kappa over the findings; null where chance alone would explain everything. */
      kappa: z.number().nullable(),
    }),
  ),
  /** Posts on which two coders differ. */
  differ: z.array(z.object({ post: postLineSchema, tags: z.array(tagSchema) })),
});
export type CodingResult = z.infer<typeof codingResultSchema>;

/** Posts that were reported to somebody: when, to whom, with which bundle. */
export const reportFiledSchema = z.object({
  id: idSchema,
  posts: z.array(idSchema).min(1).max(10_000),
  to: z.string().min(1).max(300),
  /** A day in UTC or an instant. */
  at: z.string().max(40),
  bundle: idSchema.nullable(),
  note: z.string().max(10_000).nullable(),
});
export type ReportFiled = z.infer<typeof reportFiledSchema>;
