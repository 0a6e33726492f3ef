/**
 * CMS SignedData (RFC 5652, section 5) in the one shape that Holdfast writes and accepts: detached, one signer
 * named by issuer and serial number, certificates embedded, signed attributes, nothing unsigned.
 *
 * `assembleSignedData` has one output for its parts. Verification reads the parts, assembles them again and
 * compares: bytes that no signature covers cannot vary.
 */
import { type DerNode, readDer, tag } from '../identity/der.ts';
import {
  algorithm,
  context,
  contextSetOf,
  encode,
  encoded,
  integer,
  octets,
  oid,
  sequence,
  setOf,
} from '../identity/der-encode.ts';
import { DerFields, oidOf, onlyChild } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import type { Digest } from '../identity/public-key.ts';
import { refusing, SignatureRefusal } from './check.ts';

export interface SignedDataParts {
  digest: Digest;
  keyKind: 'EC' | 'RSA';
  /** DER, in any order: DER sorts them. */
  certificates: readonly Uint8Array[];
  /** Of the signer's certificate: the issuer's Name and the serial number, each with tag and length. */
  issuer: Uint8Array;
  serialNumber: Uint8Array;
  /** DER of each Attribute, in any order. */
  attributes: readonly Uint8Array[];
  signature: Uint8Array;
}

const digestIds: Record<Digest, string> = {
  'SHA-256': oids.sha256,
  'SHA-384': oids.sha384,
  'SHA-512': oids.sha512,
};

const ecdsaIds: Record<Digest, string> = {
  'SHA-256': oids.ecdsaWithSha256,
  'SHA-384': oids.ecdsaWithSha384,
  'SHA-512': oids.ecdsaWithSha512,
};

/** The digest that an AlgorithmIdentifier names, with absent parameters (RFC 5754, section 2). */
export function digestOf(node: DerNode): Digest {
  const id = oidOf(new DerFields(node).take(tag.oid));
  for (const digest of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
    if (digestIds[digest] === id) return digest;
  }
  throw new SignatureRefusal(
    'signature-algorithm-refused',
    `Expected a digest by SHA-256, SHA-384 or SHA-512, found algorithm ${id}.`,
  );
}

/** What the signature is made over: the attributes as a SET OF in DER (RFC 5652, section 5.4). */
export function signedBytes(attributes: readonly Uint8Array[]): Uint8Array {
  return encode(setOf(...attributes.map(encoded)));
}

export function assembleSignedData(parts: SignedDataParts): Uint8Array {
  const digest = algorithm(digestIds[parts.digest], 'absent');
  // RFC 5753 for ECDSA; RFC 3370, section 3.2, for RSA: the key's own identifier, as openssl writes it too.
  const signatureAlgorithm =
    parts.keyKind === 'EC'
      ? algorithm(ecdsaIds[parts.digest], 'absent')
      : algorithm(oids.rsaEncryption, 'null');
  const signerInfo = sequence(
    integer(1),
    sequence(encoded(parts.issuer), encoded(parts.serialNumber)),
    digest,
    contextSetOf(0, ...parts.attributes.map(encoded)),
    signatureAlgorithm,
    octets(parts.signature),
  );
  const signedData = sequence(
    integer(1),
    setOf(digest),
    sequence(oid(oids.data)),
    contextSetOf(0, ...parts.certificates.map(encoded)),
    setOf(signerInfo),
  );
  return encode(sequence(oid(oids.signedData), context(0, signedData)));
}

/** Reads the parts. Throws `SignatureRefusal`. */
export function readSignedData(bytes: Uint8Array): SignedDataParts {
  const root = refusing('signature-not-der', 'The signature is not in strict DER', () => readDer(bytes));
  return refusing('signature-not-cms', 'The signature is not CMS SignedData as expected', () => {
    const info = new DerFields(root);
    const type = oidOf(info.take(tag.oid));
    if (type !== oids.signedData) throw new Error(`its type is ${type}`);
    const content = onlyChild(info.take(tag.context(0)), tag.sequence);
    info.end();
    return readContent(content);
  });
}

function readContent(node: DerNode): SignedDataParts {
  const fields = new DerFields(node);
  fields.take(tag.integer);
  fields.take(tag.set);
  checkDetached(fields.take(tag.sequence));
  const certificates = fields.optional(tag.context(0));
  if (fields.optional(tag.context(1)) !== null) {
    throw new SignatureRefusal(
      'signature-revocation-embedded',
      'The signature carries revocation lists, which nothing in it protects; Holdfast keeps them beside it.',
    );
  }
  const signers = fields.take(tag.set).children;
  fields.end();
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) {
    throw new SignatureRefusal(
      'signature-signer-count',
      `Expected exactly one signature in the file, found ${signers.length}.`,
    );
  }
  if (certificates === null) {
    throw new SignatureRefusal(
      'signature-certificate-missing',
      'The signature carries no certificate, so nobody can tell whose it is.',
    );
  }
  return { certificates: certificates.children.map(({ bytes }) => bytes), ...readSigner(signer) };
}

function checkDetached(node: DerNode): void {
  const fields = new DerFields(node);
  const type = oidOf(fields.take(tag.oid));
  if (type !== oids.data) {
    throw new SignatureRefusal(
      'signature-content-type-differs',
      `The signature is over content of type ${type}, expected plain data.`,
    );
  }
  if (fields.rest().length > 0) {
    throw new SignatureRefusal(
      'signature-not-detached',
      'The signature carries content of its own; expected one that stands beside the signed file.',
    );
  }
}

function readSigner(node: DerNode): Omit<SignedDataParts, 'certificates'> {
  const fields = new DerFields(node);
  fields.take(tag.integer);
  // The other way, by key identifier ([0]), is not written by Holdfast and fails here.
  const name = new DerFields(fields.take(tag.sequence));
  const issuer = name.take(tag.sequence).bytes;
  const serialNumber = name.take(tag.integer).bytes;
  name.end();
  const digest = digestOf(fields.take(tag.sequence));
  const attributes = fields.optional(tag.context(0));
  const keyKind = keyKindOf(fields.take(tag.sequence), digest);
  const signature = fields.take(tag.octetString).content;
  if (fields.optional(tag.context(1)) !== null) {
    throw new SignatureRefusal(
      'signature-unsigned-attributes',
      'The signature has unsigned attributes, which anybody could have added; Holdfast writes none.',
    );
  }
  fields.end();
  if (attributes === null) {
    throw new SignatureRefusal(
      'signature-attribute-missing',
      'The signature has no signed attributes, so neither time nor certificate are bound to it.',
    );
  }
  return {
    digest,
    keyKind,
    issuer,
    serialNumber,
    attributes: attributes.children.map(({ bytes }) => bytes),
    signature,
  };
}

function keyKindOf(node: DerNode, digest: Digest): 'EC' | 'RSA' {
  const id = oidOf(new DerFields(node).take(tag.oid));
  if (id === ecdsaIds[digest]) return 'EC';
  if (id === oids.rsaEncryption) return 'RSA';
  throw new SignatureRefusal(
    'signature-algorithm-refused',
    `Expected a signature by ECDSA with ${digest} or RSA (PKCS #1 v1.5), found algorithm ${id}.`,
  );
}
