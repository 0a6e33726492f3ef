/** The watch list: what is captured again and again, when, and what each check came to. */
import { z } from 'zod';
import { longestAddress } from '../address-list.ts';
import { actorSchema } from './actor.ts';
import { idSchema, instantSchema } from './common.ts';
import { postNoticeSchema } from './post-facts.ts';

const hour = z.number().int().min(0).max(23);

export const watchScheduleSchema = z
  .strictObject({
    /** From one check to the next. */
    everyMinutes: z.number().int().min(5).max(525_600),
    /** Each check comes up to so many minutes earlier or later, by chance: a clockwork is easily recognised. */
    jitterMinutes: z.number().int().nonnegative(),
    /** Null: at any hour. Else from the beginning of `from` to the beginning of `to`, which may lie past midnight. */
    hours: z
      .strictObject({ from: hour, to: hour, timeZone: z.string().min(1).max(100) })
      .refine(({ from, to }) => from !== to, { message: 'two different hours' })
      .nullable(),
  })
  .refine(({ everyMinutes, jitterMinutes }) => jitterMinutes * 2 <= everyMinutes, {
    path: ['jitterMinutes'],
    message: 'at most half of the interval',
  });
export type WatchSchedule = z.infer<typeof watchScheduleSchema>;

export const watchStateSchema = z.enum(['active', 'paused', 'ended']);
export type WatchState = z.infer<typeof watchStateSchema>;

/**
 * 'up': it was there, with the same words. 'edited': it was there, with other words. 'not-reachable': the server
 * answered, and did not show it. 'undetermined': this check says nothing, such as without an answer or before a
 * sign-in wall.
 */
export const watchOutcomeKindSchema = z.enum(['up', 'edited', 'not-reachable', 'undetermined']);
export type WatchOutcomeKind = z.infer<typeof watchOutcomeKindSchema>;

export const watchOutcomeSchema = z.strictObject({
  kind: watchOutcomeKindSchema,
  /** HTTP status of the last answer for the page; null: none came. */
  status: z.number().int().nullable(),
  /** Who is said to have acted, only where it is not reachable: by whom, and never more than was said. */
  who: z.enum(['platform-says', 'author-says', 'not-known']).nullable(),
  /** What was said: the platform's words, or ours where it gives a bare mark. Words of a page: hostile. */
  words: z.string().max(2000).nullable(),
  /** What the platform shows beside the post, or in front of it. */
  measures: z.array(z.strictObject(postNoticeSchema.shape)).max(50),
  /** The post as read in this check, and as it was compared with; null where there is none. */
  post: idSchema.nullable(),
  comparedWith: idSchema.nullable(),
});
export type WatchOutcome = z.infer<typeof watchOutcomeSchema>;

export const networkSchema = z.string().min(1).max(200);

/** From where it was looked at. */
export const vantageSchema = z.strictObject({
  /** Null: under none. */
  persona: idSchema.nullable(),
  /** As the person stated it ('VPN, Germany'); null: nothing was stated. */
  network: networkSchema.nullable(),
  /** Null: not known. */
  signedIn: z.boolean().nullable(),
});
export type Vantage = z.infer<typeof vantageSchema>;

/**
 * What a check of the watch list came to, in the form that may leave in bundles: the persona does not stand in it. Ids of
 * captures are those of the archive that made the checks.
 */
export const postCheckSchema = z.strictObject({
  /** That the check made, also where it is not here. */
  capture: idSchema,
  /** The address that was asked for. */
  url: z.string(),
  /** The post: as it was watched, as the check read it, as that was compared with. Null: none, or not here. */
  post: idSchema.nullable(),
  read: idSchema.nullable(),
  comparedWith: idSchema.nullable(),
  /** What the platform calls it; null: not known. */
  platform: z.string().nullable(),
  platformId: z.string().nullable(),
  ...watchOutcomeSchema.pick({ kind: true, status: true, who: true, words: true, measures: true }).shape,
  vantage: z.strictObject({
    /** 'fresh': begun without cookies for this check. 'kept': of a persona; which, is not said. */
    session: z.enum(['fresh', 'kept']),
    network: networkSchema.nullable(),
    signedIn: z.boolean().nullable(),
  }),
  /**
   * The capture of an earlier check, from another vantage, that did not reach it either, with none between them that saw
   * it: only then may a report say 'gone'. Null: there is none.
   */
  confirms: idSchema.nullable(),
});
export type PostCheck = z.infer<typeof postCheckSchema>;

/** What of a check tells which post it is of, and whether another may say that it confirms it. */
export const knownCheckSchema = postCheckSchema.pick({
  capture: true,
  url: true,
  post: true,
  read: true,
  comparedWith: true,
  platform: true,
  platformId: true,
  kind: true,
  confirms: true,
});
export type KnownCheck = z.infer<typeof knownCheckSchema>;

/** A check that somebody else made, as their bundle told it. */
export const toldCheckSchema = z.object({
  /** When it was made, and by whom, as claimed there. */
  at: instantSchema,
  by: z.string(),
  /** The bundle that told it. */
  bundle: idSchema,
  check: postCheckSchema,
});
export type ToldCheck = z.infer<typeof toldCheckSchema>;

export const watchDraftSchema = z
  .object({
    /** A post of the archive, or null with an address. */
    postId: idSchema.nullable(),
    /** Null: that of the post. */
    url: z.string().min(1).max(longestAddress).nullable(),
    schedule: watchScheduleSchema,
    persona: idSchema.nullable().default(null),
  })
  .refine(({ postId, url }) => postId !== null || url !== null, {
    path: ['url'],
    message: 'a post, or an address',
  });
export type WatchDraft = z.infer<typeof watchDraftSchema>;

export const watchCheckSchema = z.object({
  captureId: idSchema,
  at: instantSchema,
  /** When it should have been; null: it was made by hand, before its time. */
  dueAt: instantSchema.nullable(),
  /** Checks that should have come between the two and did not. */
  missed: z.number().int().nonnegative(),
  outcome: watchOutcomeSchema,
  vantage: vantageSchema,
});
export type WatchCheck = z.infer<typeof watchCheckSchema>;

export const watchSchema = z.object({
  id: idSchema,
  url: z.string(),
  postId: idSchema.nullable(),
  /** Of the post, for showing; null without one. */
  handle: z.string().nullable(),
  persona: idSchema.nullable(),
  schedule: watchScheduleSchema,
  state: watchStateSchema,
  addedAt: instantSchema,
  addedBy: actorSchema,
  nextAt: instantSchema.nullable(),
  /** Checks that should have come by now and did not. */
  overdue: z.number().int().nonnegative(),
  checks: z.number().int().nonnegative(),
  /** Checks that were missed so far. */
  missed: z.number().int().nonnegative(),
  lastCheck: watchCheckSchema.nullable(),
  /** The time of the first check in a row that came to the last outcome. */
  since: instantSchema.nullable(),
  /**
   * Two different vantages, the second agreeing with the first, since it was last seen: only then may a report say
   * 'gone'. Null: no such two.
   */
  gone: z.object({ first: watchCheckSchema, second: watchCheckSchema }).nullable(),
});
export type Watch = z.infer<typeof watchSchema>;
