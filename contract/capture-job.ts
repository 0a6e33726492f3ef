/**
 * What the command line asks of the app when only the app's own browser can do it: one JSON document on the app's
 * standard input, one on its standard output. Passphrases go this way and no other.
 */
import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { autopilotLimitsSchema } from './model/autopilot.ts';
import { batchOrderSchema, batchPaceSchema, batchSchema } from './model/batch.ts';
import { idSchema, instantSchema } from './model/common.ts';
import { accessSchema } from './model/persona.ts';
import { captureResultSchema } from './model/recording.ts';
import { recoverySchema } from './model/safety.ts';
import { networkSchema, watchSchema } from './model/watch.ts';

/** Under what circumstances pages are captured. */
export const circumstancesSchema = z.object({
  /** Id or name; null: none. */
  persona: z.string().min(1).max(200).nullable().default(null),
  access: accessSchema.default('public'),
  lookOnly: z.boolean().default(true),
});
export type Circumstances = z.infer<typeof circumstancesSchema>;

export const captureJobSchema = z.object({
  archivePath: z.string().min(1),
  passphrase: z.string().nullable(),
  recovery: recoverySchema.optional(),
  /** As claimed; counts where no identity proves it. */
  actorName: z.string().min(1).max(200),
  /** Whose key opens the session. */
  identity: z
    .object({ path: z.string().min(1), passphrase: z.string() })
    .nullable()
    .optional(),
  urls: z.array(z.string().min(1)),
  circumstances: circumstancesSchema.default({ persona: null, access: 'public', lookOnly: true }),
  /** How far the autopilot may go through each page; null: it does not. */
  autopilot: autopilotLimitsSchema.nullable().optional(),
  /** Instead of addresses. What comes of each is told at once, as `BatchNews`, one JSON document a line. */
  batch: z.exactOptional(z.object({ order: batchOrderSchema, pace: batchPaceSchema })),
  /** Checks of the watch list; `ids` null: what is due. What comes of each is told at once, as `WatchNews`. */
  watch: z.exactOptional(z.object({ ids: z.array(idSchema).nullable(), network: networkSchema.nullable() })),
});
export type CaptureJob = z.input<typeof captureJobSchema>;

export const captureReportSchema = z.object({
  captures: z.array(captureResultSchema),
  refused: z.array(z.object({ url: z.string(), code: z.string(), message: z.string() })),
  /** Why nothing could be done at all; null when it could. */
  failure: failureSchema.nullable(),
});
export type CaptureReport = z.infer<typeof captureReportSchema>;

/** Before a capture under a persona: its pace holds it back until then; null: no longer. */
export const waitingNewsSchema = z.object({
  news: z.literal('waiting'),
  url: z.string(),
  until: instantSchema.nullable(),
});
export type WaitingNews = z.infer<typeof waitingNewsSchema>;

/** How a batch goes on. */
export const batchNewsSchema = z.discriminatedUnion('news', [
  /** Before the first capture: `todo` of its addresses are to be captured now. */
  z.object({ news: z.literal('opened'), batch: batchSchema, todo: z.number().int() }),
  /** The persona's pace holds back an address until then; null: no longer. */
  z.object({
    news: z.literal('waiting'),
    n: z.number().int(),
    url: z.string(),
    until: instantSchema.nullable(),
  }),
  /** One address came to its end; without a result there is no capture of it. */
  z.object({
    news: z.literal('outcome'),
    n: z.number().int(),
    url: z.string(),
    result: captureResultSchema.nullable(),
    failure: failureSchema.nullable(),
  }),
  /** Nothing more is begun; `stopped`: why not, where something stood in the way. */
  z.object({ news: z.literal('ended'), batch: batchSchema, stopped: failureSchema.nullable() }),
]);
export type BatchNews = z.infer<typeof batchNewsSchema>;

/** How the watch list goes on. */
export const watchNewsSchema = z.discriminatedUnion('news', [
  /** The persona's pace holds back a check until then; null: no longer. */
  z.object({
    news: z.literal('waiting'),
    watch: idSchema,
    url: z.string(),
    until: instantSchema.nullable(),
  }),
  /** One check came to its end: what is known of it now, or why there was none. */
  z.object({ news: z.literal('checked'), watch: watchSchema, failure: failureSchema.nullable() }),
]);
export type WatchNews = z.infer<typeof watchNewsSchema>;
