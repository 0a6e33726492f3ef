/** Writing DER with asn1js: the few shapes that certificates, PKCS #12 and CMS share. */
import {
  type BaseBlock,
  Constructed,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  Set as SetBlock,
  UTCTime,
  type ViewWriter,
} from 'asn1js';
import { compareDer } from './der.ts';

/** Bytes over an ArrayBuffer of their own, as WebCrypto and asn1js want them. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** An already encoded value that goes in byte for byte; re-encoding what was signed could change it. */
class Encoded extends Primitive {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
  }

  override toBER(sizeOnly?: boolean, writer?: ViewWriter): ArrayBuffer {
    const { buffer } = ownBytes(this.#bytes);
    if (!sizeOnly) writer?.write(buffer);
    return buffer;
  }
}

export function encoded(bytes: Uint8Array): BaseBlock {
  return new Encoded(bytes);
}

export function encode(block: BaseBlock): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.toBER());
}

export function sequence(...value: BaseBlock[]): Sequence {
  return new Sequence({ value });
}

/** A SET OF in DER order, whatever the order given (X.690, 11.6). */
export function setOf(...value: BaseBlock[]): SetBlock {
  return new SetBlock({ value: sorted(value) });
}

/** [n] around one value (EXPLICIT), or in place of a SEQUENCE's tag (IMPLICIT). */
export function context(tagNumber: number, ...value: BaseBlock[]): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
}

/** [n] in place of the tag of a SET OF. */
export function contextSetOf(tagNumber: number, ...value: BaseBlock[]): Constructed {
  return context(tagNumber, ...sorted(value));
}

/** [n] in place of the tag of an OCTET STRING. */
export function contextBytes(tagNumber: number, bytes: Uint8Array): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: ownBytes(bytes) });
}

export function oid(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

export function integer(value: number): Integer {
  return new Integer({ value });
}

export function octets(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: ownBytes(bytes) });
}

/** AlgorithmIdentifier; whether the parameters are NULL or absent differs by algorithm, so say it. */
export function algorithm(id: string, parameters: BaseBlock | 'null' | 'absent'): Sequence {
  if (parameters === 'absent') return sequence(oid(id));
  return sequence(oid(id), parameters === 'null' ? new Null() : parameters);
}

/**
 * UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5; the same rule holds for the
 * signing time in CMS, RFC 5652, section 11.3). Milliseconds are cut.
 */
export function timeBlock(time: Date): BaseBlock {
  const valueDate = new Date(Math.floor(time.getTime() / 1000) * 1000);
  const year = valueDate.getUTCFullYear();
  return year >= 1950 && year < 2050 ? new UTCTime({ valueDate }) : new GeneralizedTime({ valueDate });
}

function sorted(value: readonly BaseBlock[]): BaseBlock[] {
  return value
    .map((block) => encode(block))
    .sort(compareDer)
    .map((bytes) => encoded(bytes));
}
