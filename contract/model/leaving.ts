/**
 * What leaves the desk in a bundle, and what stays: for whom it is made, what a search of the outgoing bytes found, what
 * cross-examination would ask.
 */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { idSchema } from './common.ts';

/** For whom a bundle is made. */
export const profileSchema = z.enum(['platform', 'regulator', 'court', 'colleague']);
export type Profile = z.infer<typeof profileSchema>;

/** What can stay behind as a class, without a gap in any proof. */
export const leavingClassSchema = z.enum([
  /** What second people said of tags. */
  'reviews',
  /** Tags that were withdrawn, with their reviews. */
  'withdrawn-tags',
  /** Tags of a sample that is not judged to its end. */
  'unfinished-samples',
  /** Phrases of the desk's own list that suggested a tag. */
  'phrases',
  /** What was reported to whom; with a note, they are a class of their own. */
  'reports',
  'reports-with-notes',
  /** Earlier bundles that took some of the captures. */
  'earlier-bundles',
  /** Tags that say what is withheld, or whose place would tell how long it is. Never taken along. */
  'redacted-tags',
  /** Checks of posts of which something is withheld. Never taken along. */
  'redacted-checks',
]);
export type LeavingClass = z.infer<typeof leavingClassSchema>;

/** What stays behind unless it is ticked, by profile. The table of docs/leaving.md. */
export const stayBehind: Record<Profile, readonly LeavingClass[]> = {
  platform: [
    'reviews',
    'withdrawn-tags',
    'unfinished-samples',
    'phrases',
    'reports',
    'reports-with-notes',
    'earlier-bundles',
  ],
  regulator: ['withdrawn-tags', 'unfinished-samples', 'phrases', 'reports-with-notes', 'earlier-bundles'],
  court: ['unfinished-samples', 'reports-with-notes'],
  colleague: ['unfinished-samples', 'reports-with-notes'],
};

export const leakCodeSchema = z.enum([
  'persona-name',
  'persona-proxy',
  'cookie-value',
  'withheld-secret',
  'token',
  'e-mail',
  'public-address',
  'machine-name',
  'user-name',
  'home-folder',
  'archive-id',
  'not-looked-into',
]);
export type LeakCode = z.infer<typeof leakCodeSchema>;

/** They are let out one by one, never as a class; and what they are is never shown whole. */
export const secretLeaks: ReadonlySet<LeakCode> = new Set(['cookie-value', 'withheld-secret', 'token']);

export const leakSchema = z.object({
  code: leakCodeSchema,
  /** Twelve digits that stand for code and value: by `CODE:KEY` it is let out. */
  key: z.string(),
  /** What was found; of a secret only its beginning. */
  shown: z.string(),
  /** The first files that hold it, and how many there are. */
  files: z.array(z.string()),
  fileCount: z.number().int().positive(),
  /** It was let out by the order at hand. */
  accepted: z.boolean(),
  /** It stands in files that others collected, as they came, and tells of nobody at this desk: it blocks nothing. */
  ofOthers: z.boolean(),
});
export type Leak = z.infer<typeof leakSchema>;

export const questionCodeSchema = z.enum([
  'dom-only-text',
  'context-missing',
  'capture-incomplete',
  'stamp-missing',
  'stamp-late',
  'one-vantage',
  'exception-unanswered',
  'machine-translation',
  'persona-visible',
  'bystanders-uncovered',
]);
export type QuestionCode = z.infer<typeof questionCodeSchema>;

/** What cross-examination would ask of what is to be sealed, and where it can be mended. */
export const questionSchema = z.object({
  code: questionCodeSchema,
  captureId: idSchema,
  /** Null: it is about the capture. */
  postId: idSchema.nullable(),
  /** What is asked, of what, in one sentence. */
  message: z.string(),
  /** What to do about it, in one sentence. */
  fix: z.string(),
});
export type Question = z.infer<typeof questionSchema>;

/** How much of the recordings (WACZ) of captures leaves: all of each, or what the exhibits need of it. */
export const waczChoiceSchema = z.enum(['whole', 'exhibits']);
export type WaczChoice = z.infer<typeof waczChoiceSchema>;

/** What is decided about what leaves. */
export const leavingOrderSchema = z.object({
  profile: profileSchema.default('court'),
  /** Classes that go along though the profile leaves them out. */
  include: z.array(leavingClassSchema).max(20).default([]),
  /** `CODE` or `CODE:KEY` of leaks that may leave. */
  acceptLeaks: z.array(z.string().max(500)).max(10_000).default([]),
  /** Which redactions hold for this recipient: all that are not lifted, or these. */
  redactions: z.union([z.literal('all'), z.array(idSchema).max(10_000)]).default('all'),
  wacz: waczChoiceSchema.default('whole'),
});
export type LeavingOrder = z.infer<typeof leavingOrderSchema>;
export type LeavingDraft = z.input<typeof leavingOrderSchema>;

const counted = z.object({ what: z.string(), count: z.number().int().positive() });

/** Everything of people, addresses and notes that a bundle would hold, without writing it. */
export const leavingPreviewSchema = z.object({
  profile: profileSchema,
  captures: z.number().int(),
  posts: z.number().int(),
  tags: z.number().int(),
  /** Who worked at the desk, as the bundle names them. */
  persons: z.array(actorSchema),
  /** Personas under which captures were made: their names do not leave, what their pages show does. */
  personas: z.array(z.object({ name: z.string(), captures: z.number().int() })),
  /** Accounts that are named as authors. */
  accounts: z.array(counted),
  /** Hosts of the addresses that captures were made of. */
  hosts: z.array(counted),
  /** Free text that somebody at the desk wrote: reasons of tags and reviews, notes of reports. */
  notes: z.array(z.object({ of: z.enum(['tag', 'review', 'report']), text: z.string() })),
  leftOut: z.array(z.object({ class: leavingClassSchema, count: z.number().int().positive() })),
  /** Recordings of which only what the exhibits need would leave: of how many records how many. */
  cut: z.array(
    z.object({
      captureId: idSchema,
      records: z.number().int(),
      of: z.number().int(),
      size: z.number().int(),
    }),
  ),
  /** The first 500 captures that it would show, by what they were called. */
  listed: z.array(z.object({ captureId: idSchema, name: z.string() })),
  leaks: z.array(leakSchema),
  questions: z.array(questionSchema),
});
export type LeavingPreview = z.infer<typeof leavingPreviewSchema>;
