/** The second door: the user's own browser, on a profile that the user keeps. */
import { z } from 'zod';
import { autopilotStateSchema } from './autopilot.ts';
import { idSchema } from './common.ts';
import { personaColourSchema } from './persona.ts';
import { blockedSchema } from './view.ts';

export const tabSchema = z.object({
  id: z.string().max(200),
  /** Words of a page: hostile. */
  title: z.string(),
  url: z.string(),
});

export const doorStateSchema = z.object({
  open: z.boolean(),
  /** The folder; null while it is closed. */
  profile: z.string().nullable(),
  /** As 'Chromium 156.0'; null while it is closed. */
  browser: z.string().nullable(),
  persona: z
    .object({ id: idSchema, name: z.string(), colour: personaColourSchema, hasProxy: z.boolean() })
    .nullable(),
  /** What is visited under the persona: noted, not at the moment, or never. */
  trail: z.enum(['on', 'paused', 'off']),
  tabs: z.array(tabSchema),
  /** Which tab is being recorded; null: none. */
  capturing: z.string().nullable(),
  /** How far the autopilot is that goes through the tab; null: none does. */
  autopilot: autopilotStateSchema.nullable(),
  /** What look-only did not send since the browser was opened. */
  blocked: blockedSchema,
});
export type DoorState = z.infer<typeof doorStateSchema>;
