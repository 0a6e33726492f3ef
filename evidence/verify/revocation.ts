/** What is known of revoked certificates, from the answers that lie in sig/revocation/. Nothing is fetched. */
import type { VerificationStep } from '../../contract/model/bundle.ts';
import { paths } from '../bundle/paths.ts';
import { readCertificate } from '../identity/certificate.ts';
import type { GoodSignature } from '../signature/check.ts';
import type { RevocationFinding } from '../timestamp/finding.ts';
import { judgeRevocation } from '../timestamp/revocation.ts';
import type { Findings } from './findings.ts';
import type { Stamps } from './timestamps.ts';

interface Question {
  signature: GoodSignature | null;
  stamps: Stamps;
  /** Signers and their authorities that the user named, in DER. */
  trusted: readonly Uint8Array[];
  now: Date;
}

/** What the step 'revocation' says; a revoked certificate fails it. */
export async function checkRevocation(
  findings: Findings,
  question: Question,
): Promise<Omit<VerificationStep, 'step'>> {
  const { signature, stamps } = question;
  const signer = signature === null ? null : await ofSigner(signature, question);
  if (signer?.state === 'revoked') {
    findings.fail(
      'revocation',
      'signer-revoked',
      `The signer's certificate was revoked at ${signer.revokedAt?.toISOString()} (${signer.reason ?? 'no reason given'}), and no trusted timestamp shows that it signed before.`,
    );
  }
  for (const { path, found } of stamps.all) {
    if (found.revocation === 'revoked')
      findings.fail('revocation', 'authority-revoked', `${path}: ${found.revocationFinding.message}`);
  }
  const asked = [signer, ...stamps.all.map(({ found }) => found.revocationFinding)].filter(
    (each) => each !== null,
  );
  return summary(asked, stamps.revocation.length);
}

function summary(asked: readonly RevocationFinding[], answers: number): Omit<VerificationStep, 'step'> {
  if (asked.length === 0) {
    return {
      status: 'not-present',
      code: 'nothing-to-ask',
      message: 'No certificate here has an authority above it that could revoke it.',
    };
  }
  const open = asked.filter(({ state }) => state !== 'good');
  if (open.length === 0) {
    return {
      status: 'ok',
      code: 'not-revoked',
      message: `By the ${answers} answers of authorities that came along, no certificate was revoked.`,
    };
  }
  return {
    status: 'not-known',
    code: 'revocation-not-known',
    message: `Whether a certificate was revoked is not known for ${open.length} of ${asked.length}: ${answers === 0 ? 'no answer of an authority came along' : 'the answers that came along do not say'}. Ask the authority.`,
  };
}

/** Null for a certificate that is its own authority: nobody could revoke it. */
async function ofSigner(
  check: GoodSignature,
  { stamps, trusted, now }: Question,
): Promise<RevocationFinding | null> {
  if (check.signer.selfSigned) return null;
  const certificate = readCertificate(check.signerCertificate);
  const issuers = [...check.chain, ...trusted].flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });
  // The stated time of signing is the signer's own claim: after a revocation it would be claimed to lie before.
  const stamp = stamps.all.find(
    ({ path, found }) => path === paths.signatureStamp && found.trust === 'trusted',
  );
  const time = stamp?.found.genTime ?? now;
  return judgeRevocation({ certificate, issuers, time, answers: stamps.revocation, now });
}
