/** A certificate in words, and what should be said before anybody relies on it. */
import type { CertificateFacts, IdentityWarning } from '../../contract/model/identity.ts';
import { isSelfIssued, namesOf, readCertificate, signerOf } from './certificate.ts';
import { keyName } from './public-key.ts';
import { purposesOf } from './purpose.ts';

const day = 24 * 60 * 60 * 1000;
/** Days before its end from which a certificate's expiry is worth a word: a new one may take an organisation weeks. */
const soonDays = 30;

/** In: DER of a certificate and of the authorities above it. Throws `DerError`. */
export function factsOf(certificateDer: Uint8Array, chain: readonly Uint8Array[]): CertificateFacts {
  const certificate = readCertificate(certificateDer);
  const { keyUsage } = certificate;
  const signer = signerOf(certificateDer);
  return {
    ...signer,
    issuer: isSelfIssued(certificate) ? signer.name : namesOf(certificate.issuerValues).name,
    keyType: keyName(certificate.key),
    usages: keyUsage === null ? null : [...keyUsage],
    purposes: purposesOf(certificate),
    chain: chain.map((der) => signerOf(der).name),
  };
}

/** 'valid', or why nothing can be signed with it at this time. */
export function validityAt(
  { notBefore, notAfter }: Pick<CertificateFacts, 'notBefore' | 'notAfter'>,
  now: Date,
): 'valid' | 'not-yet-valid' | 'expired' {
  if (now.getTime() < Date.parse(notBefore)) return 'not-yet-valid';
  return now.getTime() > Date.parse(notAfter) ? 'expired' : 'valid';
}

/** Warnings about a certificate that can be taken over. */
export function warningsFor(facts: CertificateFacts, now: Date): IdentityWarning[] {
  const left = Math.floor((Date.parse(facts.notAfter) - now.getTime()) / day);
  if (validityAt(facts, now) === 'not-yet-valid') {
    return [
      {
        code: 'not-yet-valid',
        message: `The certificate is valid only from ${facts.notBefore}: until then nothing can be signed with it.`,
      },
    ];
  }
  if (left >= soonDays) return [];
  return [
    {
      code: 'expires-soon',
      message: `The certificate ends on ${facts.notAfter}, in ${left} ${left === 1 ? 'day' : 'days'}. What it signed before stays valid; ask for a new one in time.`,
    },
  ];
}
