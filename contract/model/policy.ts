/** The dated library: policies and norms, their versions, and the clauses of each. */
import { z } from 'zod';
import { clauseRoleSchema } from './clause.ts';
import { idSchema, instantSchema, sha256Schema, warningSchema } from './common.ts';

export type ClauseRole = z.infer<typeof clauseRoleSchema>;

/** `x`, `twitter`: lower case, as in the keys of clauses. */
export const platformSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(60);
/** Stable and unique over all policies of the library: platform, page, clause. */
export const libraryKeySchema = z
  .string()
  .regex(/^[a-z0-9-]+\/[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]+\/[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]+$/u)
  .max(300);

/** 'rules': of a platform. 'norm': a law or a designation, of a jurisdiction; never shown as a rule of a platform. */
export const policyKindSchema = z.enum(['rules', 'norm']);
export type PolicyKind = z.infer<typeof policyKindSchema>;

/** When a text was seen. 'day': some time on that day in UTC; `at` is its beginning. */
export const seenSchema = z.strictObject({ at: instantSchema, precision: z.enum(['day', 'second']) });
export type Seen = z.infer<typeof seenSchema>;

/** Why there is a version, as the archive that it came from says: 'technical': it reads the page in another way since. */
export const versionCauseSchema = z.enum(['changed', 'first', 'technical']);

/** A reworded clause that is less like the words before is for a person to confirm. */
export const certainLikeness = 0.75;

/** How a clause came to its key: by the person's word, the same words, the same words elsewhere, likeness, or it is new. */
export const clauseMatchSchema = z.enum(['new', 'same', 'moved', 'reworded', 'corrected']);
export type ClauseMatch = z.infer<typeof clauseMatchSchema>;

/** A piece of a version: parts follow each other without a gap and are the whole text. */
export const policyPartSchema = z.strictObject({
  kind: z.enum(['heading', 'clause']),
  /** Its length in bytes of UTF-8 and in code points, white space after it included. */
  bytes: z.number().int().positive(),
  points: z.number().int().positive(),
  title: z.string().max(300),
  /** Headings only: 1 is the outermost. */
  level: z.exactOptional(z.number().int().positive()),
  /** Clauses only. */
  key: z.exactOptional(libraryKeySchema),
  /** As proposed; missing: none of the four. */
  role: z.exactOptional(clauseRoleSchema),
  match: z.exactOptional(clauseMatchSchema),
  /** 0 to 1, of reworded clauses: how like the words before. */
  likeness: z.exactOptional(z.number().min(0).max(1)),
  /** The first 32 hexadecimal digits of the SHA-256 of its words as they read (docs/decisions/policy-library.md). */
  words: z.exactOptional(z.string().regex(/^[0-9a-f]{32}$/)),
});
export type PolicyPart = z.infer<typeof policyPartSchema>;

export const policySchema = z.object({
  id: idSchema,
  platform: platformSchema,
  name: z.string(),
  kind: policyKindSchema,
  jurisdiction: z.string().nullable(),
  versions: z.number().int(),
  clauses: z.number().int(),
  /** First and last sighting; null without versions. */
  firstSeen: seenSchema.nullable(),
  lastSeen: seenSchema.nullable(),
});
export type Policy = z.infer<typeof policySchema>;

/** Where a text comes from and on what terms it may be passed on; null: not stated. */
export const versionSourceSchema = z.strictObject({
  /** Name of the file, or path and commit. */
  name: z.string().max(1000),
  address: z.string().max(4000).nullable(),
  licence: z.string().max(500).nullable(),
  attribution: z.string().max(1000).nullable(),
  /** Of a page that was captured here. */
  capture: idSchema.nullable(),
  /** Of a text that nobody here saw: the bundle that it came in, and what its check said of who signed. */
  bundle: z.exactOptional(
    z.strictObject({
      bundle: idSchema,
      archive: idSchema,
      signer: z.strictObject({ name: z.string(), fingerprint: sha256Schema }),
      verdict: z.enum(['trusted', 'consistent']),
    }),
  ),
});
export type VersionSource = z.infer<typeof versionSourceSchema>;

export const policyVersionSchema = z.object({
  id: idSchema,
  policyId: idSchema,
  /** Of the exact text, which is an artifact of the archive. */
  sha256: sha256Schema,
  size: z.number().int(),
  /** The first heading of the text. */
  title: z.string(),
  seen: seenSchema,
  /** Null unless known: when it was seen is not when it took effect. */
  inForceFrom: instantSchema.nullable(),
  cause: versionCauseSchema.nullable(),
  source: versionSourceSchema,
  clauses: z.number().int(),
  headings: z.number().int(),
  /** Clauses that are new, reworded, or no longer there, beside the version before. */
  added: z.number().int(),
  reworded: z.number().int(),
  removed: z.number().int(),
  /** Reworded clauses whose key rests on little likeness and that nobody has confirmed. */
  toConfirm: z.number().int(),
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

export const inForceSchema = z.enum(['yes', 'by-statement', 'no', 'not-known']);
export type InForce = z.infer<typeof inForceSchema>;

export const statementEffectSchema = z.enum(['applies', 'ends', 'explains']);

/** What becomes of a post that is older than the clause: whether it is removed, and whether that brings a sanction. */
export const olderPostsSchema = z.strictObject({
  removal: z.enum(['yes', 'no', 'not-said']),
  sanction: z.enum(['yes', 'no', 'not-said']),
});
export type OlderPosts = z.infer<typeof olderPostsSchema>;

const olderPostsWording = {
  removal: { yes: 'they are removed', no: 'they are not removed', 'not-said': 'nothing of their removal' },
  sanction: {
    yes: 'they bring a sanction',
    no: 'they bring no sanction',
    'not-said': 'nothing of a sanction',
  },
} satisfies { [K in keyof OlderPosts]: Record<OlderPosts[K], string> };

/** In words, for the middle of a sentence: 'they are removed, they bring no sanction'. */
export function olderPostsWords({ removal, sanction }: OlderPosts): string {
  return `${olderPostsWording.removal[removal]}, ${olderPostsWording.sanction[sanction]}`;
}

/** What a platform announced or told somebody about a clause, or what the clause itself says. Never part of the text. */
export const statementSchema = z.object({
  id: idSchema,
  key: z.string(),
  speaker: z.string(),
  /** The day in UTC on which it was said, `YYYY-MM-DD`. */
  saidOn: z.iso.date(),
  text: z.string(),
  /** Where it was reported; null: at first hand. */
  reportedIn: z.string().nullable(),
  address: z.string().nullable(),
  capture: idSchema.nullable(),
  /** What it says of the clause: from that day it applies so, it applies so no longer, or neither. */
  effect: statementEffectSchema,
  /** Missing: it does not say. */
  olderPosts: z.exactOptional(olderPostsSchema),
});
export type Statement = z.infer<typeof statementSchema>;

/** 'limits': this exception limits that rule. 'follows': this sanction follows on it. 'defines', 'same-rule'. */
export const clauseLinkKindSchema = z.enum(['limits', 'follows', 'defines', 'same-rule']);
export const clauseLinkSchema = z.object({
  /** Null: proposed, and recorded nowhere. */
  id: idSchema.nullable(),
  from: z.string(),
  to: z.string(),
  kind: clauseLinkKindSchema,
  /** 'proposed' by where they stand; 'set' by a person. */
  basis: z.enum(['proposed', 'set']),
  because: z.string().nullable(),
});
export type ClauseLink = z.infer<typeof clauseLinkSchema>;

const sightingSchema = z.object({
  version: idSchema,
  seen: seenSchema,
  inForceFrom: instantSchema.nullable(),
});

/** A clause as it stood at the time asked for. */
export const datedClauseSchema = z.object({
  key: z.string(),
  title: z.string(),
  /** Headings over it, outermost first. */
  path: z.array(z.string()),
  role: clauseRoleSchema.nullable(),
  /** 'confirmed': a person set the role. */
  roleBasis: z.enum(['proposed', 'confirmed']),
  /** Exact words of the version that `version` names; null where there is none. */
  text: z.string().nullable(),
  platform: z.string(),
  policy: z.string(),
  kind: policyKindSchema,
  version: idSchema.nullable(),
  /** Where these words stand in that version: in bytes of UTF-8 and in code points, end exclusive. */
  bytes: z.tuple([z.number().int(), z.number().int()]).nullable(),
  points: z.tuple([z.number().int(), z.number().int()]).nullable(),
  inForce: inForceSchema,
  /** In words. */
  why: z.string(),
  /** The sightings before, at and after that time that the answer rests on. */
  restsOn: z.array(sightingSchema),
  statements: z.array(statementSchema),
  links: z.array(clauseLinkSchema),
});
export type DatedClause = z.infer<typeof datedClauseSchema>;

export const policyImportSchema = z.object({
  policy: idSchema,
  /** New in this import, and those that were there already. */
  versions: z.number().int(),
  known: z.number().int(),
  /** Clauses of the new versions, all together; keys that are new; clauses that matched nothing in a later version. */
  clauses: z.number().int(),
  newKeys: z.number().int(),
  unmatched: z.number().int(),
  toConfirm: z.number().int(),
  bytes: z.number().int(),
  warnings: z.array(warningSchema),
});
export type PolicyImport = z.infer<typeof policyImportSchema>;

export const wordChangeSchema = z.object({ op: z.enum(['same', 'added', 'removed']), text: z.string() });
export type WordChange = z.infer<typeof wordChangeSchema>;
export const clauseChangeSchema = z.object({
  key: z.string(),
  title: z.string(),
  change: z.enum(['same', 'moved', 'reworded', 'added', 'removed']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Of reworded clauses. */
  words: z.array(wordChangeSchema),
});
export type ClauseChange = z.infer<typeof clauseChangeSchema>;
export const policyDiffSchema = z.object({
  before: idSchema,
  after: idSchema,
  /** How many clauses are of each kind, also those that `changes` leaves out. */
  counts: z.object({
    same: z.number().int(),
    moved: z.number().int(),
    reworded: z.number().int(),
    added: z.number().int(),
    removed: z.number().int(),
  }),
  /** In the order of the later text; without those that are the same. */
  changes: z.array(clauseChangeSchema),
});
export type PolicyDiff = z.infer<typeof policyDiffSchema>;

/** What happened to one clause, version by version; what is the same is left out. */
export const clauseHistorySchema = z.object({
  key: z.string(),
  title: z.string(),
  entries: z.array(
    z.object({
      version: idSchema,
      seen: seenSchema,
      what: z.enum(['came', 'reworded', 'moved', 'went', 'came back']),
      text: z.string().nullable(),
      words: z.array(wordChangeSchema),
      likeness: z.number().nullable(),
    }),
  ),
  statements: z.array(statementSchema),
  links: z.array(clauseLinkSchema),
});
export type ClauseHistory = z.infer<typeof clauseHistorySchema>;

/** A part of one version with its words, for reading. */
export const versionClauseSchema = z.object({
  kind: z.enum(['heading', 'clause']),
  title: z.string(),
  /** Headings only, as the next ones are of clauses only. */
  level: z.number().int().nullable(),
  key: z.string().nullable(),
  role: clauseRoleSchema.nullable(),
  roleBasis: z.enum(['proposed', 'confirmed']),
  match: clauseMatchSchema.nullable(),
  likeness: z.number().nullable(),
  isConfirmed: z.boolean(),
  text: z.string(),
  hasStatement: z.boolean(),
});
export type VersionClause = z.infer<typeof versionClauseSchema>;

/**
 * What to import, and on what terms. `path`: a dated file, a folder of them, or a repository; `captureId`: the readable
 * text of a page that was recorded here, seen when it was. One of the two.
 */
export const policyOrderSchema = z
  .object({
    path: z.string().min(1).nullable().default(null),
    captureId: idSchema.nullable().default(null),
    platform: z.string().min(1).max(100),
    policy: z.string().min(1).max(200),
    kind: policyKindSchema,
    jurisdiction: z.string().max(200).nullable(),
    address: z.string().max(4000).nullable(),
    licence: z.string().max(500).nullable(),
    attribution: z.string().max(1000).nullable(),
  })
  .refine(({ path, captureId }) => (path === null) !== (captureId === null), {
    path: ['path'],
    message: 'a path or a capture, not both',
  });

/** What a person says of a clause, as it is recorded. */
export const correctionChangeSchema = z.discriminatedUnion('kind', [
  /** It is the clause with this key, or a clause of its own. */
  z.strictObject({ kind: z.literal('key'), key: libraryKeySchema }),
  z.strictObject({ kind: z.literal('role'), role: clauseRoleSchema.nullable() }),
  /** That it is the same clause, though reworded, was looked at and is right. */
  z.strictObject({ kind: z.literal('confirm') }),
]);

export const correctionOrderSchema = z.object({
  key: z.string(),
  version: idSchema.nullable(),
  because: z.string().min(1).max(10_000),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('key'), key: z.string().nullable() }),
    z.object({ kind: z.literal('role'), role: clauseRoleSchema.nullable() }),
    z.object({ kind: z.literal('confirm') }),
  ]),
});
