/** Revocation lists (RFC 5280, section 5): complete ones, signed by the issuer itself. */
import { sameBytes } from '../digest/sha256.ts';
import {
  type Certificate,
  type Extension,
  readExtensionSequence,
  signatureAlgorithmOf,
} from '../identity/certificate.ts';
import { DerError, type DerNode, readDer, tag } from '../identity/der.ts';
import { DerFields, onlyChild, timeOf, wholeBytesOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { verifySignature } from '../identity/public-key.ts';
import type { RevocationAnswer } from './finding.ts';

/** What the list says of the certificate; null where its signature does not hold. Throws `DerError`. */
export async function readList(
  bytes: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Promise<RevocationAnswer | null> {
  const outer = new DerFields(readDer(bytes));
  const tbs = outer.take(tag.sequence);
  const algorithmNode = outer.take(tag.sequence);
  const signature = wholeBytesOf(outer.take(tag.bitString));
  outer.end();
  const list = readTbs(tbs);
  const algorithm = signatureAlgorithmOf(algorithmNode);
  if (!sameBytes(list.algorithm.bytes, algorithmNode.bytes) || algorithm?.kind !== issuer.key.kind)
    return null;
  if (!sameBytes(list.issuer, certificate.issuer) || issuer.keyUsage?.has('cRLSign') === false) return null;
  if (!(await verifySignature(issuer.key, algorithm.digest, tbs.bytes, signature))) return null;
  const entry = list.revoked.find(({ children }) => {
    const [serial] = children;
    return serial !== undefined && sameBytes(serial.bytes, certificate.serialNumber);
  });
  return {
    source: 'crl',
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    status: entry === undefined ? 'good' : readEntry(entry),
  };
}

function readTbs(node: DerNode) {
  const fields = new DerFields(node);
  fields.optional(tag.integer);
  const algorithm = fields.take(tag.sequence);
  const issuer = fields.take(tag.sequence).bytes;
  const thisUpdate = timeOf(fields.take());
  const next = fields.optional(tag.utcTime) ?? fields.optional(tag.generalizedTime);
  const revoked = fields.optional(tag.sequence)?.children ?? [];
  const extensions = fields.optional(tag.context(0));
  fields.end();
  if (extensions !== null) {
    readExtensionSequence(onlyChild(extensions, tag.sequence)).forEach(checkExtension);
  }
  return { algorithm, issuer, thisUpdate, nextUpdate: next === null ? null : timeOf(next), revoked };
}

/** A list of changes only, or of other issuers' or some reasons' certificates, is silent for other reasons. */
function checkExtension({ id, critical, value }: Extension): void {
  if (!critical) return;
  if (id !== oids.issuingDistributionPoint) throw new DerError(`a critical extension ${id}`, 0);
  for (const part of readDer(value).children) {
    // [0] where it lies, [1] users' certificates only: both are fine for an authority for timestamps.
    if (part.tag !== tag.context(0) && part.tag !== tag.contextPrimitive(1)) {
      throw new DerError('a list that leaves some certificates out', 0);
    }
  }
}

/** CRLReason, RFC 5280, section 5.3.1. */
const reasons = new Map([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

const enumerated = 0x0a;

/** The name of a CRLReason. Throws `DerError`. */
export function reasonOf(node: DerNode): string {
  const [value = 0] = node.content;
  if (node.tag !== enumerated || node.content.length !== 1) throw new DerError('no reason', node.offset);
  return reasons.get(value) ?? `reason ${value}`;
}

function readEntry(node: DerNode): { revokedAt: Date; reason: string | null } {
  const fields = new DerFields(node);
  fields.take(tag.integer);
  const revokedAt = timeOf(fields.take());
  const extensions = fields.optional(tag.sequence);
  fields.end();
  const reason =
    extensions === null
      ? undefined
      : readExtensionSequence(extensions).find(({ id }) => id === oids.cRLReason);
  return { revokedAt, reason: reason === undefined ? null : reasonOf(readDer(reason.value)) };
}
