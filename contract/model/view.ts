/** What the capture view shows. */
import { z } from 'zod';
import { autopilotStateSchema } from './autopilot.ts';
import { idSchema } from './common.ts';
import { actionSchema } from './look-only.ts';
import { personaColourSchema } from './persona.ts';

export const refusalSchema = z.object({
  what: z.enum(['download', 'window', 'permission', 'navigation', 'sign-in']),
  /** What was asked for: an address, or a permission and who asked. Words of a page: hostile. */
  detail: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** A request that look-only did not send. */
export const blockedRequestSchema = z.object({
  action: actionSchema,
  platform: z.string(),
  method: z.string(),
  /** Words of a page: hostile. At most 300 characters. */
  url: z.string(),
  times: z.number().int().positive(),
});
export type BlockedRequest = z.infer<typeof blockedRequestSchema>;

/** What look-only did not send: how many requests, and the newest kinds of them, at most 20. */
export const blockedSchema = z.object({ total: z.number().int(), newest: z.array(blockedRequestSchema) });

export const viewStateSchema = z.object({
  open: z.boolean(),
  url: z.string(),
  title: z.string(),
  loading: z.boolean(),
  canGoBack: z.boolean(),
  canGoForward: z.boolean(),
  /** A capture runs: the view takes no other orders but stop. */
  capturing: z.boolean(),
  /** How far the autopilot is that goes through the page; null: none does. */
  autopilot: autopilotStateSchema.nullable(),
  /** Why the page did not load, in words; null when it did. */
  failure: z.string().nullable(),
  /** What is wrong with the server's certificate; null when nothing is. The page is not shown until it is accepted. */
  certificateError: z.string().nullable(),
  /** How the page shown came here: 'exception' where its certificate was accepted by hand; 'none' without a page. */
  connection: z.enum(['none', 'plain', 'encrypted', 'exception']),
  /** What was refused to the pages of this opening; newest first, each once, at most 20. */
  refused: z.array(refusalSchema),
  /** Under which persona the page is looked at; null: none, a fresh session. */
  persona: z
    .object({ id: idSchema, name: z.string(), colour: personaColourSchema, hasProxy: z.boolean() })
    .nullable(),
  /** What is visited under the persona: noted, not at the moment, or never ('off': no persona, or not encrypted). */
  trail: z.enum(['on', 'paused', 'off']),
  lookOnly: z.boolean(),
  /** In this opening. */
  blocked: blockedSchema,
});
export type ViewState = z.infer<typeof viewStateSchema>;
