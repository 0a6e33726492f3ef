/**
 * What the command line asks of the app when only the app's own browser can do it: one JSON document on the app's
 * standard input, one on its standard output. Passphrases go this way and no other.
 */
import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { autopilotLimitsSchema } from './model/autopilot.ts';
import { accessSchema } from './model/persona.ts';
import { captureResultSchema } from './model/recording.ts';
import { recoverySchema } from './model/safety.ts';

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
  circumstances: circumstancesSchema.default({ persona: null, access: 'public', lookOnly: true }),
  urls: z.array(z.string().min(1)).min(1),
  /** How far the autopilot may go through each page; null: it does not. */
  autopilot: autopilotLimitsSchema.nullable().optional(),
});
export type CaptureJob = z.input<typeof captureJobSchema>;

export const captureReportSchema = z.object({
  captures: z.array(captureResultSchema),
  refused: z.array(z.object({ url: z.string(), code: z.string(), message: z.string() })),
  /** Why nothing could be done at all; null when it could. */
  failure: failureSchema.nullable(),
});
export type CaptureReport = z.infer<typeof captureReportSchema>;
