/** The signature over the tag manifest, and the files in sig/ that say by whom. */
import type { Signer, VerificationStep } from '../../contract/model/bundle.ts';
import { limits } from '../bundle/limits.ts';
import { paths } from '../bundle/paths.ts';
import { sameBytes } from '../digest/sha256.ts';
import { toPem } from '../identity/pem.ts';
import type { GoodSignature } from '../signature/check.ts';
import { isTrusted } from '../signature/trust.ts';
import { verifyDetached } from '../signature/verify.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';

export interface SignatureFile {
  /** The bytes of the .p7s file, which a timestamp is over; null where it is missing or too large. */
  p7s: Uint8Array | null;
  /** Null where it is not good. */
  good: GoodSignature | null;
}

/** Checks the signature. Problems fail the step 'signature'. */
export async function checkSignature(
  contents: Contents,
  findings: Findings,
  tagManifest: Uint8Array | null,
): Promise<SignatureFile> {
  const [signature, signer] = [
    await read(contents, findings, paths.signature),
    await read(contents, findings, paths.signer),
  ];
  if (signature === null || tagManifest === null) {
    if (tagManifest === null)
      findings.fail(
        'signature',
        'nothing-signed',
        `${paths.tagManifest}, which the signature covers, cannot be read.`,
      );
    return { p7s: signature, good: null };
  }
  const check = await verifyDetached({ content: tagManifest, signature });
  if (!check.ok) {
    const changed = check.code === 'signature-digest-differs' ? paths.tagManifest : paths.signature;
    findings.fail('signature', check.code, check.message, [changed, 'changed']);
    return { p7s: signature, good: null };
  }
  if (signer !== null) comparePem(findings, paths.signer, signer, [check.signerCertificate]);
  const chain = contents.has(paths.chain) ? await read(contents, findings, paths.chain) : new Uint8Array();
  if (chain !== null) comparePem(findings, paths.chain, chain, check.chain);
  return { p7s: signature, good: check };
}

async function read(contents: Contents, findings: Findings, path: string): Promise<Uint8Array | null> {
  if (!contents.has(path)) {
    findings.fail('signature', 'file-missing', `${path} is missing.`, [path, 'missing']);
    return null;
  }
  const bytes = await contents.bytes(path, limits.signatureFile);
  if (bytes === null)
    findings.fail('signature', 'file-too-large', `${path} is too large.`, [path, 'unreadable']);
  return bytes;
}

/** openssl skips text before a PEM block: a file that says more than its certificates could mislead. */
function comparePem(
  findings: Findings,
  path: string,
  found: Uint8Array,
  certificates: readonly Uint8Array[],
): void {
  if (sameBytes(found, new TextEncoder().encode(toPem(...certificates)))) return;
  findings.fail(
    'signature',
    'certificate-file-differs',
    `${path} is not exactly what the signature itself carries.`,
    [path, 'changed'],
  );
}

/**
 * What the step 'signer-trust' says, given the certificates (DER) that the user named. `named`: how many were, those
 * included of which only a fingerprint is known.
 */
export async function judgeTrust(
  check: GoodSignature | null,
  trusted: readonly Uint8Array[],
  named: number,
): Promise<Omit<VerificationStep, 'step'>> {
  if (check === null) {
    return {
      status: 'not-known',
      code: 'no-signature',
      message: 'Without a good signature nobody can be trusted for it.',
    };
  }
  if (named === 0) {
    return {
      status: 'not-known',
      code: 'signer-not-checked',
      message: `No certificate was named as trusted. Anyone can make a bundle signed by "${shortened(check.signer)}": compare the fingerprint ${check.signer.fingerprint} with what the signer told you.`,
    };
  }
  const answer = await isTrusted(check, trusted);
  return answer.trusted
    ? {
        status: 'ok',
        code: 'signer-trusted',
        message: `The signer, "${shortened(check.signer)}", is one that you named as trusted.`,
      }
    : { status: 'not-known', code: answer.code, message: answer.message };
}

function shortened({ name }: Signer): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100);
}
