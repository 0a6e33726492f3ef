/** Identities and signers: whose certificate signs, and what an archive knows of it. */
import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { signerSchema } from './bundle.ts';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** A certificate as people look at it. */
export const certificateFactsSchema = z.object({
  ...signerSchema.shape,
  /** Who issued it; the same as `name` where it signed itself. */
  issuer: z.string(),
  /** 'ECDSA P-256', 'RSA 4096 bits'. */
  keyType: z.string(),
  /** Key usages by their names in RFC 5280; null: the certificate names none, which allows all. */
  usages: z.array(z.string()).nullable(),
  /** Extended key usages in words; null: none named. */
  purposes: z.array(z.string()).nullable(),
  /** Names of the authorities above it that lie in the file, the issuer first. */
  chain: z.array(z.string()),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

/** What a person should know of a certificate that is usable all the same. */
export const identityWarningSchema = z.object({
  code: z.enum(['not-yet-valid', 'expires-soon', 'old-encryption']),
  message: z.string(),
});
export type IdentityWarning = z.infer<typeof identityWarningSchema>;

/** What was written when an identity was made or taken over. */
export const writtenIdentitySchema = z.object({
  signer: certificateFactsSchema,
  /** The certificate alone, to hand out. */
  certificatePath: z.string(),
  /** The authorities above it, for those who check bundles; null where there are none. */
  chainPath: z.string().nullable(),
  warnings: z.array(identityWarningSchema),
});
export type WrittenIdentity = z.infer<typeof writtenIdentitySchema>;

/**
 * 'proven': its key has signed in this archive. 'named': only its certificate is here. The others say why nothing can
 * be signed with it now.
 */
export const signerStateSchema = z.enum(['proven', 'named', 'not-yet-valid', 'expired', 'replaced']);
export type SignerState = z.infer<typeof signerStateSchema>;

/** Why a replacement carries no signature by the old key. */
export const withoutProofSchema = z.enum(['key-lost', 'certificate-expired']);
export type WithoutProof = z.infer<typeof withoutProofSchema>;

export const signerLineSchema = z.object({
  id: idSchema,
  label: z.string(),
  certificate: certificateFactsSchema,
  state: signerStateSchema,
  addedAt: instantSchema,
  addedBy: actorSchema,
  /** Sessions that its key opened here, and bundles that it signed. */
  sessions: z.number().int(),
  bundles: z.number().int(),
  /** Null: it was not replaced. */
  replaced: z
    .object({
      by: idSchema,
      name: z.string(),
      fingerprint: sha256Schema,
      at: instantSchema,
      because: z.string(),
      /** Null: the old key itself signed the replacement. */
      withoutProof: withoutProofSchema.nullable(),
    })
    .nullable(),
});
export type SignerLine = z.infer<typeof signerLineSchema>;

/** Whether passphrases of identities can be kept in the system's keychain, and for which files they are. */
export const keychainStatusSchema = z.object({
  available: z.boolean(),
  /** Why not, in a sentence; null when it can. */
  reason: z.string().nullable(),
  /** Identity files whose passphrase is kept. */
  paths: z.array(z.string()),
});
export type KeychainStatus = z.infer<typeof keychainStatusSchema>;
