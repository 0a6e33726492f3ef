/** TimeStampReq (RFC 3161, section 2.4.1) in the one form that Holdfast writes, and reads back. */
import { Boolean as BooleanBlock, Integer } from 'asn1js';
import { HoldfastError } from '../../contract/errors.ts';
import { sameBytes } from '../digest/sha256.ts';
import { readDer, tag } from '../identity/der.ts';
import { algorithm, encode, integer, octets, ownBytes, sequence } from '../identity/der-encode.ts';
import { DerFields } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';

export interface TimestampRequest {
  /** SHA-256 of the bytes to stamp: 32 bytes. */
  digest: Uint8Array;
  /** A random number, big-endian, 1 to 32 bytes. 8 bytes are what every authority takes. */
  nonce: Uint8Array;
}

const maxNonce = 32;

/**
 * The bytes of a request (`.tsq`): version 1, SHA-256, the nonce, and the wish for the authority's
 * certificate. Nothing but the digest leaves the desk. Throws `bad-input` for other lengths.
 */
export function timestampRequest({ digest, nonce }: TimestampRequest): Uint8Array {
  if (digest.length !== 32 || nonce.length < 1 || nonce.length > maxNonce) {
    throw new HoldfastError(
      'bad-input',
      `A timestamp is asked for with a SHA-256 of 32 bytes and a nonce of 1 to ${maxNonce}; got ${digest.length} and ${nonce.length}.`,
    );
  }
  return encode(
    sequence(
      integer(1),
      // With NULL, as openssl writes it: some authorities refuse absent parameters.
      sequence(algorithm(oids.sha256, 'null'), octets(digest)),
      new Integer({ valueHex: positiveInteger(nonce) }),
      new BooleanBlock({ value: true }),
    ),
  );
}

/** Content octets of the INTEGER with this magnitude. */
function positiveInteger(magnitude: Uint8Array): Uint8Array<ArrayBuffer> {
  const value = withoutLeadingZeros(magnitude);
  const [first = 0] = value;
  if (value.length > 0 && first < 0x80) return ownBytes(value);
  const padded = new Uint8Array(value.length + 1);
  padded.set(value, 1);
  return padded;
}

/** A number's bytes in one form, for comparing: zero is no bytes at all. */
export function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array() : bytes.subarray(start);
}

/**
 * Reads a request as `timestampRequest` and `openssl ts -query -sha256 -cert` write it. The nonce comes
 * without leading zeros. Throws `bad-input` for anything else.
 */
export function readTimestampRequest(bytes: Uint8Array): TimestampRequest {
  const request = parse(bytes);
  // Whatever was not looked at must be as Holdfast writes it.
  if (!sameBytes(timestampRequest(request), bytes)) throw notRequest('it has another form');
  return request;
}

function parse(bytes: Uint8Array): TimestampRequest {
  try {
    const fields = new DerFields(readDer(bytes));
    fields.take(tag.integer);
    const imprint = new DerFields(fields.take(tag.sequence));
    imprint.take(tag.sequence);
    const digest = imprint.take(tag.octetString).content;
    const nonce = fields.take(tag.integer).content;
    const magnitude = withoutLeadingZeros(nonce);
    return { digest, nonce: magnitude.length === 0 ? Uint8Array.of(0) : magnitude };
  } catch (cause) {
    throw notRequest(cause instanceof Error ? cause.message : `${cause}`, cause);
  }
}

function notRequest(found: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'bad-input',
    `Expected a timestamp request (.tsq) with SHA-256, a nonce and certReq, but ${found}.`,
    { cause },
  );
}
