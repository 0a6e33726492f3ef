/** The autopilot of a capture: how far it may go through a page, and what came of it. */
import { z } from 'zod';
import { instantSchema } from './common.ts';

/** Whichever is reached first ends the scrolling. */
export const autopilotLimitsSchema = z.strictObject({
  /** Posts seen passing. */
  posts: z.number().int().min(1).max(20_000),
  /** Times that the page was moved on by a part of its height in the window. */
  screens: z.number().int().min(1).max(10_000),
  minutes: z.number().int().min(1).max(240),
});
export type AutopilotLimits = z.infer<typeof autopilotLimitsSchema>;

export const usualLimits: AutopilotLimits = { posts: 2000, screens: 1000, minutes: 20 };

/** 'end': the page gives no more. 'left': the page went elsewhere, crashed, or the whole capture was stopped. */
export const autopilotEndSchema = z.enum([
  'end',
  'posts',
  'screens',
  'minutes',
  'stopped',
  'stalled',
  'left',
]);
export type AutopilotEnd = z.infer<typeof autopilotEndSchema>;

const count = z.number().int().nonnegative();

/** What the recorder saw while the autopilot went through the page. */
export const autopilotOutcomeSchema = z.strictObject({
  ended: autopilotEndSchema,
  /** Different posts that stood in the page at some time. */
  posts: count,
  /** Of these, those whose part of the page is kept in the artifacts 'passed'. */
  kept: count,
  screens: count,
  /** Screens of which there is a picture of their own; none where the pictures of the whole page show them all. */
  pictured: count,
  /** Posts that the page had taken out again when the autopilot ended: a list that keeps what is in view alone. */
  removed: count,
  /** Controls that were pressed because they show more. */
  opened: count,
  /** Films and sounds that were played, muted. */
  played: count,
  milliseconds: z.number().nonnegative(),
});
export type AutopilotOutcome = z.infer<typeof autopilotOutcomeSchema>;

/** As the record of a capture holds it. `outcome` null: the recording was interrupted before the autopilot ended. */
export const autopilotFactsSchema = z.strictObject({
  limits: autopilotLimitsSchema,
  outcome: autopilotOutcomeSchema.nullable(),
});
export type AutopilotFacts = z.infer<typeof autopilotFactsSchema>;

/** How far it is, for whoever watches. */
export const autopilotStateSchema = z.object({
  /** 'ending': it has ended or was stopped; the capture is finished with what is there. */
  phase: z.enum(['running', 'paused', 'ending']),
  posts: count,
  screens: count,
  seconds: count,
  /** Until when the persona's pace holds back its next step; null: it does not. */
  waitingUntil: instantSchema.nullable(),
});
export type AutopilotState = z.infer<typeof autopilotStateSchema>;
