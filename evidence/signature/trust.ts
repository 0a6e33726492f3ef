/**
 * Whether the signer is one that the user named: by the certificate itself, or through an authority (path
 * validation after RFC 5280, section 6, without policies and name constraints: a critical extension that
 * asks for those is a refusal). Revocation is not looked at here.
 */
import { sameBytes } from '../digest/sha256.ts';
import {
  type Certificate,
  fingerprintOf,
  isSelfIssued,
  isSignedBy,
  readCertificate,
} from '../identity/certificate.ts';
import { isSameCertificate } from '../identity/chain.ts';
import { mayServe, type Purpose, purposesOf } from '../identity/purpose.ts';
import type { GoodSignature } from './check.ts';

export const trustCodes = [
  'trust-certificate-unreadable',
  'trust-signer-not-named',
  'trust-not-an-authority',
  'trust-outside-validity',
  'trust-path-too-long',
  'trust-extension-unknown',
  'trust-purpose-not-signing',
] as const;
export type TrustCode = (typeof trustCodes)[number];

export type TrustCheck =
  /** `anchor`: SHA-256 of the named certificate that the trust rests on, in hexadecimal. */
  { trusted: true; anchor: string } | { trusted: false; code: TrustCode; message: string };

type Refusal = Extract<TrustCheck, { trusted: false }>;

/**
 * `check` must come from `verifyDetached`, which has checked the signatures along the embedded chain.
 * `named`: DER of the certificates that the user trusts, signers' own or authorities'. A named authority need
 * not be a root. `purpose`: what its authorities must have issued the signer's certificate for. Validity counts at the
 * stated signing time. Never throws on any bytes.
 */
export async function isTrusted(
  check: GoodSignature,
  named: readonly Uint8Array[],
  purpose: Purpose = 'documents',
): Promise<TrustCheck> {
  if (named.some((der) => sameBytes(der, check.signerCertificate))) {
    return { trusted: true, anchor: fingerprintOf(check.signerCertificate) };
  }
  const anchors = readAll(named);
  if (anchors === null) {
    return refuse('trust-certificate-unreadable', 'A certificate that was given as trusted cannot be read.');
  }
  const path = [check.signerCertificate, ...check.chain].map(readCertificate);
  let reason = refuse(
    'trust-signer-not-named',
    'The signer is none of the certificates given as trusted, nor issued below one of them.',
  );
  for (const { anchor, below } of await candidates(path, anchors)) {
    const problem = pathProblem({ anchor, below }, check.signingTime, purpose);
    if (problem === null) return { trusted: true, anchor: fingerprintOf(anchor.der) };
    reason = problem;
  }
  return reason;
}

function refuse(code: TrustCode, message: string): Refusal {
  return { trusted: false, code, message };
}

function readAll(ders: readonly Uint8Array[]): Certificate[] | null {
  try {
    return ders.map(readCertificate);
  } catch {
    return null;
  }
}

interface Candidate {
  anchor: Certificate;
  /** The signer first, up to the certificate that the anchor issued. */
  below: readonly Certificate[];
}

/** Every place at which a named certificate stands in the path, or right above one in it. */
async function candidates(
  path: readonly Certificate[],
  anchors: readonly Certificate[],
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const anchor of anchors) {
    const position = path.findIndex((certificate) => isSameCertificate(certificate, anchor));
    if (position > 0) found.push({ anchor, below: path.slice(0, position) });
    for (const [index, certificate] of path.entries()) {
      if (index !== position - 1 && !isSelfIssued(certificate) && (await isSignedBy(certificate, anchor))) {
        found.push({ anchor, below: path.slice(0, index + 1) });
      }
    }
  }
  return found;
}

function pathProblem({ below, anchor }: Candidate, time: Date, purpose: Purpose): Refusal | null {
  const [signer, ...authorities] = below;
  if (signer === undefined) return refuse('trust-signer-not-named', 'There is no signer.');
  for (const [depth, authority] of [...authorities, anchor].entries()) {
    const problem =
      authorityProblem(authority, time) ?? lengthProblem(authority, authorities.slice(0, depth));
    if (problem !== null) return problem;
  }
  return purposeProblem(signer, purpose) ?? extensionProblem(signer);
}

const wanted: Record<Purpose, string> = {
  documents: 'signing documents',
  timestamps: 'timestamps',
  'web servers': 'a web server',
};

/** An authority that is trusted for a web server's certificate is not trusted for what its administrator signs. */
function purposeProblem(signer: Certificate, purpose: Purpose): Refusal | null {
  if (mayServe(signer, purpose)) return null;
  return refuse(
    'trust-purpose-not-signing',
    `${nameOf(signer)} was issued for other purposes than ${wanted[purpose]} (${purposesOf(signer)?.join(', ')}): that its authority is trusted says nothing about this signature.`,
  );
}

function authorityProblem(authority: Certificate, time: Date): Refusal | null {
  const name = nameOf(authority);
  if (!authority.authority || authority.keyUsage?.has('keyCertSign') === false) {
    return refuse('trust-not-an-authority', `${name} issued a certificate on the path, but is no authority.`);
  }
  if (time < authority.notBefore || time > authority.notAfter) {
    return refuse('trust-outside-validity', `${name} was not valid at the stated time of signing.`);
  }
  return extensionProblem(authority);
}

/** RFC 5280, section 4.2.1.9: the limit counts the authorities below, without self-issued ones and the signer. */
function lengthProblem(authority: Certificate, below: readonly Certificate[]): Refusal | null {
  const length = below.filter((certificate) => !isSelfIssued(certificate)).length;
  if (authority.pathLength === null || length <= authority.pathLength) return null;
  return refuse(
    'trust-path-too-long',
    `${nameOf(authority)} allows ${authority.pathLength} authorities below it, the path has ${length}.`,
  );
}

function extensionProblem(certificate: Certificate): Refusal | null {
  if (certificate.unknownCritical.length === 0) return null;
  return refuse(
    'trust-extension-unknown',
    `${nameOf(certificate)} has critical extensions that are not understood (${certificate.unknownCritical.join(', ')}).`,
  );
}

function nameOf(certificate: Certificate): string {
  return `The certificate ${fingerprintOf(certificate.der)}`;
}
