/** Checking a bundle that lies on the disk. No archive is needed. */
import { readFileSync } from 'node:fs';
import { HoldfastError } from '../contract/errors.ts';
import type { Verification } from '../contract/model/bundle.ts';
import type { Progress } from '../contract/model/common.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { fromPem } from '../evidence/identity/pem.ts';
import { openFileSource } from '../evidence/source/file.ts';
import { verifyBundle } from '../evidence/verify/verify.ts';
import { nodeCrc32 } from '../evidence/zip/crc32-node.ts';

/** DER of the certificates in a PEM file. Errors: `file-unreadable`, `bad-input`. */
export function readCertificates(path: string): Uint8Array[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HoldfastError('file-unreadable', `The certificate ${path} cannot be read.`, { cause });
  }
  return fromPem(text);
}

/**
 * Verifies the bundle at `path`; `trust` names files with certificates (PEM) of trusted signers or authorities.
 * A bundle that fails is an answer, no error. Errors: `file-not-found`, `file-unreadable`, `identity-unreadable` for a
 * certificate that is none, `cancelled`.
 */
export async function verifyFile(
  path: string,
  trust: readonly string[],
  options: { signal?: AbortSignal; progress?: (progress: Progress) => void } = {},
): Promise<Verification> {
  const trusted = trust.flatMap(readCertificates);
  const source = await openFileSource(path);
  try {
    return await verifyBundle({ source, sha256: nodeSha256, crc32: nodeCrc32, trusted, ...options });
  } finally {
    await source.close();
  }
}
