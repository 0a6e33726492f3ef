/**
 * What evidence.json says of rules: policies and norms with their versions, corrections, links and statements; and what
 * a tag says of a clause that was cited out of them.
 */
import { z } from 'zod';
import { clauseRoleSchema, quoteSchema } from '../../contract/model/clause.ts';
import { idSchema, instantSchema, sha256Schema } from '../../contract/model/common.ts';
import {
  clauseLinkKindSchema,
  correctionChangeSchema,
  libraryKeySchema,
  policyKindSchema,
  seenSchema,
  statementSchema,
  versionCauseSchema,
  versionSourceSchema,
} from '../../contract/model/policy.ts';
import {
  consideredSchema,
  datedAnswerSchema,
  findingSchema,
  reviewActSchema,
  sureSchema,
  taggedAccountSchema,
  tagOriginSchema,
} from '../../contract/model/tag.ts';
import { act } from './act.ts';

const offset = z.number().int().nonnegative();

/** A clause as it stands in one version. */
const clauseTextSchema = z.strictObject({
  key: libraryKeySchema,
  /** Number of the part, from 0. */
  part: offset,
  title: z.string(),
  /** Headings over it, outermost first. */
  path: z.array(z.string()),
  /** With people's corrections, as far as the bundle shows them. */
  role: clauseRoleSchema.nullable(),
  /** Where its words stand in the exact text, end exclusive: in bytes of UTF-8 and in code points. */
  bytes: z.tuple([offset, offset]),
  points: z.tuple([offset, offset]),
  /** The words there, exactly. */
  text: z.string(),
});

const versionEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  title: z.string(),
  /** When the text was seen; that is not when it took effect. */
  seen: seenSchema,
  /** Null unless known. */
  inForceFrom: instantSchema.nullable(),
  cause: versionCauseSchema.nullable(),
  source: versionSourceSchema,
  /** Of the exact text, which stands at `path`. */
  sha256: sha256Schema,
  size: z.number().int().positive(),
  path: z.string(),
  splitter: z.string(),
  /** Those that some tag of the bundle cites or considers, in the order of the text. */
  clauses: z.array(clauseTextSchema),
});

export const policyEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  platform: z.string(),
  name: z.string(),
  /** 'norm': a law or a designation, never a rule of a platform. */
  kind: policyKindSchema,
  jurisdiction: z.string().nullable(),
  /** In the order in which they were seen. */
  versions: z.array(versionEntrySchema).min(1),
});

export const correctionEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  policy: idSchema,
  version: idSchema,
  key: libraryKeySchema,
  change: correctionChangeSchema,
  because: z.string(),
});

export const linkEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  from: z.string(),
  to: z.string(),
  kind: clauseLinkKindSchema,
  because: z.string().nullable(),
});

/** What a platform announced or told somebody about a clause; never part of the text. */
export const statementEntrySchema = z.strictObject({
  ...act,
  ...statementSchema.shape,
  /** The capture that shows it, by its id in the archive; it need not be in this bundle. */
  capture: statementSchema.shape.capture,
});

/** That posts were reported to somebody. */
export const reportEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  posts: z.array(idSchema).min(1),
  to: z.string(),
  at: z.string(),
  bundle: idSchema.nullable(),
  note: z.string().nullable(),
});

/** Words that suggested a clause; what a person made of the suggestion is a tag. */
export const phraseEntrySchema = z.strictObject({ ...act, id: idSchema, text: z.string(), key: z.string() });

export const reviewEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  act: reviewActSchema,
  because: z.string(),
  /** Where it came from, if another archive recorded it: what that archive's bundle said. */
  origin: z.exactOptional(tagOriginSchema),
});

/** An exception that was to be answered, with its words where a version in the bundle has it. */
const consideredEntrySchema = z.strictObject({
  ...consideredSchema.shape,
  /** Null: its words are in no version of the bundle. */
  title: z.string().nullable(),
  version: idSchema.nullable(),
  text: z.string().nullable(),
});

/** Members of a tag that older bundles do not have; each is there exactly where its document has it. */
export const laterTagMembers = {
  /** Missing: 'breach', assessed as breaching. */
  finding: z.exactOptional(findingSchema),
  /** The quotes after the first, in the order of the text. */
  quotes: z.exactOptional(z.array(z.strictObject(quoteSchema.shape)).min(1)),
  /** A clause of one version of a policy, in its exact words. */
  dated: z.exactOptional(z.strictObject({ policy: idSchema, version: idSchema, ...clauseTextSchema.shape })),
  sure: z.exactOptional(sureSchema),
  account: z.exactOptional(taggedAccountSchema),
  considered: z.exactOptional(z.array(consideredEntrySchema).min(1)),
  dates: z.exactOptional(z.array(datedAnswerSchema).min(1)),
  batch: z.exactOptional(idSchema),
  coding: z.exactOptional(idSchema),
  phrase: z.exactOptional(idSchema),
  origin: z.exactOptional(tagOriginSchema),
  /** In the order in which they were recorded. */
  reviews: z.exactOptional(z.array(reviewEntrySchema).min(1)),
};

/** Members of evidence.json that older bundles do not have; each is there exactly where it is not empty. */
export const laterMembers = {
  /** Policies and norms, in the order of platform, name and kind. */
  policies: z.exactOptional(z.array(policyEntrySchema).min(1)),
  /** All of the following in the order of the log. */
  corrections: z.exactOptional(z.array(correctionEntrySchema).min(1)),
  links: z.exactOptional(z.array(linkEntrySchema).min(1)),
  statements: z.exactOptional(z.array(statementEntrySchema).min(1)),
  phrases: z.exactOptional(z.array(phraseEntrySchema).min(1)),
  reports: z.exactOptional(z.array(reportEntrySchema).min(1)),
};

export type ClauseText = z.infer<typeof clauseTextSchema>;
export type PolicyEntry = z.infer<typeof policyEntrySchema>;
export type VersionEntry = z.infer<typeof versionEntrySchema>;
export type StatementEntry = z.infer<typeof statementEntrySchema>;
export type LinkEntry = z.infer<typeof linkEntrySchema>;
export type ReviewEntry = z.infer<typeof reviewEntrySchema>;
export type ConsideredEntry = z.infer<typeof consideredEntrySchema>;
