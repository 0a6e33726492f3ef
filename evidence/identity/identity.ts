/** An identity: a certificate with its key. Keys and passphrases never stand in messages or details. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Signer } from '../../contract/model/bundle.ts';
import { type Certificate, isSelfIssued, readCertificate, signerOf } from './certificate.ts';
import { maxChainLength, orderChain } from './chain.ts';
import { ownBytes } from './der-encode.ts';
import { ecdsaDer, isSignerKey, keyName, type PublicKey, verifySignature } from './public-key.ts';
import { mayServe, purposesOf } from './purpose.ts';

/** WebCrypto's key; the name is global in browsers, but not in Node's types. */
export type PrivateKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>;

export interface Identity {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the authorities above it, the issuer of `certificate` first; empty where it signed itself. */
  readonly chain: readonly Uint8Array[];
  /** ECDSA, or RSASSA-PKCS1-v1_5 bound to SHA-256; extractable, as `writePkcs12` needs it. */
  readonly privateKey: PrivateKey;
  readonly signer: Signer;
}

/**
 * Puts an identity together from its parts, and proves that they belong together.
 * `others`: certificates in any order, all of which must be authorities above `certificate`.
 * Throws `identity-not-supported` where Holdfast cannot sign with it.
 */
export async function joinIdentity(
  certificateDer: Uint8Array,
  others: readonly Uint8Array[],
  privateKey: PrivateKey,
): Promise<Identity> {
  const certificate = readCertificate(certificateDer);
  checkUsable(certificate);
  if (!(await keyFits(privateKey, certificate.key))) {
    throw unsupported(
      'the private key is not the one of the certificate',
      'Export certificate and key together',
    );
  }
  const signer = signerOf(certificateDer);
  if (signer.name === '') {
    throw unsupported('its certificate names nobody', 'Ask for a certificate with a common name');
  }
  const chain = await pathAbove(certificate, others.map(readCertificate));
  return { certificate: certificateDer, chain, privateKey, signer };
}

function checkUsable(certificate: Certificate): void {
  if (!isSignerKey(certificate.key)) {
    throw unsupported(
      `its key is ${keyName(certificate.key)}; Holdfast signs with ECDSA P-256, ECDSA P-384 or RSA of 3072 to 8192 bits`,
      'Ask for a certificate with such a key',
    );
  }
  const { keyUsage, unknownCritical } = certificate;
  if (keyUsage !== null && !keyUsage.has('digitalSignature') && !keyUsage.has('contentCommitment')) {
    throw unsupported(
      `its key usage (${[...keyUsage].join(', ')}) does not allow signatures`,
      'Ask for a certificate with digitalSignature or contentCommitment (nonRepudiation)',
    );
  }
  if (!mayServe(certificate, 'documents')) {
    throw unsupported(
      `its authority issued it for other purposes than signing documents (${purposesOf(certificate)?.join(', ')})`,
      'Ask for a certificate for documents or e-mail, or without extended key usage',
    );
  }
  if (unknownCritical.length > 0) {
    throw unsupported(
      `it has critical extensions that Holdfast does not understand (${unknownCritical.join(', ')})`,
      'Ask for a certificate without them',
    );
  }
}

export function unsupported(found: string, next: string): HoldfastError {
  return new HoldfastError('identity-not-supported', `This identity cannot be used: ${found}. ${next}.`);
}

/** A certificate that is no part of the path is refused: dropping it would hide a mistake in the export. */
async function pathAbove(signer: Certificate, others: readonly Certificate[]): Promise<Uint8Array[]> {
  if (others.length > maxChainLength) {
    throw unsupported(`it holds ${others.length + 1} certificates`, 'Export only those of its own chain');
  }
  const { chain, left, selfSigned } = await orderChain(signer, others);
  const top = chain.at(-1) ?? signer;
  if (isSelfIssued(top) && !selfSigned) {
    // Verification would refuse it as well: nothing else vouches for the bytes of a root.
    throw unsupported(
      `the own signature of ${top === signer ? 'its certificate' : 'its root certificate'} does not hold, or is by an old algorithm such as SHA-1`,
      top === signer ? 'Ask for a new certificate' : 'Export it again without the root',
    );
  }
  if (left.length > 0) {
    throw unsupported(
      `${left.length} of its certificates do not stand above the signer's own, or are signed with an old algorithm`,
      'Export it again with only the certificates of its chain, or without the root',
    );
  }
  return chain.map(({ der }) => der);
}

/** A signature over fixed bytes: the one test that works for every kind of key, and needs nothing exported. */
export async function keyFits(privateKey: PrivateKey, publicKey: PublicKey): Promise<boolean> {
  const probe = new TextEncoder().encode('Does this key belong to this certificate?');
  return verifySignature(publicKey, 'SHA-256', probe, await signWith(privateKey, probe));
}

/** A signature with SHA-256, in the form that certificates and CMS hold (see `verifySignature`). */
export async function signWith(privateKey: PrivateKey, bytes: Uint8Array): Promise<Uint8Array> {
  const { name } = privateKey.algorithm;
  const signAs = name === 'ECDSA' ? { name, hash: 'SHA-256' } : { name };
  const raw = new Uint8Array(await globalThis.crypto.subtle.sign(signAs, privateKey, ownBytes(bytes)));
  return name === 'ECDSA' ? ecdsaDer(raw) : raw;
}
