/** Timestamps of an authority (RFC 3161): what was asked for, what came back, what it covers. */
import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** What a request is about. */
export const timestampSubjectSchema = z.discriminatedUnion('kind', [
  /** A checkpoint of the custody log: everything recorded up to it. The stamped bytes are its signed note. */
  z.strictObject({ kind: z.literal('checkpoint'), size: z.number().int().positive() }),
  /** An older token, stamped again: the bytes that it was for, followed by the bytes of the token. */
  z.strictObject({ kind: z.literal('renewal'), token: idSchema }),
  /** The signature of a bundle that was compiled here: the bytes of its .p7s file, with that SHA-256. */
  z.strictObject({ kind: z.literal('bundle'), bundle: idSchema, signature: sha256Schema }),
]);
export type TimestampSubject = z.infer<typeof timestampSubjectSchema>;

export const revocationStateSchema = z.enum(['good', 'revoked', 'not-known']);

/** What an accepted token says. Whether its authority is to be believed, nothing in it can say. */
export const timestampTokenSchema = z.object({
  id: idSchema,
  /** SHA-256 of the token's file (.tsr). */
  sha256: sha256Schema,
  attachedAt: instantSchema,
  /** What it is over existed no later than this. */
  genTime: instantSchema,
  /** Microseconds by which the authority's clock may be off; null: it does not say. */
  accuracy: z.number().nullable(),
  /** As its certificate names the authority. */
  authority: z.string(),
  /** SHA-256 of the authority's certificate (DER). */
  fingerprint: sha256Schema,
  /** When that certificate ends. */
  notAfter: instantSchema,
  policy: z.string(),
  serial: z.string(),
  /** When it was attached: the authority was one that the user named. */
  trusted: z.boolean(),
  /** The certificate says so, and the authority was trusted. */
  qualified: z.boolean(),
  revocation: revocationStateSchema,
  /** How many revocation answers are kept with it. */
  answers: z.number().int(),
});
export type TimestampToken = z.infer<typeof timestampTokenSchema>;

/** 'not-yet': nothing to do. 'soon', 'overdue': the certificate ends or has ended. 'renewed': a newer token covers it. */
export const renewalStateSchema = z.enum(['not-yet', 'soon', 'overdue', 'renewed']);

/** One request with what became of it. */
export const timestampRequestSchema = z.object({
  id: idSchema,
  subject: timestampSubjectSchema,
  /** SHA-256 that was or is to be stamped. */
  digest: sha256Schema,
  requestedAt: instantSchema,
  /** Null: pending. */
  token: timestampTokenSchema.nullable(),
  /** Null while it is pending. */
  renewal: renewalStateSchema.nullable(),
});
export type TimestampRequestLine = z.infer<typeof timestampRequestSchema>;

export const timestampListSchema = z.object({
  /** Newest first. */
  requests: z.array(timestampRequestSchema),
  /** What no stamp covers yet. */
  uncovered: z.object({
    events: z.number().int(),
    captures: z.number().int(),
    /** When the oldest such capture was received; null: there is none. */
    since: instantSchema.nullable(),
  }),
  /** The largest checkpoint with a token: everything up to there is covered. */
  covered: z.object({ size: z.number().int(), genTime: instantSchema }).nullable(),
  /** Captures have waited for a day without a request. */
  suggested: z.boolean(),
});
export type TimestampList = z.infer<typeof timestampListSchema>;

/** What the time of a capture rests on. */
export const timeBasisSchema = z.object({
  captureId: idSchema,
  /** This computer's clock, which nobody vouches for. */
  ownClock: instantSchema,
  /** Servers' clocks minus ours while it was recorded; null: none was heard (imports never). */
  servers: z.object({ hosts: z.number().int(), least: z.number(), most: z.number() }).nullable(),
  /** The stamped checkpoint with the earliest time that covers the capture; null: none yet. */
  stamp: z
    .object({
      size: z.number().int(),
      genTime: instantSchema,
      authority: z.string(),
      fingerprint: sha256Schema,
      trusted: z.boolean(),
      revocation: revocationStateSchema,
      /** From the capture, by our clock, to the stamp. */
      gapSeconds: z.number(),
    })
    .nullable(),
  /** The stamp with the earliest time over the signature of a bundle that holds the capture; null: none is known here. */
  bundleStamp: z
    .object({
      bundle: idSchema,
      genTime: instantSchema,
      authority: z.string(),
      fingerprint: sha256Schema,
      trusted: z.boolean(),
      revocation: revocationStateSchema,
    })
    .nullable(),
  /** The same in sentences for a lawyer. */
  words: z.array(z.string()),
});
export type TimeBasis = z.infer<typeof timeBasisSchema>;

/** What attaching a reply to a bundle gave. */
export const bundleStampSchema = z.object({
  path: z.string(),
  genTime: instantSchema,
  authority: z.string(),
  fingerprint: sha256Schema,
  trusted: z.boolean(),
  qualified: z.boolean(),
  revocation: revocationStateSchema,
  /** Whether the reply was held against the nonce of the request; without the request it cannot be. */
  nonceCompared: z.boolean(),
  /** The archive at hand compiled the bundle, and keeps request and token, too. */
  recorded: z.boolean(),
  /** Names of the files that were added, within the bundle. */
  added: z.array(z.string()),
});
export type BundleStamp = z.infer<typeof bundleStampSchema>;
