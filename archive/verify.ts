/** Checking a bundle that lies on the disk. No archive is needed. */
import { readFileSync } from 'node:fs';
import { HoldfastError } from '../contract/errors.ts';
import type { Verification } from '../contract/model/bundle.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { fromPem } from '../evidence/identity/pem.ts';
import { nodeEd25519 } from '../evidence/log/ed25519-node.ts';
import { withFileSource } from '../evidence/source/file.ts';
import { verifyBundle } from '../evidence/verify/verify.ts';
import { gunzipped } from '../evidence/warc/gunzip-node.ts';
import { nodeWarcTools } from '../evidence/warc/node-tools.ts';
import { nodeCrc32 } from '../evidence/zip/crc32-node.ts';
import { verifyPage } from './verify-page.ts';
import type { WorkOptions } from './work.ts';

function readCertificates(path: string): Uint8Array[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HoldfastError('file-unreadable', `The certificate ${path} cannot be read.`, { cause });
  }
  return fromPem(text);
}

/** Files with certificates (PEM) that the user names. */
export interface Named {
  /** Of trusted signers, or of authorities above them. */
  trust: readonly string[];
  /** Of trusted time-stamping authorities, or of those above them. */
  tsaRoots?: readonly string[] | undefined;
}

/** What a check of a bundle needs from this machine. Errors: `file-unreadable`, `identity-unreadable`. */
export function verificationTools({ trust, tsaRoots = [] }: Named) {
  return {
    sha256: nodeSha256,
    crc32: nodeCrc32,
    ed25519: nodeEd25519,
    wacz: { warc: nodeWarcTools, gunzip: gunzipped },
    trusted: trust.flatMap(readCertificates),
    tsaRoots: tsaRoots.flatMap(readCertificates),
    verifyPage: verifyPage().sha256,
  };
}

/**
 * Verifies the bundle at `path`. A bundle that fails is an answer, no error. Errors: `file-not-found`,
 * `file-unreadable`, `identity-unreadable` for a certificate that is none, `cancelled`.
 */
export async function verifyFile(
  path: string,
  named: Named,
  options: WorkOptions = {},
): Promise<Verification> {
  const tools = verificationTools(named);
  return withFileSource(path, (source) => verifyBundle({ source, ...tools, ...options }));
}
