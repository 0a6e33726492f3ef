/** Making a detached CAdES signature of level B-B (ETSI EN 319 122-1) over bytes. */

import { sha256 } from '@noble/hashes/sha2.js';
import type { BaseBlock } from 'asn1js';
import { HoldfastError } from '../../contract/errors.ts';
import { type Certificate, isSelfIssued, readCertificate } from '../identity/certificate.ts';
import { context, encode, encoded, octets, oid, sequence, setOf, timeBlock } from '../identity/der-encode.ts';
import { type Identity, signWith } from '../identity/identity.ts';
import { oids } from '../identity/oids.ts';
import { assembleSignedData, signedBytes } from './signed-data.ts';

export interface SigningRequest {
  content: Uint8Array;
  identity: Identity;
  /** The signer's claim of when; cut to whole seconds. Must lie within the certificate's validity. */
  signingTime: Date;
}

/**
 * The bytes of a `.p7s` file: CMS SignedData in DER, SHA-256 with every kind of key, certificate and chain
 * embedded. Throws `identity-not-supported` where the certificate is not valid at that time.
 */
export async function signDetached({ content, identity, signingTime }: SigningRequest): Promise<Uint8Array> {
  const signer = readCertificate(identity.certificate);
  const chain = identity.chain.map((der) => readCertificate(der));
  checkValidity(signer.notBefore, signer.notAfter, signingTime);
  const attributes = writeAttributes({
    messageDigest: sha256(content),
    signingTime,
    // Roots vouch for their own bytes; naming them would tie a verifier to this very root.
    certificates: [signer, ...chain.filter((certificate) => !isSelfIssued(certificate))],
  });
  return assembleSignedData({
    digest: 'SHA-256',
    keyKind: identity.privateKey.algorithm.name === 'ECDSA' ? 'EC' : 'RSA',
    certificates: [signer, ...chain].map(({ der }) => der),
    issuer: signer.issuer,
    serialNumber: signer.serialNumber,
    attributes,
    signature: await signWith(identity.privateKey, signedBytes(attributes)),
  });
}

function checkValidity(notBefore: Date, notAfter: Date, signingTime: Date): void {
  const seconds = Math.floor(signingTime.getTime() / 1000) * 1000;
  // The negated form also catches an invalid date.
  if (!(seconds >= notBefore.getTime() && seconds <= notAfter.getTime())) {
    throw new HoldfastError(
      'identity-not-supported',
      `The certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, which does not include the time of signing. Check the clock, or use a certificate that is valid now.`,
    );
  }
}

interface AttributeDraft {
  /** SHA-256 of the content. */
  messageDigest: Uint8Array;
  /** Cut to whole seconds. */
  signingTime: Date;
  /** The signer's certificate first, then those that are bound to the signature with it. */
  certificates: readonly Certificate[];
}

/** DER of each attribute: those of level B-B (RFC 5652, section 11; RFC 5035, section 3). */
function writeAttributes({ messageDigest, signingTime, certificates }: AttributeDraft): Uint8Array[] {
  const attribute = (type: string, value: BaseBlock) => encode(sequence(oid(type), setOf(value)));
  return [
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(messageDigest)),
    attribute(oids.signingTime, timeBlock(signingTime)),
    attribute(oids.signingCertificateV2, sequence(sequence(...certificates.map(certificateId)))),
  ];
}

/** ESSCertIDv2; SHA-256 is the default and so must not be named (RFC 5035, section 4, and DER). */
function certificateId(certificate: Certificate): BaseBlock {
  const directoryName = context(4, encoded(certificate.issuer));
  return sequence(
    octets(sha256(certificate.der)),
    sequence(sequence(directoryName), encoded(certificate.serialNumber)),
  );
}
