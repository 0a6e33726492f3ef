/** What a check of a WACZ file says that somebody else may have made. */
import { z } from 'zod';
import { signerSchema, stepSchema, verdictSchema } from './bundle.ts';

export const waczSteps = [
  'container',
  'package',
  'resources',
  'unlisted-files',
  'records',
  'index',
  'pages',
  'signature',
  'signer-trust',
  'timestamp',
  'timestamp-trust',
] as const;

export const waczStepSchema = z.object({ ...stepSchema.shape, step: z.enum(waczSteps) });
export type WaczStep = z.infer<typeof waczStepSchema>;

export const waczCheckSchema = z.object({
  kind: z.literal('wacz'),
  /**
   * 'trusted': nothing contradicts its hashes, and a signer that was named signed them, at a time by an authority that
   * was named. 'consistent': nothing contradicts its hashes, which anybody can write. 'failed': something does.
   */
  verdict: verdictSchema,
  steps: z.array(waczStepSchema),
  /** The certificate that signed; null for unsigned files and for bare keys. */
  signer: signerSchema.nullable(),
  /** SHA-256 of the key that signed, as its SubjectPublicKeyInfo, hexadecimal; null without a readable key. */
  keyFingerprint: z.string().nullable(),
  /** By the timestamp, where one holds, else as the signer claims; null without a signature. */
  signedAt: z.string().nullable(),
  /** The program that says it made the file. */
  software: z.string().nullable(),
});
export type WaczCheck = z.infer<typeof waczCheckSchema>;
