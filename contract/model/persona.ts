/**
 * A persona: under which name, from where, in which language and with which browser pages are looked at, and the session
 * (cookies, storage) that goes with it. Known inside the archive only: nothing of it leaves in a bundle.
 */
import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** Colours that can be told apart beside each other; the name always stands beside the colour. */
export const personaColourSchema = z.enum([
  'red',
  'orange',
  'lime',
  'teal',
  'blue',
  'violet',
  'pink',
  'gray',
]);

/** BCP 47 tags, as they stand in Accept-Language. */
const languageSchema = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language tag such as fa-IR or en');

/** How fast pages are asked for under a persona. To both times up to half as much again is added by chance. */
export const personaPaceSchema = z.strictObject({
  /** Seconds at least from one page to the next. */
  betweenPages: z.number().int().min(0).max(3600),
  /** At most so many in any hour. */
  pagesAnHour: z.number().int().min(1).max(3600),
  /** Seconds at least from one step of the autopilot to the next. */
  betweenSteps: z.number().int().min(0).max(600),
});
export type PersonaPace = z.infer<typeof personaPaceSchema>;
/** Also of personas that were made before there were limits. */
export const usualPersonaPace: PersonaPace = { betweenPages: 8, pagesAnHour: 120, betweenSteps: 2 };

export const personaFactsSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(80)
    .refine(
      (name) => name === name.trim() && !/[\p{Cc}\p{Cs}]/u.test(name),
      'a name without spaces around it',
    ),
  colour: personaColourSchema,
  /** In order of preference; empty: the browser's own. */
  languages: z.array(languageSchema).max(8),
  /** A name of the IANA database; null: this computer's. */
  timeZone: z.string().max(64).nullable(),
  /** Null: that of the browser itself. */
  userAgent: z.string().max(400).nullable(),
  /** `http://host:port`, `https://host:port` or `socks5://host:port`; null: the way that the system uses. */
  proxy: z.string().max(300).nullable(),
  /** Null: as fast as it goes. */
  pace: personaPaceSchema.nullable(),
});
export type PersonaFacts = z.infer<typeof personaFactsSchema>;
/** What is left out stays as it is. */
export const personaChangesSchema = personaFactsSchema.partial();
export type PersonaChanges = z.infer<typeof personaChangesSchema>;

export const personaSchema = z.object({
  id: idSchema,
  ...personaFactsSchema.shape,
  retired: z.boolean(),
  /** When its session was kept last; null: none is kept. */
  sessionKeptAt: instantSchema.nullable(),
  /** Captures that were made under it. */
  captures: z.number().int(),
});
export type Persona = z.infer<typeof personaSchema>;

/** When a page may be asked for under a persona. */
export const turnSchema = z.object({
  at: instantSchema,
  /** Until then. */
  milliseconds: z.number().nonnegative(),
});
export type Turn = z.infer<typeof turnSchema>;

/** Under which persona a capture was made, with the name that it had then. */
export const personaUseSchema = z.object({ id: idSchema, name: z.string() });
export type PersonaUse = z.infer<typeof personaUseSchema>;

/** What somebody needs to see the page, in the words of whoever collected it. */
export const accessSchema = z.enum(['public', 'sign-in', 'approval']);
export type Access = z.infer<typeof accessSchema>;

/** As the DevTools protocol has it, without what differs between engines. */
export const cookieSchema = z.object({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  /** Seconds since 1970; -1 or missing: until the session ends, which for a persona it does not. */
  expires: z.number().optional(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']).optional(),
});

/** Bytes that a kept session may have. */
export const mostSessionBytes = 32 * 1024 * 1024;

/** Everything of a session that is kept: never in an event, an export or a bundle. */
export const sessionStateSchema = z.object({
  v: z.literal(1),
  cookies: z.array(cookieSchema).max(20_000),
  /** What pages put into localStorage, by origin. */
  storage: z
    .array(z.object({ origin: z.string(), items: z.array(z.tuple([z.string(), z.string()])) }))
    .max(1000),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

export const emptySession: SessionState = { v: 1, cookies: [], storage: [] };
