/**
 * How large the files of a bundle may be that a check must hold in memory. The builder keeps to them, or its bundles
 * could not be verified; artifacts and the report are streamed and have no limit of their own.
 */
const mebibyte = 1024 * 1024;

export const limits = {
  /** evidence.json, one document, one post. */
  parsedFile: 64 * mebibyte,
  /** evidence.json, all documents and all posts together. */
  parsedTotal: 160 * mebibyte,
  manifest: 64 * mebibyte,
  /** One leaf, one salt, bagit.txt, bag-info.txt. */
  smallFile: 64 * 1024,
  /** Heads of the log: one for each stamp, far more than one a day. */
  checkpoints: 10_000,
  /** One file in sig/. */
  signatureFile: mebibyte,
  /** One answer about revoked certificates, and all of them together. */
  revocationFile: 8 * mebibyte,
  revocationTotal: 32 * mebibyte,
  /** Certificates in all `sig/tsa-*.pem` together that are tried where a timestamp lacks one. */
  authorityCertificates: 32,
} as const;
