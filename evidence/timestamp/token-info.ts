/** TSTInfo (RFC 3161, section 2.4.2): what the authority signed. */
import { toHex } from '../digest/sha256.ts';
import { readExtensionSequence } from '../identity/certificate.ts';
import { DerError, type DerNode, latin1, readDer, tag } from '../identity/der.ts';
import { DerFields, oidOf, smallIntegerOf } from '../identity/der-fields.ts';
import type { Digest } from '../identity/public-key.ts';
import { digestOf, digestSize } from './algorithms.ts';
import { withoutLeadingZeros } from './request.ts';

export interface TokenInfo {
  policy: string;
  imprint: { algorithm: Digest; value: Uint8Array };
  /** In hexadecimal. */
  serial: string;
  genTime: Date;
  /** Microseconds; null: not said. */
  accuracy: number | null;
  /** Without leading zeros; null: there is none. */
  nonce: Uint8Array | null;
}

/** Throws `DerError`, or a refusal of the imprint's algorithm. */
export function readTokenInfo(bytes: Uint8Array): TokenInfo {
  const fields = new DerFields(readDer(bytes));
  const version = fields.take(tag.integer);
  if (smallIntegerOf(version) !== 1) throw new DerError('a version other than 1', version.offset);
  const policy = oidOf(fields.take(tag.oid));
  const imprint = readImprint(fields.take(tag.sequence));
  const serial = toHex(fields.take(tag.integer).content);
  const genTime = genTimeOf(fields.take(tag.generalizedTime));
  const accuracy = fields.optional(tag.sequence);
  const ordering = fields.optional(tag.boolean);
  if (ordering?.content[0] === 0) throw new DerError('a default value written out', ordering.offset);
  const nonce = fields.optional(tag.integer);
  fields.optional(tag.context(0));
  const extensions = fields.optional(tag.context(1));
  fields.end();
  if (extensions !== null) refuseCritical(extensions);
  return {
    policy,
    imprint,
    serial,
    genTime,
    accuracy: accuracy === null ? null : readAccuracy(accuracy),
    nonce: nonce === null ? null : magnitudeOf(nonce),
  };
}

function readImprint(node: DerNode): TokenInfo['imprint'] {
  const fields = new DerFields(node);
  const algorithm = digestOf(fields.take(tag.sequence), 'The imprint');
  const value = fields.take(tag.octetString);
  fields.end();
  if (value.content.length !== digestSize[algorithm]) {
    throw new DerError(`an imprint that is no ${algorithm}`, value.offset);
  }
  return { algorithm, value: value.content };
}

function magnitudeOf(node: DerNode): Uint8Array {
  if ((node.content[0] ?? 0) >= 0x80) throw new DerError('a negative nonce', node.offset);
  return withoutLeadingZeros(node.content);
}

/** GeneralizedTime in UTC, as DER writes it, with a fraction where the authority has one. */
function genTimeOf(node: DerNode): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(latin1(node.content));
  if (parts === null) throw new DerError('not a time', node.offset);
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = new Date(whole);
  // Date moves 30 February to March in silence; the text form shows it.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== whole) {
    throw new DerError('a day or time that does not exist', node.offset);
  }
  // Counted up: cutting would claim that the bytes existed a little earlier than was signed.
  return new Date(time.getTime() + Math.ceil(Number(`0.${fraction || '0'}`) * 1000));
}

function readAccuracy(node: DerNode): number {
  const fields = new DerFields(node);
  const seconds = fields.optional(tag.integer);
  const millis = fields.optional(tag.contextPrimitive(0));
  const micros = fields.optional(tag.contextPrimitive(1));
  fields.end();
  return (
    (seconds === null ? 0 : smallIntegerOf(seconds)) * 1_000_000 +
    thousandth(millis) * 1000 +
    thousandth(micros)
  );
}

/** 1 to 999, IMPLICIT, so that the reader of DER did not look at its form. */
function thousandth(node: DerNode | null): number {
  if (node === null) return 0;
  const [first = 0, second = 0] = node.content;
  const value = node.content.length === 1 ? first : first * 256 + second;
  const minimal = node.content.length === 1 ? first < 0x80 : node.content.length === 2 && value >= 0x80;
  if (!minimal || value < 1 || value > 999) throw new DerError('not a number from 1 to 999', node.offset);
  return value;
}

function refuseCritical(node: DerNode): void {
  const critical = readExtensionSequence(node).find((extension) => extension.critical);
  if (critical !== undefined) {
    throw new DerError(`a critical extension ${critical.id} that nobody here understands`, node.offset);
  }
}
