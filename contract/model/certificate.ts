/** Certifying a bundle: a certificate beside it, whose statements its signer confirmed one by one. */
import { z } from 'zod';
import { signerSchema } from './bundle.ts';
import { idSchema, sha256Schema } from './common.ts';

/** 'us': for Federal Rules of Evidence 902(13) and (14). 'neutral': names no law. */
export const certificationFormSchema = z.enum(['us', 'neutral']);
export type CertificationForm = z.infer<typeof certificationFormSchema>;

/** What is to be confirmed of a bundle, in its order; numbers begin at 1. */
export const certificationLinesSchema = z.object({
  bundleId: idSchema,
  /** Who signed the bundle, which was checked to be whole. */
  signer: signerSchema,
  statements: z.array(z.string()),
});
export type CertificationLines = z.infer<typeof certificationLinesSchema>;

export const certificateReportSchema = z.object({
  /** The certificate, and the signature over its bytes. */
  path: z.string(),
  signaturePath: z.string(),
  bundleId: idSchema,
  /** Of the zip file, of its tag manifest, and of the certificate. */
  zip: sha256Schema,
  tagManifest: sha256Schema,
  sha256: sha256Schema,
  confirmed: z.array(z.number().int().min(1)),
  notConfirmed: z.array(z.number().int().min(1)),
});
export type CertificateReport = z.infer<typeof certificateReportSchema>;
