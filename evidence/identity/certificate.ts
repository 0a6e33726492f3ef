/**
 * Reading an X.509 certificate (RFC 5280) into what Holdfast asks of it. The bytes are attacker-controlled:
 * strict DER, no field left over, times that exist.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Signer } from '../../contract/model/bundle.ts';
import { sameBytes, toHex } from '../digest/sha256.ts';
import { DerError, type DerNode, latin1, readDer, tag } from './der.ts';
import { DerFields, oidOf, onlyChild, smallIntegerOf, textOf, timeOf, wholeBytesOf } from './der-fields.ts';
import { oids } from './oids.ts';
import { type Digest, type PublicKey, readPublicKey, verifySignature } from './public-key.ts';

export const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

export interface Certificate {
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbs: Uint8Array;
  /** The INTEGER with its tag and length. */
  readonly serialNumber: Uint8Array;
  /** Names as DER. Two names are the same here only when their bytes are. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Values of the subject, in order, by object identifier. */
  readonly subjectValues: ReadonlyMap<string, readonly string[]>;
  /** The same of the issuer. */
  readonly issuerValues: ReadonlyMap<string, readonly string[]>;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: PublicKey;
  /** Null: an algorithm that Holdfast does not accept. */
  readonly signatureAlgorithm: { kind: 'EC' | 'RSA'; digest: Digest } | null;
  readonly signature: Uint8Array;
  readonly authority: boolean;
  /** How many authorities may follow below this one; null: no limit. */
  readonly pathLength: number | null;
  /** Null: the extension is absent, which allows every use. */
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  /** Object identifiers; null: the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** DNS names among the subject's alternative names (RFC 5280, section 4.2.1.6). */
  readonly domains: readonly string[];
  /** Critical extensions that nobody here understands: such a certificate must not be relied on. */
  readonly unknownCritical: readonly string[];
  /** All extensions as they stand, for what only some readers ask. */
  readonly extensions: readonly Extension[];
}

export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  /** DER of the value. */
  readonly value: Uint8Array;
}

/** One DER certificate; bytes before or after it are refused. Throws `DerError`. */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerFields(readDer(der));
  const tbs = outer.take(tag.sequence);
  const algorithm = outer.take(tag.sequence);
  const signature = wholeBytesOf(outer.take(tag.bitString));
  outer.end();
  const fields = readTbs(tbs);
  // RFC 5280, section 4.1.1.2: the algorithm stands twice, and the outer one is not signed.
  if (!sameBytes(fields.algorithm.bytes, algorithm.bytes)) {
    throw new DerError('the signature algorithm inside and outside differs', algorithm.offset);
  }
  return {
    der,
    tbs: tbs.bytes,
    ...fields.names,
    key: fields.key,
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    signature,
    ...readExtensions(fields.extensions),
  };
}

function readTbs(tbs: DerNode) {
  const fields = new DerFields(tbs);
  const version = fields.optional(tag.context(0));
  const serialNumber = fields.take(tag.integer).bytes;
  const algorithm = fields.take(tag.sequence);
  const issuer = fields.take(tag.sequence);
  const validity = new DerFields(fields.take(tag.sequence));
  const [notBefore, notAfter] = [timeOf(validity.take()), timeOf(validity.take())];
  validity.end();
  const subject = fields.take(tag.sequence);
  const key = readPublicKey(fields.take(tag.sequence));
  fields.optional(tag.contextPrimitive(1));
  fields.optional(tag.contextPrimitive(2));
  const extensions = fields.optional(tag.context(3));
  fields.end();
  if (extensions !== null && (version === null || smallIntegerOf(onlyChild(version)) !== 2)) {
    throw new DerError('extensions in a certificate that is not of version 3', extensions.offset);
  }
  const names = {
    serialNumber,
    issuer: issuer.bytes,
    subject: subject.bytes,
    subjectValues: readName(subject),
    issuerValues: readName(issuer),
    notBefore,
    notAfter,
  };
  return { algorithm, key, names, extensions: extensions === null ? [] : readExtensionList(extensions) };
}

function readName(name: DerNode): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const relative of name.children) {
    for (const pair of relative.children) {
      const fields = new DerFields(pair);
      const type = oidOf(fields.take(tag.oid));
      const value = fields.take();
      fields.end();
      // Other attributes may hold other types (a country code, a unique identifier); only these are shown.
      if (type === oids.commonName || type === oids.organizationName || type === oids.emailAddress) {
        values.set(type, [...(values.get(type) ?? []), textOf(value)]);
      }
    }
  }
  return values;
}

const signatureAlgorithms = new Map<string, { kind: 'EC' | 'RSA'; digest: Digest }>([
  [oids.ecdsaWithSha256, { kind: 'EC', digest: 'SHA-256' }],
  [oids.ecdsaWithSha384, { kind: 'EC', digest: 'SHA-384' }],
  [oids.ecdsaWithSha512, { kind: 'EC', digest: 'SHA-512' }],
  [oids.rsaWithSha256, { kind: 'RSA', digest: 'SHA-256' }],
  [oids.rsaWithSha384, { kind: 'RSA', digest: 'SHA-384' }],
  [oids.rsaWithSha512, { kind: 'RSA', digest: 'SHA-512' }],
]);

/** What an AlgorithmIdentifier says of how something is signed; null where Holdfast does not accept it. */
export function signatureAlgorithmOf(node: DerNode): Certificate['signatureAlgorithm'] {
  const fields = new DerFields(node);
  return signatureAlgorithms.get(oidOf(fields.take(tag.oid))) ?? null;
}

function readExtensionList(wrapper: DerNode): Extension[] {
  return readExtensionSequence(onlyChild(wrapper, tag.sequence));
}

/** Extensions (RFC 5280, section 4.1), each at most once; revocation lists and OCSP answers have them too. */
export function readExtensionSequence(sequence: DerNode): Extension[] {
  const seen = new Set<string>();
  return sequence.children.map((node) => {
    const fields = new DerFields(node);
    const id = oidOf(fields.take(tag.oid));
    const critical = fields.optional(tag.boolean)?.content[0] === 0xff;
    const value = fields.take(tag.octetString).content;
    fields.end();
    if (seen.has(id)) throw new DerError(`the extension ${id} stands twice`, node.offset);
    seen.add(id);
    return { id, critical, value };
  });
}

/** Understood, or without a say in whether a signature is the signer's (RFC 5280, section 4.2.1). */
const understood = new Set<string>([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectKeyIdentifier,
  oids.subjectAltName,
  oids.certificatePolicies,
]);

function readExtensions(extensions: readonly Extension[]) {
  const find = (id: string) => {
    const extension = extensions.find((candidate) => candidate.id === id);
    return extension === undefined ? null : readDer(extension.value);
  };
  const extendedKeyUsage = find(oids.extendedKeyUsage);
  const alternativeNames = find(oids.subjectAltName)?.children ?? [];
  return {
    ...readBasicConstraints(find(oids.basicConstraints)),
    keyUsage: readKeyUsage(find(oids.keyUsage)),
    extendedKeyUsage: extendedKeyUsage === null ? null : extendedKeyUsage.children.map(oidOf),
    domains: alternativeNames
      .filter((name) => name.tag === tag.contextPrimitive(2))
      .map(({ content }) => latin1(content)),
    unknownCritical: extensions
      .filter(({ id, critical }) => critical && !understood.has(id))
      .map(({ id }) => id),
    extensions,
  };
}

function readBasicConstraints(node: DerNode | null): { authority: boolean; pathLength: number | null } {
  if (node === null) return { authority: false, pathLength: null };
  const fields = new DerFields(node);
  const authority = fields.optional(tag.boolean)?.content[0] === 0xff;
  const pathLength = fields.optional(tag.integer);
  fields.end();
  return { authority, pathLength: pathLength === null ? null : smallIntegerOf(pathLength) };
}

function readKeyUsage(node: DerNode | null): ReadonlySet<KeyUsage> | null {
  if (node === null) return null;
  if (node.tag !== tag.bitString) throw new DerError('the key usage is not a bit string', node.offset);
  const bits = node.content.subarray(1);
  return new Set(keyUsages.filter((_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0));
}

/** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` shows it, without the colons. */
export function fingerprintOf(certificateDer: Uint8Array): string {
  return toHex(sha256(certificateDer));
}

/** Subject and issuer are the same name. Whether it signed itself, `isSignedBy(c, c)` says. */
export function isSelfIssued(certificate: Certificate): boolean {
  return sameBytes(certificate.subject, certificate.issuer);
}

/** The issuer's name fits, and its key made the signature. Says nothing of whether it was allowed to. */
export async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const { signatureAlgorithm: algorithm } = certificate;
  if (algorithm === null || algorithm.kind !== issuer.key.kind) return false;
  if (!sameBytes(certificate.issuer, issuer.subject)) return false;
  return verifySignature(issuer.key, algorithm.digest, certificate.tbs, certificate.signature);
}

/**
 * The signer as people see it, from the DER of a certificate. Where a name has several values, they are
 * joined by ', '; without a common name, the organisation or the e-mail address stands for it. Control
 * characters become U+FFFD. Times are RFC 3339 in UTC. Throws `DerError`.
 */
export function signerOf(certificateDer: Uint8Array): Signer {
  const certificate = readCertificate(certificateDer);
  return {
    ...namesOf(certificate.subjectValues),
    fingerprint: fingerprintOf(certificateDer),
    selfSigned: isSelfIssued(certificate),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  };
}

/** The subject's or the issuer's values as people see them. */
export function namesOf(values: Certificate['subjectValues']) {
  const value = (type: string) => values.get(type)?.map(showable).join(', ') ?? null;
  const organisation = value(oids.organizationName);
  const email = value(oids.emailAddress);
  return { name: value(oids.commonName) ?? organisation ?? email ?? '', organisation, email };
}

/** Characters that move the cursor of a terminal, or turn the direction of the text around a name. */
export const unshowable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Names are attacker-controlled, and are printed in terminals and reports. */
function showable(text: string): string {
  return text.replace(unshowable, '\ufffd');
}
