import { oids } from './oids.ts';
import type { Digest } from './public-key.ts';

/** Signature algorithms that name their digest (RFC 5754, RFC 5758), by OID. */
export const signatureAlgorithms: ReadonlyMap<string, { kind: 'EC' | 'RSA'; digest: Digest }> = new Map([
  [oids.ecdsaWithSha256, { kind: 'EC', digest: 'SHA-256' }],
  [oids.ecdsaWithSha384, { kind: 'EC', digest: 'SHA-384' }],
  [oids.ecdsaWithSha512, { kind: 'EC', digest: 'SHA-512' }],
  [oids.rsaWithSha256, { kind: 'RSA', digest: 'SHA-256' }],
  [oids.rsaWithSha384, { kind: 'RSA', digest: 'SHA-384' }],
  [oids.rsaWithSha512, { kind: 'RSA', digest: 'SHA-512' }],
]);
