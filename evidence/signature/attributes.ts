/**
 * Reading the signed attributes of a CAdES signature of level B-B (ETSI EN 319 122-1, section 6): contentType,
 * messageDigest and signingTime (RFC 5652, section 11), signingCertificateV2 (RFC 5035).
 */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sameBytes } from '../digest/sha256.ts';
import type { Certificate } from '../identity/certificate.ts';
import { isSameCertificate } from '../identity/chain.ts';
import { type DerNode, tag } from '../identity/der.ts';
import { DerFields, oidOf, onlyChild, readAttribute, timeOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { refusing, SignatureRefusal } from './check.ts';
import { digestOf } from './signed-data.ts';

export interface SignedAttributes {
  messageDigest: Uint8Array;
  signingTime: Date;
  /** The value of signingCertificateV2. */
  signingCertificate: DerNode;
}

const names = new Map<string, string>([
  [oids.contentType, 'contentType'],
  [oids.messageDigest, 'messageDigest'],
  [oids.signingTime, 'signingTime'],
  [oids.signingCertificateV2, 'signingCertificateV2'],
]);

/** Reads the attributes: each of the four exactly once, with one value. Throws `SignatureRefusal`. */
export function readAttributes(attributes: readonly Uint8Array[]): SignedAttributes {
  const values = refusing('signature-attribute-unreadable', 'A signed attribute cannot be read', () =>
    collect(attributes),
  );
  const value = (id: string) => {
    const node = values.get(id);
    if (node !== undefined) return node;
    throw new SignatureRefusal(
      'signature-attribute-missing',
      `The signed attribute ${names.get(id)} is missing; expected a CAdES signature.`,
    );
  };
  const contentType = value(oids.contentType);
  return refusing('signature-attribute-unreadable', 'A signed attribute cannot be read', () => {
    if (oidOf(contentType) !== oids.data) {
      throw new SignatureRefusal(
        'signature-content-type-differs',
        `The signed content type is ${oidOf(contentType)}, expected plain data.`,
      );
    }
    const messageDigest = value(oids.messageDigest);
    if (messageDigest.tag !== tag.octetString) throw new Error('messageDigest is not an octet string');
    return {
      messageDigest: messageDigest.content,
      signingTime: timeOf(value(oids.signingTime)),
      signingCertificate: value(oids.signingCertificateV2),
    };
  });
}

function collect(attributes: readonly Uint8Array[]): Map<string, DerNode> {
  const values = new Map<string, DerNode>();
  for (const bytes of attributes) {
    const { id, values: set } = readAttribute(bytes);
    // openssl adds the signer's S/MIME capabilities unless told not to: signed, and of no meaning for files.
    if (!names.has(id) && id !== oids.smimeCapabilities) {
      throw new SignatureRefusal(
        'signature-attribute-unknown',
        `The signature has a signed attribute ${id}, whose meaning Holdfast does not know.`,
      );
    }
    if (values.has(id) || set.children.length !== 1) {
      throw new SignatureRefusal(
        'signature-attribute-repeated',
        `The signed attribute ${names.get(id) ?? id} must stand once, with one value.`,
      );
    }
    values.set(id, onlyChild(set));
  }
  return values;
}

/**
 * Which of the embedded certificates signingCertificateV2 binds. The first one that it names must be the
 * signer's, all others must be embedded, too. Throws `SignatureRefusal`.
 */
export function boundCertificates(
  attribute: DerNode,
  signer: Certificate,
  others: readonly Certificate[],
): Certificate[] {
  return refusing('signature-attribute-unreadable', 'signingCertificateV2 cannot be read', () => {
    const fields = new DerFields(attribute);
    const identifiers = fields.take(tag.sequence).children;
    fields.end();
    const [first, ...rest] = identifiers;
    if (first === undefined || !identifies(first, signer)) {
      throw differs('The signature names another certificate as the signer’s than the one it carries');
    }
    return [signer, ...rest.map((identifier) => findBound(identifier, signer, others))];
  });
}

function findBound(identifier: DerNode, signer: Certificate, others: readonly Certificate[]): Certificate {
  const found = others.find((candidate) => identifies(identifier, candidate));
  if (found === undefined || isSameCertificate(found, signer)) {
    throw differs('The signature names a certificate that it does not carry');
  }
  return found;
}

function differs(found: string): SignatureRefusal {
  return new SignatureRefusal('signature-certificate-differs', `${found}: a certificate was exchanged.`);
}

const hashes = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const;

/** Whether an ESSCertIDv2 is that of this certificate: its digest, and issuer and serial number where given. */
function identifies(identifier: DerNode, certificate: Certificate): boolean {
  const fields = new DerFields(identifier);
  const algorithm = fields.optional(tag.sequence);
  const digest = algorithm === null ? 'SHA-256' : digestOf(algorithm);
  const hash = fields.take(tag.octetString).content;
  const issuerSerial = fields.optional(tag.sequence);
  fields.end();
  if (!sameBytes(hash, hashes[digest](certificate.der))) return false;
  return issuerSerial === null || sameIssuerSerial(issuerSerial, certificate);
}

function sameIssuerSerial(node: DerNode, certificate: Certificate): boolean {
  const fields = new DerFields(node);
  const generalName = onlyChild(fields.take(tag.sequence), tag.context(4));
  const serialNumber = fields.take(tag.integer);
  fields.end();
  return (
    sameBytes(onlyChild(generalName).bytes, certificate.issuer) &&
    sameBytes(serialNumber.bytes, certificate.serialNumber)
  );
}
