/** Purging a capture, holding it, and until when it is kept. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** 'stopped': while it was being recorded, by the key for it. */
export const purgeCauseSchema = z.enum(['purged', 'stopped']);

const count = z.number().int().nonnegative();

/** How much of each kind was destroyed, or would be. */
export const purgeCountsSchema = z.object({
  captures: count,
  readings: count,
  posts: count,
  tags: count,
  reviews: count,
  /** Checks of the watch list, statements, reports and uses of personas that were about nothing else. */
  others: count,
  /** Byte streams that no other capture has, and their bytes. */
  artifacts: count,
  bytes: count,
});
export type PurgeCounts = z.infer<typeof purgeCountsSchema>;

/** A copy that a purge cannot reach. */
export const outOfReachSchema = z.object({
  /** When it was made, by this computer's clock. */
  at: instantSchema,
  /** Of the file, as it was written. */
  sha256: sha256Schema,
  /** Null: not known, as of the backup that this archive came out of. */
  size: count.nullable(),
});
export type OutOfReach = z.infer<typeof outOfReachSchema>;

export const heldSchema = z.object({
  captureId: idSchema,
  because: z.string(),
  at: instantSchema,
  by: actorSchema,
});
export type Held = z.infer<typeof heldSchema>;

export const retainedSchema = z.object({
  captureId: idSchema,
  /** The last day on which it is to be kept. */
  until: z.iso.date(),
  because: z.string(),
  at: instantSchema,
  by: actorSchema,
});
export type Retained = z.infer<typeof retainedSchema>;

/** What a purge would do: shown before it is done. */
export const purgePlanSchema = z.object({
  captureId: idSchema,
  /** Other captures that go along: files of bundles that were taken in and hold it. */
  along: z.array(z.object({ captureId: idSchema, sourceName: z.string() })),
  destroyed: purgeCountsSchema,
  stays: z.object({
    /** Byte streams that another capture, or a version of a policy, has too. */
    artifacts: count,
    /** Reports to others that also name posts of other captures, with their notes. */
    reports: count,
    /** Addresses in batches and on the watch list. */
    addresses: count,
    /** Versions of policies that were made from it. */
    versions: count,
    /** Exhibits of cases, which are removed, with their numbers and labels. */
    exhibits: count,
  }),
  /** Other captures that show one of its posts, by the platform's id: each is purged for itself. */
  alsoIn: z.array(z.object({ captureId: idSchema, sourceName: z.string(), receivedAt: instantSchema })),
  /** Active watches that would capture it again, and are ended. */
  watches: count,
  bundles: z.array(z.object({ ...outOfReachSchema.shape, bundleId: idSchema })),
  backups: z.array(outOfReachSchema),
  hold: heldSchema.nullable(),
  retention: retainedSchema.nullable(),
});
export type PurgePlan = z.infer<typeof purgePlanSchema>;

const words = z.string().trim().min(1);

export const purgeOrderSchema = z.object({
  captureId: idSchema,
  because: words.max(10_000),
  authority: words.max(1000),
  /** The capture's id once more, whole or its last characters, as the person typed it. */
  confirm: z.string().max(100),
  keepAddress: z.boolean(),
});
export type PurgeOrder = z.infer<typeof purgeOrderSchema>;

export const purgeReportSchema = z.object({
  ...purgePlanSchema.shape,
  /** Place of the purge in the log. */
  leaf: count,
  /** Places of the acts whose documents are gone. */
  events: z.array(count),
  /** Traces in the file are cleaned away too; false: at the next opening, for the reason that is told. */
  cleaned: z.boolean(),
  notCleaned: z.string().nullable(),
});
export type PurgeReport = z.infer<typeof purgeReportSchema>;

/** The key in the capture view: `captureId` null where nothing was being recorded. */
export const stopOrderSchema = z.object({
  captureId: idSchema.nullable(),
  address: z.string().max(65_536).nullable(),
});
export type StopOrder = z.infer<typeof stopOrderSchema>;

export const purgeLineSchema = z.object({
  captureId: idSchema,
  leaf: count,
  cause: purgeCauseSchema,
  because: z.string(),
  authority: z.string().nullable(),
  address: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  at: instantSchema,
  by: actorSchema,
  destroyed: purgeCountsSchema,
});
export type PurgeLine = z.infer<typeof purgeLineSchema>;

export const holdDraftSchema = z.object({ captureId: idSchema, because: words.max(10_000) });
export const retentionDraftSchema = z.object({
  captureId: idSchema,
  until: z.iso.date().nullable(),
  because: words.max(10_000),
});

/** What is kept and until when, and what was purged. */
export const keepingSchema = z.object({
  held: z.array(heldSchema),
  retained: z.array(retainedSchema),
  /** Of those, whose date has passed: listed for purge, never purged by themselves. */
  due: z.array(retainedSchema),
  purged: z.array(purgeLineSchema),
});
export type Keeping = z.infer<typeof keepingSchema>;
