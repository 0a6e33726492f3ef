/** Making a self-signed identity: an X.509 version 3 certificate (RFC 5280) for ECDSA P-256 with SHA-256. */
import { sha1 } from '@noble/hashes/legacy.js';
import { type BaseBlock, BitString, Boolean as BooleanBlock, IA5String, Integer, Utf8String } from 'asn1js';
import { HoldfastError } from '../../contract/errors.ts';
import { unshowable } from './certificate.ts';
import { readDer, tag } from './der.ts';
import {
  algorithm,
  context,
  encode,
  encoded,
  octets,
  oid,
  ownBytes,
  sequence,
  setOf,
  timeBlock,
} from './der-encode.ts';
import { DerFields, wholeBytesOf } from './der-fields.ts';
import { type Identity, joinIdentity, signWith } from './identity.ts';
import { oids } from './oids.ts';

export interface IdentityDraft {
  /** Any script; 1 to 64 characters, the limit of X.520 for a common name. */
  name: string;
  /** At most 64 characters. Null or empty: none. */
  organisation?: string | null;
  /** At most 255 characters. Null or empty: none. */
  email?: string | null;
  /** Start of validity, cut to whole seconds. */
  now: Date;
  /** Length of validity, 1 to 30; 10 unless given. */
  years?: number;
}

/**
 * A new key and its certificate. Serial number and key are random; all else comes from the draft.
 * Throws `bad-input` for a name that a certificate cannot hold.
 */
export async function createIdentity(draft: IdentityDraft): Promise<Identity> {
  const name = nameOf(draft);
  const { notBefore, notAfter } = validityOf(draft);
  const { subtle } = globalThis.crypto;
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey));
  const signatureAlgorithm = algorithm(oids.ecdsaWithSha256, 'absent');
  const tbs = encode(
    sequence(
      context(0, new Integer({ value: 2 })),
      new Integer({ valueHex: randomSerial() }),
      signatureAlgorithm,
      name,
      sequence(timeBlock(notBefore), timeBlock(notAfter)),
      name,
      encoded(spki),
      context(3, sequence(...extensionsFor(spki))),
    ),
  );
  const signature = await signWith(keys.privateKey, tbs);
  const certificate = sequence(
    encoded(tbs),
    signatureAlgorithm,
    new BitString({ valueHex: ownBytes(signature) }),
  );
  return joinIdentity(encode(certificate), [], keys.privateKey);
}

/** 16 bytes, positive, and never shorter (RFC 5280, section 4.1.2.2, allows up to 20). */
function randomSerial(): Uint8Array<ArrayBuffer> {
  const serial = globalThis.crypto.getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function validityOf({ now, years = 10 }: IdentityDraft): { notBefore: Date; notAfter: Date } {
  if (Number.isNaN(now.getTime()) || !Number.isInteger(years) || years < 1 || years > 30) {
    throw new HoldfastError('bad-input', 'A certificate is valid from a given time for 1 to 30 whole years.');
  }
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  return { notBefore, notAfter };
}

function nameOf({ name, organisation, email }: IdentityDraft): BaseBlock {
  const relative = (type: string, value: BaseBlock) => setOf(sequence(oid(type), value));
  const parts: BaseBlock[] = [];
  // From the general to the particular, as X.500 names are written.
  if (organisation)
    parts.push(relative(oids.organizationName, utf8(checked('organisation', organisation, 64))));
  parts.push(relative(oids.commonName, utf8(checked('name', name, 64))));
  if (email) parts.push(relative(oids.emailAddress, emailBlock(checked('e-mail address', email, 255))));
  return sequence(...parts);
}

function checked(what: string, value: string, limit: number): string {
  const length = [...value].length;
  if (length === 0 || length > limit || value.trim() !== value) {
    throw new HoldfastError(
      'bad-input',
      `The ${what} must have 1 to ${limit} characters and no space at either end, because a certificate holds no more; it has ${length}.`,
      { details: { length, limit } },
    );
  }
  if (!value.isWellFormed() || value.search(unshowable) >= 0) {
    throw new HoldfastError('bad-input', `The ${what} has characters that cannot be shown. Type it again.`);
  }
  return value;
}

function utf8(value: string): Utf8String {
  return new Utf8String({ value });
}

/** PKCS #9 knows e-mail addresses in ASCII only; others go in as UTF-8, which openssl and GnuTLS show. */
function emailBlock(value: string): BaseBlock {
  return /^\p{ASCII}+$/u.test(value) ? new IA5String({ value }) : utf8(value);
}

/**
 * No authority, may sign, no extended key usage: each further statement would be one more reason for some
 * verifier to refuse the certificate for documents. Order and criticality as RFC 5280, section 4.2.1.
 */
function extensionsFor(spki: Uint8Array): BaseBlock[] {
  const extension = (id: string, critical: boolean, value: BaseBlock) =>
    sequence(oid(id), ...(critical ? [new BooleanBlock({ value: true })] : []), octets(encode(value)));
  // digitalSignature and contentCommitment: the first two bits of nine.
  const usage = new BitString({ valueHex: Uint8Array.of(0xc0), unusedBits: 6 });
  return [
    extension(oids.basicConstraints, true, sequence()),
    extension(oids.keyUsage, true, usage),
    extension(oids.subjectKeyIdentifier, false, octets(keyIdentifier(spki))),
  ];
}

/** SHA-1 over the key's bits: a name for the key that others compute alike (RFC 5280, section 4.2.1.2), no security. */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const fields = new DerFields(readDer(spki));
  fields.take(tag.sequence);
  return sha1(wholeBytesOf(fields.take(tag.bitString)));
}
