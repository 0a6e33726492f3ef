/** Certifying a finished bundle: a certificate and a signature over it, beside the zip file. No archive is needed. */
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type {
  CertificateReport,
  CertificationForm,
  CertificationLines,
} from '../contract/model/certificate.ts';
import { renderCertificate } from '../evidence/build/certification/page.ts';
import { schedulesOf, statements } from '../evidence/build/certification/statements.ts';
import type { Evidence } from '../evidence/bundle/evidence.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { signDetached } from '../evidence/signature/sign.ts';
import { type ByteSource, digestOf } from '../evidence/source/byte-source.ts';
import { withFileSource } from '../evidence/source/file.ts';
import { examineBundle } from '../evidence/verify/verify.ts';
import { writeNewFile } from './new-file.ts';
import { verificationTools } from './verify.ts';
import type { WorkOptions } from './work.ts';

interface Checked {
  evidence: Evidence;
  /** SHA-256 of the tag manifest. */
  tagManifest: string;
}

export interface CertificateOrder {
  /** The zip file. */
  path: string;
  /** Where the certificate is to be; nothing may be there, or at the same name with `.p7s`. */
  out: string;
  /** Who certifies. */
  identity: Identity;
  form: CertificationForm;
  /** Position and qualification, in the words of whoever certifies; null: not stated. */
  title: string | null;
  /** Numbers of the statements that were confirmed, from 1. */
  confirmed: readonly number[];
  at: Date;
}

/** Where the certificate of a bundle lies unless somebody says otherwise. */
export function certificateBeside(bundlePath: string): string {
  return `${bundlePath}.certificate.html`;
}

/** Errors: `bundle-refused` for a bundle that does not pass its check. */
async function check(source: ByteSource, path: string, options: WorkOptions): Promise<Checked> {
  const { verification, bundle } = await examineBundle({
    source,
    ...verificationTools({ trust: [] }),
    ...options,
  });
  const failed = verification.steps.find(({ status }) => status === 'failed');
  if (failed !== undefined || bundle === null || bundle.tagManifest === null) {
    throw new HoldfastError(
      'bundle-refused',
      `${path} does not pass its check, so there is nothing to certify: ${failed?.message ?? ''}`,
    );
  }
  return { evidence: bundle.evidence, tagManifest: bundle.tagManifest };
}

/** What there is to confirm of a bundle, which is checked first. Errors: as `certifyBundle`. */
export function certificationLines(
  path: string,
  form: CertificationForm,
  options: WorkOptions = {},
): Promise<CertificationLines> {
  return withFileSource(path, async (source) => {
    const { evidence } = await check(source, path, options);
    const { bundle: bundleId, signer } = evidence;
    return { bundleId, signer, statements: statements(schedulesOf(evidence), form) };
  });
}

/**
 * Checks the bundle, then writes the certificate with the digest of the zip file and of its tag manifest, and a
 * signature over it. Errors: `bundle-refused`, `bad-input` where nothing was confirmed or a number is none of a
 * statement, `identity-not-supported`, `output-exists`, `not-writable`, `disk-full`,
 * `file-not-found`, `cancelled`; after each, nothing is written.
 */
export function certifyBundle(
  order: CertificateOrder,
  options: WorkOptions = {},
): Promise<CertificateReport> {
  const { path, out, identity, form, at } = order;
  return withFileSource(path, async (source) => {
    const { evidence, tagManifest } = await check(source, path, options);
    const all = statements(schedulesOf(evidence), form).map((_, i) => i + 1);
    const confirmed = new Set(order.confirmed);
    if (confirmed.size === 0 || [...confirmed].some((n) => !all.includes(n))) {
      throw new HoldfastError('bad-input', `Confirm statements by their numbers, 1 to ${all.length}.`);
    }
    const zip = { name: basename(path), size: source.size, sha256: await digestOf(source, nodeSha256) };
    const title = order.title?.trim().toWellFormed() || null;
    const { signer } = identity;
    const page = renderCertificate({ evidence, form, zip, tagManifest, signer, title, confirmed, at });
    const bytes = new TextEncoder().encode(page);
    const signature = await signDetached({ content: bytes, identity, signingTime: at });
    const signaturePath = `${out}.p7s`;
    writeNewFile(out, bytes, 0o644);
    try {
      writeNewFile(signaturePath, signature, 0o644);
    } catch (error) {
      rmSync(out, { force: true });
      throw error;
    }
    return {
      path: out,
      signaturePath,
      bundleId: evidence.bundle,
      zip: zip.sha256,
      tagManifest,
      sha256: toHex(nodeSha256.of(bytes)),
      confirmed: all.filter((n) => confirmed.has(n)),
      notConfirmed: all.filter((n) => !confirmed.has(n)),
    };
  });
}
