/** OCSP responses (RFC 6960, section 4.2), signed by the issuer or by one to whom it gave that right. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sameBytes } from '../digest/sha256.ts';
import {
  type Certificate,
  isSignedBy,
  readCertificate,
  signatureAlgorithmOf,
} from '../identity/certificate.ts';
import { DerError, type DerNode, readDer, tag } from '../identity/der.ts';
import { DerFields, oidOf, onlyChild, timeOf, wholeBytesOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { verifySignature } from '../identity/public-key.ts';
import type { RevocationAnswer } from './finding.ts';
import { reasonOf } from './revocation-list.ts';

const enumerated = 0x0a;
const maxCertificates = 8;

/**
 * What the response says of the certificate; null where it is not about it, or is signed by nobody who may.
 * Throws `DerError`.
 */
export async function readOcsp(
  bytes: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Promise<RevocationAnswer | null> {
  const basic = new DerFields(readDer(readEnvelope(bytes)));
  const data = basic.take(tag.sequence);
  const algorithm = signatureAlgorithmOf(basic.take(tag.sequence));
  const signature = wholeBytesOf(basic.take(tag.bitString));
  const certificates = basic.optional(tag.context(0));
  basic.end();
  if (algorithm === null) return null;
  const { producedAt, responses } = readData(data);
  const embedded = certificates === null ? [] : onlyChild(certificates, tag.sequence).children;
  for (const signer of await responders(embedded, issuer, producedAt)) {
    if (signer.key.kind !== algorithm.kind) continue;
    if (await verifySignature(signer.key, algorithm.digest, data.bytes, signature)) {
      return (
        responses.map((node) => readSingle(node, certificate, issuer)).find((one) => one !== null) ?? null
      );
    }
  }
  return null;
}

function readEnvelope(bytes: Uint8Array): Uint8Array {
  const fields = new DerFields(readDer(bytes));
  const status = fields.take(enumerated);
  if (status.content.length !== 1 || status.content[0] !== 0) throw new DerError('no answer', status.offset);
  const response = new DerFields(onlyChild(fields.take(tag.context(0)), tag.sequence));
  fields.end();
  const type = oidOf(response.take(tag.oid));
  if (type !== oids.ocspBasic) throw new DerError(`a response of type ${type}`, 0);
  const { content } = response.take(tag.octetString);
  response.end();
  return content;
}

function readData(node: DerNode): { producedAt: Date; responses: readonly DerNode[] } {
  const fields = new DerFields(node);
  fields.optional(tag.context(0));
  // ResponderID: who says that it signed. Whose key it was, the signature shows.
  fields.take();
  const producedAt = timeOf(fields.take(tag.generalizedTime));
  const responses = fields.take(tag.sequence).children;
  fields.optional(tag.context(1));
  fields.end();
  return { producedAt, responses };
}

/** The issuer, and embedded certificates that it issued for OCSP (RFC 6960, section 4.2.2.2). */
async function responders(
  embedded: readonly DerNode[],
  issuer: Certificate,
  producedAt: Date,
): Promise<Certificate[]> {
  const found = [issuer];
  for (const node of embedded.slice(0, maxCertificates)) {
    const delegate = readCertificate(node.bytes);
    const allowed =
      delegate.extendedKeyUsage?.includes(oids.ocspSigning) === true &&
      delegate.unknownCritical.length === 0 &&
      producedAt >= delegate.notBefore &&
      producedAt <= delegate.notAfter;
    if (allowed && (await isSignedBy(delegate, issuer))) found.push(delegate);
  }
  return found;
}

/** Null: about another certificate. */
function readSingle(node: DerNode, certificate: Certificate, issuer: Certificate): RevocationAnswer | null {
  const fields = new DerFields(node);
  if (!isAbout(fields.take(tag.sequence), certificate, issuer)) return null;
  const status = statusOf(fields.take());
  const thisUpdate = timeOf(fields.take(tag.generalizedTime));
  const next = fields.optional(tag.context(0));
  fields.optional(tag.context(1));
  fields.end();
  return { source: 'ocsp', status, thisUpdate, nextUpdate: next === null ? null : timeOf(onlyChild(next)) };
}

function isAbout(node: DerNode, certificate: Certificate, issuer: Certificate): boolean {
  const fields = new DerFields(node);
  const algorithm = oidOf(new DerFields(fields.take(tag.sequence)).take(tag.oid));
  const name = fields.take(tag.octetString).content;
  const key = fields.take(tag.octetString).content;
  const serial = fields.take(tag.integer).bytes;
  fields.end();
  // SHA-1 only names the issuer here; that the answer is genuine rests on its signature.
  const hash = algorithm === oids.sha1 ? sha1 : algorithm === oids.sha256 ? sha256 : null;
  if (hash === null) return false;
  const spki = new DerFields(readDer(issuer.key.spki));
  spki.take(tag.sequence);
  return (
    sameBytes(name, hash(issuer.subject)) &&
    sameBytes(key, hash(wholeBytesOf(spki.take(tag.bitString)))) &&
    sameBytes(serial, certificate.serialNumber)
  );
}

function statusOf(node: DerNode): RevocationAnswer['status'] {
  if (node.tag === tag.contextPrimitive(0)) return 'good';
  if (node.tag === tag.contextPrimitive(2)) return 'unknown';
  const fields = new DerFields(node, tag.context(1));
  const revokedAt = timeOf(fields.take(tag.generalizedTime));
  const reason = fields.optional(tag.context(0));
  fields.end();
  return { revokedAt, reason: reason === null ? null : reasonOf(onlyChild(reason)) };
}
