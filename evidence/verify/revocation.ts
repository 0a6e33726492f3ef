/** What is known of revoked certificates, from the answers that lie in sig/revocation/. Nothing is fetched. */
import type { VerificationStep } from '../../contract/model/bundle.ts';
import { paths } from '../bundle/paths.ts';
import { type Certificate, readCertificate } from '../identity/certificate.ts';
import type { GoodSignature } from '../signature/check.ts';
import type { PathRevocation } from '../timestamp/finding.ts';
import { judgePath } from '../timestamp/revocation.ts';
import type { Findings } from './findings.ts';
import { type Stamps, shortList } from './timestamps.ts';

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
      `${capital(signer.who)} was revoked at ${signer.revokedAt?.toISOString()} (${signer.reason ?? 'no reason given'}), and no trusted timestamp shows that it signed before.`,
    );
  }
  for (const { path, found } of stamps.all) {
    if (found.revocation === 'revoked')
      findings.fail('revocation', 'authority-revoked', `${path}: ${found.revocationFinding.message}`);
  }
  const asked = [signer, ...stamps.all.map(({ found }) => found.revocationFinding)].filter(
    (each) => each !== null,
  );
  return summary(asked, stamps.revocation);
}

function summary(
  asked: readonly PathRevocation[],
  answers: ReadonlyMap<string, Uint8Array>,
): Omit<VerificationStep, 'step'> {
  const held = new Set(asked.flatMap((each) => each.held));
  const unusable = [...answers].filter(([, bytes]) => !held.has(bytes)).map(([path]) => path);
  if (unusable.length > 0) {
    // Who removes one answer, or spoils it, may hide that it said 'revoked': what the others say is not enough.
    return {
      status: 'not-known',
      code: 'revocation-answer-unusable',
      message: `Nothing can be taken from ${shortList(unusable)}: it cannot be read, was changed, or was signed by no authority of a certificate here. Whether a certificate was revoked is therefore not known. Ask the authority.`,
    };
  }
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
      message: `By the ${answers.size} answers of authorities that came along, no certificate was revoked.${aboveWords(asked)}`,
    };
  }
  return {
    status: 'not-known',
    code: 'revocation-not-known',
    message: `Whether a certificate was revoked is not known for ${open.length} of ${asked.length}: ${answers.size === 0 ? 'no answer of an authority came along' : 'the answers that came along do not say'}. Ask the authority.`,
  };
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Says how far up the answers reach: 'no certificate was revoked' must not be read as more than was asked. */
function aboveWords(asked: readonly PathRevocation[]): string {
  const open = asked.reduce((sum, { above }) => sum + above.open, 0);
  if (open === 0) return '';
  const all = asked.reduce((sum, { above }) => sum + above.asked, 0);
  return all === open
    ? ' That was judged for the certificates that signed and stamped, and not for those that issued them.'
    : ` Of ${all} certificates above those that signed and stamped, ${open} were not judged: no answer tells of them.`;
}

/** Null for a certificate that is its own authority: nobody could revoke it. */
async function ofSigner(
  check: GoodSignature,
  { stamps, trusted, now }: Question,
): Promise<PathRevocation | null> {
  if (check.signer.selfSigned) return null;
  // The stated time of signing is the signer's own claim: after a revocation it would be claimed to lie before.
  const stamp = stamps.all.find(
    ({ path, found }) => path === paths.signatureStamp && found.trust === 'trusted',
  );
  const time = stamp?.found.genTime ?? now;
  return judgePath({
    path: readable([check.signerCertificate, ...check.chain]),
    whose: "the signer's",
    anchors: readable(trusted),
    time,
    answers: [...stamps.revocation.values()],
    now,
  });
}

function readable(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });
}
