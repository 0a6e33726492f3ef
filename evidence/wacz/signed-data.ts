/** Keys and certificates in the signature of a WACZ (wacz-auth 0.1.0). All of it is attacker-controlled. */
import type { Sha256 } from '../digest/sha256.ts';
import { type Certificate, readCertificate } from '../identity/certificate.ts';
import { readDer } from '../identity/der.ts';
import { ecdsaFromRaw, type PublicKey, readPublicKey, verifySignature } from '../identity/public-key.ts';

/** Characters of a chain, and certificates in it: more than any real one has. */
const maxPem = 200_000;
const maxCertificates = 10;

/** What a signature is judged with. */
export interface SignatureRequest {
  sha256: Sha256;
  /** DER: signers that the user trusts, or authorities above them. */
  trusted: readonly Uint8Array[];
  /** DER: timestamp authorities that the user trusts, or those above them. */
  tsaRoots: readonly Uint8Array[];
  now: Date;
}

/** Why a part of a signature cannot be read: the end of a sentence. */
export class SignedDataUnreadable extends Error {}

/** Bytes of standard base64, line breaks allowed. Throws `SignedDataUnreadable`. */
export function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new SignedDataUnreadable('it is not in base64', { cause });
  }
}

/**
 * Certificates in PEM, the signer's first. Looser than our own PEM, as signing servers write it: empty lines between the
 * blocks, lines of any length; nothing else. Throws `SignedDataUnreadable`.
 */
export function certificatesOf(pem: string): [Certificate, ...Certificate[]] {
  if (pem.length > maxPem) throw new SignedDataUnreadable(`it is longer than ${maxPem} characters`);
  const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;
  if (pem.replace(block, '').trim() !== '') {
    throw new SignedDataUnreadable('it holds something else than certificates in PEM');
  }
  const bodies = [...pem.matchAll(block)].map(([, body = '']) => body);
  if (bodies.length > maxCertificates) {
    throw new SignedDataUnreadable(`it has ${bodies.length} certificates`);
  }
  const [first, ...others] = bodies.map((body) => reading(() => readCertificate(fromBase64(body))));
  if (first === undefined) throw new SignedDataUnreadable('it holds no certificate');
  return [first, ...others];
}

/** A bare key: base64 of a SubjectPublicKeyInfo, ECDSA only. Throws `SignedDataUnreadable`. */
export function publicKeyOf(text: string): PublicKey {
  const bytes = fromBase64(text);
  const key = reading(() => readPublicKey(readDer(bytes)));
  if (key.kind !== 'EC') throw new SignedDataUnreadable('it is no ECDSA key on P-256, P-384 or P-521');
  return key;
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SignedDataUnreadable(why, { cause });
  }
}

/**
 * Whether the key signed the text, as ASCII, with SHA-256. ECDSA signatures come in both forms: signing servers write DER,
 * browsers r‖s.
 */
export async function signedText(key: PublicKey, text: string, signature: Uint8Array): Promise<boolean> {
  const bytes = new TextEncoder().encode(text);
  if (await verifySignature(key, 'SHA-256', bytes, signature)) return true;
  const fromRaw = ecdsaFromRaw(key, signature);
  return fromRaw !== null && verifySignature(key, 'SHA-256', bytes, fromRaw);
}
