/**
 * TimeStampResp (RFC 3161, section 2.4.2) and the SignedData inside it (RFC 5652, section 5), taken apart.
 * The bytes are attacker-controlled: only what the authority signed is protected, so that whatever else is
 * there must be one of a few known things.
 */

import { sameBytes } from '../digest/sha256.ts';
import { unshowable } from '../identity/certificate.ts';
import { DerError, type DerNode, readDer, tag } from '../identity/der.ts';
import { DerFields, oidOf, onlyChild, smallIntegerOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import type { Digest } from '../identity/public-key.ts';
import { digestOf, type SignatureAlgorithm, signatureAlgorithmOf } from './algorithms.ts';
import { refusing, TimestampRefusal } from './finding.ts';

export interface TokenParts {
  /** DER of the TSTInfo. */
  info: Uint8Array;
  digest: Digest;
  algorithm: SignatureAlgorithm;
  /** DER. */
  certificates: readonly Uint8Array[];
  /** Of the authority's certificate, each with tag and length. */
  issuer: Uint8Array;
  serialNumber: Uint8Array;
  /** DER of each signed Attribute, in the order of DER. */
  attributes: readonly Uint8Array[];
  signature: Uint8Array;
}

/** `beside`: DER of certificates that are kept apart from the token. Throws `TimestampRefusal`. */
export function readResponse(bytes: Uint8Array, beside: readonly Uint8Array[] = []): TokenParts {
  const root = refusing('timestamp-not-der', 'The timestamp is not in strict DER', () => readDer(bytes));
  return refusing('timestamp-not-cms', 'The timestamp is not a response of RFC 3161 as expected', () => {
    const fields = new DerFields(root);
    checkStatus(fields.take(tag.sequence));
    const info = new DerFields(fields.take(tag.sequence));
    fields.end();
    const type = oidOf(info.take(tag.oid));
    if (type !== oids.signedData) throw new Error(`the token's type is ${type}`);
    const content = onlyChild(info.take(tag.context(0)), tag.sequence);
    info.end();
    return readContent(content, beside);
  });
}

const statusWords = ['granted', 'granted with changes', 'rejected', 'waiting', 'revocation warning'];

function checkStatus(node: DerNode): void {
  const fields = new DerFields(node);
  const status = smallIntegerOf(fields.take(tag.integer));
  const text = fields.optional(tag.sequence);
  const failure = fields.optional(tag.bitString);
  fields.end();
  if (status <= 1 && failure === null) return;
  const word = statusWords[status] ?? `status ${status}`;
  const said = text === null ? '' : `, saying "${statusText(text)}"`;
  const bits = failure === null ? '' : ` (failure ${failureOf(failure)})`;
  throw new TimestampRefusal(
    'timestamp-not-granted',
    `The authority gave no timestamp: it answered '${word}'${bits}${said}.`,
  );
}

function statusText({ children }: DerNode): string {
  const text = children.map(({ content }) => new TextDecoder().decode(content)).join(' ');
  return text.replace(unshowable, '\ufffd').slice(0, 200);
}

/** PKIFailureInfo, RFC 3161, section 2.4.2. */
const failures = new Map([
  [0, 'unknown algorithm'],
  [2, 'bad request'],
  [5, 'bad data format'],
  [14, 'no time source'],
  [15, 'policy not accepted'],
  [16, 'extension not accepted'],
  [17, 'more information not available'],
  [25, 'system failure'],
]);

function failureOf({ content }: DerNode): string {
  const bits = content.subarray(1);
  const set = Array.from({ length: Math.min(bits.length, 8) * 8 }, (_, i) => i).filter(
    (i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0,
  );
  return set.map((i) => failures.get(i) ?? `bit ${i}`).join(', ') || 'without a reason';
}

function readContent(node: DerNode, beside: readonly Uint8Array[]): TokenParts {
  const fields = new DerFields(node);
  // Version 3 wherever the content is not plain data (RFC 5652, section 5.1).
  expectNumber(fields.take(tag.integer), 3);
  const announced = onlyChild(fields.take(tag.set), tag.sequence);
  const info = readInfo(fields.take(tag.sequence));
  const embedded = (fields.optional(tag.context(0))?.children ?? []).map(({ bytes }) => bytes);
  const others = beside.filter((der) => !embedded.some((bytes) => sameBytes(bytes, der)));
  const certificates = [...embedded, ...others];
  if (fields.optional(tag.context(1)) !== null) {
    throw new TimestampRefusal(
      'timestamp-revocation-embedded',
      'The timestamp carries revocation lists, which nothing in it protects; they belong beside it.',
    );
  }
  const signers = fields.take(tag.set).children;
  fields.end();
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) {
    throw new TimestampRefusal(
      'timestamp-signer-count',
      `Expected exactly one signature in the timestamp, found ${signers.length}.`,
    );
  }
  const parts = readSigner(signer);
  if (digestOf(announced, 'The timestamp') !== parts.digest) {
    throw new DerError('another digest announced than used', announced.offset);
  }
  return { info, certificates, ...parts };
}

function expectNumber(node: DerNode, expected: number): void {
  if (smallIntegerOf(node) !== expected) throw new DerError(`expected version ${expected}`, node.offset);
}

function readInfo(node: DerNode): Uint8Array {
  const fields = new DerFields(node);
  const type = oidOf(fields.take(tag.oid));
  if (type !== oids.tstInfo) {
    throw new TimestampRefusal(
      'timestamp-content-type-differs',
      `The signature is over content of type ${type}, expected timestamp information.`,
    );
  }
  const content = onlyChild(fields.take(tag.context(0)), tag.octetString).content;
  fields.end();
  return content;
}

function readSigner(node: DerNode): Omit<TokenParts, 'certificates' | 'info'> {
  const fields = new DerFields(node);
  expectNumber(fields.take(tag.integer), 1);
  const name = new DerFields(fields.take(tag.sequence));
  const issuer = name.take(tag.sequence).bytes;
  const serialNumber = name.take(tag.integer).bytes;
  name.end();
  const digest = digestOf(fields.take(tag.sequence), "The timestamp's signature");
  const attributes = fields.optional(tag.context(0));
  const algorithm = signatureAlgorithmOf(fields.take(tag.sequence), digest);
  const signature = fields.take(tag.octetString).content;
  if (fields.optional(tag.context(1)) !== null) {
    throw new TimestampRefusal(
      'timestamp-unsigned-attribute',
      'The timestamp has unsigned attributes, which anybody could have added.',
    );
  }
  fields.end();
  if (attributes === null) {
    throw new TimestampRefusal(
      'timestamp-attribute-missing',
      'The timestamp has no signed attributes, so the certificate is not bound to it.',
    );
  }
  return {
    digest,
    algorithm,
    issuer,
    serialNumber,
    attributes: attributes.children.map(({ bytes }) => bytes),
    signature,
  };
}
