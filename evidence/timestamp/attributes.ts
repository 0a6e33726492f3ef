/** The signed attributes of a token (RFC 3161, section 2.4.2; RFC 5652, section 11; RFC 5035). */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sameBytes } from '../digest/sha256.ts';
import type { Certificate } from '../identity/certificate.ts';
import { compareDer, type DerNode, tag } from '../identity/der.ts';
import { DerFields, oidOf, onlyChild, readAttribute } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { digestOf } from './algorithms.ts';
import { refusing, TimestampRefusal } from './finding.ts';

export interface TokenAttributes {
  messageDigest: Uint8Array;
  /** The values of signingCertificate and signingCertificateV2; at least one. */
  bindings: readonly { version: 1 | 2; value: DerNode }[];
}

const names = new Map<string, string>([
  [oids.contentType, 'contentType'],
  [oids.messageDigest, 'messageDigest'],
  [oids.signingCertificate, 'signingCertificate'],
  [oids.signingCertificateV2, 'signingCertificateV2'],
]);

/**
 * Reads the attributes. Others than these may stand there: the authority signed them, so nobody else added
 * them. Throws `TimestampRefusal`.
 */
export function readTokenAttributes(attributes: readonly Uint8Array[]): TokenAttributes {
  return refusing('timestamp-attribute-unreadable', 'A signed attribute cannot be read', () => {
    attributes.forEach((bytes, i) => {
      const before = attributes[i - 1];
      if (before !== undefined && compareDer(before, bytes) >= 0) throw new Error('not in DER order');
    });
    const values = collect(attributes);
    const contentType = oidOf(single(values, oids.contentType));
    if (contentType !== oids.tstInfo) {
      throw new TimestampRefusal(
        'timestamp-content-type-differs',
        `The signed content type is ${contentType}, expected timestamp information.`,
      );
    }
    const messageDigest = single(values, oids.messageDigest);
    if (messageDigest.tag !== tag.octetString) throw new Error('messageDigest is not an octet string');
    const [v1, v2] = [values.get(oids.signingCertificate), values.get(oids.signingCertificateV2)];
    if (v1 === undefined && v2 === undefined) throw missing(oids.signingCertificateV2);
    return {
      messageDigest: messageDigest.content,
      bindings: [
        ...(v1 === undefined ? [] : [{ version: 1 as const, value: v1 }]),
        ...(v2 === undefined ? [] : [{ version: 2 as const, value: v2 }]),
      ],
    };
  });
}

function collect(attributes: readonly Uint8Array[]): Map<string, DerNode> {
  const values = new Map<string, DerNode>();
  for (const bytes of attributes) {
    const { id, values: set } = readAttribute(bytes);
    const known = names.get(id);
    if (values.has(id) || (known !== undefined && set.children.length !== 1)) {
      throw new TimestampRefusal(
        'timestamp-attribute-repeated',
        `The signed attribute ${known ?? id} must stand once, with one value.`,
      );
    }
    values.set(id, known === undefined ? set : onlyChild(set));
  }
  return values;
}

function single(values: ReadonlyMap<string, DerNode>, id: string): DerNode {
  const node = values.get(id);
  if (node === undefined) throw missing(id);
  return node;
}

function missing(id: string): TimestampRefusal {
  return new TimestampRefusal(
    'timestamp-attribute-missing',
    `The signed attribute ${names.get(id)} is missing, which every timestamp must have.`,
  );
}

/**
 * The signer's certificate must be the one that the signature names first (ESS certificate id).
 * Throws `TimestampRefusal`.
 */
export function checkBinding({ bindings }: TokenAttributes, signer: Certificate): void {
  refusing('timestamp-attribute-unreadable', 'The ESS certificate id cannot be read', () => {
    for (const { version, value } of bindings) {
      const fields = new DerFields(value);
      const [first] = fields.take(tag.sequence).children;
      // Policies, which a certificate path would have to name; no authority is known to use them.
      fields.optional(tag.sequence);
      fields.end();
      if (first === undefined || !identifies(first, version, signer)) {
        throw new TimestampRefusal(
          'timestamp-certificate-differs',
          'The signature names another certificate as its own than the timestamp carries: a certificate was exchanged.',
        );
      }
    }
  });
}

const hashes = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const;

/** ESSCertID has SHA-1 (RFC 2634, section 5.4.1), ESSCertIDv2 names its digest, SHA-256 unless said. */
function identifies(identifier: DerNode, version: 1 | 2, certificate: Certificate): boolean {
  const fields = new DerFields(identifier);
  const algorithm = version === 2 ? fields.optional(tag.sequence) : null;
  const digest = algorithm === null ? 'SHA-256' : digestOf(algorithm, 'The ESS certificate id');
  const hash = fields.take(tag.octetString).content;
  const issuerSerial = fields.optional(tag.sequence);
  fields.end();
  const found = version === 1 ? sha1(certificate.der) : hashes[digest](certificate.der);
  return sameBytes(hash, found) && (issuerSerial === null || sameIssuerSerial(issuerSerial, certificate));
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
