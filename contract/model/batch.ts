/** Batches: lists of addresses that are captured one after the other, and how far each has come. */
import { z } from 'zod';
import { longestAddress, mostAddresses } from '../address-list.ts';
import { actorSchema } from './actor.ts';
import { idSchema, instantSchema } from './common.ts';
import { captureVerdictSchema } from './verdict.ts';

/** 'interrupted': a capture of it was begun and stopped, or broke off; it is to be made again. */
export const batchOutcomeSchema = z.enum([...captureVerdictSchema.options, 'interrupted']);
export type BatchOutcome = z.infer<typeof batchOutcomeSchema>;

/** 'waiting': nothing was captured of it yet. */
export const batchStateSchema = z.enum(['waiting', ...batchOutcomeSchema.options]);
export type BatchState = z.infer<typeof batchStateSchema>;

export const batchAddressesSchema = z.array(z.string().min(1).max(longestAddress)).min(1).max(mostAddresses);

export const batchItemSchema = z.object({
  /** Place in the list, from 0. */
  n: z.number().int().nonnegative(),
  url: z.string(),
  state: batchStateSchema,
  /** The last capture of it. */
  captureId: idSchema.nullable(),
  /** Captures that were made of it. */
  tries: z.number().int().nonnegative(),
});
export type BatchItem = z.infer<typeof batchItemSchema>;

export const batchSchema = z.object({
  id: idSchema,
  /** What the list was called, such as the name of its file; null: nothing. */
  name: z.string().nullable(),
  startedAt: instantSchema,
  startedBy: actorSchema,
  /** Somebody said that what is left is not to be captured. */
  ended: z.boolean(),
  addresses: z.number().int(),
  counts: z.record(batchStateSchema, z.number().int()),
});
export type Batch = z.infer<typeof batchSchema>;

/** Which batch is to be worked on. */
export const batchOrderSchema = z.object({
  which: z.discriminatedUnion('kind', [
    /** The newest open batch of exactly these addresses; where there is none, or with `anew`, a new one. */
    z.object({
      kind: z.literal('list'),
      name: z.string().max(255).nullable(),
      addresses: batchAddressesSchema,
      anew: z.boolean().default(false),
    }),
    /** A batch of the archive; null: the newest that has something to do. */
    z.object({ kind: z.literal('batch'), batchId: idSchema.nullable() }),
  ]),
  /** Also what was tried and failed: the page was not there. */
  retryFailed: z.boolean().default(false),
});
export type BatchOrder = z.input<typeof batchOrderSchema>;

/** How the browsers of this machine are used for a batch. */
export const batchPaceSchema = z.object({
  /** Captures at the same time. */
  jobs: z.number().int().min(1).max(8),
  /** Seconds after which one capture is stopped and sealed with what it has. */
  limit: z.number().min(1).max(86_400),
});
export type BatchPace = z.infer<typeof batchPaceSchema>;
export const usualPace: BatchPace = { jobs: 2, limit: 900 };
