/**
 * What a certificate's extended key usage (RFC 5280, section 4.2.1.12) says about signing documents. An authority
 * that lists purposes forbids all others: a certificate for a web server vouches for a server, not for what its
 * administrator signs.
 */
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';

/** Purposes under which a person or body signs documents or messages. */
const signing = new Set<string>([
  oids.anyExtendedKeyUsage,
  oids.emailProtection,
  oids.documentSigning,
  oids.microsoftDocumentSigning,
  oids.adobeAuthenticDocuments,
]);

const names = new Map<string, string>([
  [oids.anyExtendedKeyUsage, 'any purpose'],
  [oids.emailProtection, 'e-mail'],
  [oids.documentSigning, 'documents'],
  [oids.microsoftDocumentSigning, 'documents (Microsoft)'],
  [oids.adobeAuthenticDocuments, 'documents (Adobe)'],
  [oids.serverAuth, 'web servers'],
  [oids.clientAuth, 'signing in'],
  [oids.codeSigning, 'program code'],
  [oids.timeStamping, 'timestamps'],
  [oids.ocspSigning, 'revocation answers'],
  [oids.smartcardLogon, 'signing in with a card'],
]);

/** Purposes in words, in the certificate's order; null where it names none, which allows all. */
export function purposesOf({ extendedKeyUsage }: Certificate): string[] | null {
  return extendedKeyUsage === null ? null : extendedKeyUsage.map((id) => names.get(id) ?? id);
}

/** What a certificate is to be relied on for: a person's or body's signature, a timestamp, what a web server signs. */
export type Purpose = 'documents' | 'timestamps' | 'web servers';

const serving: Record<Purpose, ReadonlySet<string>> = {
  documents: signing,
  timestamps: new Set([oids.timeStamping]),
  'web servers': new Set([oids.serverAuth, oids.anyExtendedKeyUsage]),
};

/** Whether the certificate's purposes leave room for this one. */
export function mayServe({ extendedKeyUsage }: Certificate, purpose: Purpose): boolean {
  return extendedKeyUsage === null || extendedKeyUsage.some((id) => serving[purpose].has(id));
}

/**
 * Whether `openssl cms -verify` takes the certificate for its usual purpose, S/MIME. Where it does not, the command
 * in VERIFY.txt must say `-purpose any`.
 */
export function isForMail({ extendedKeyUsage }: Certificate): boolean {
  return (
    extendedKeyUsage === null ||
    extendedKeyUsage.includes(oids.emailProtection) ||
    extendedKeyUsage.includes(oids.anyExtendedKeyUsage)
  );
}
