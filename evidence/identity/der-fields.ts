/** Reading the fields of a DER structure in order: each is what it must be, and none is left over. */
import { DerError, type DerNode, latin1, readDer, tag } from './der.ts';

/** Walks the children of a SEQUENCE; `end` must be called last. All throw `DerError`. */
export class DerFields {
  readonly #parent: DerNode;
  #next = 0;

  constructor(parent: DerNode, expectedTag: number = tag.sequence) {
    if (parent.tag !== expectedTag) throw mismatch(parent, expectedTag);
    this.#parent = parent;
  }

  /** The next field, which must have this tag; without one, any. */
  take(expectedTag?: number): DerNode {
    const node = this.#parent.children[this.#next];
    if (node === undefined) {
      throw new DerError('a field is missing', this.#parent.offset + this.#parent.bytes.length);
    }
    if (expectedTag !== undefined && node.tag !== expectedTag) throw mismatch(node, expectedTag);
    this.#next++;
    return node;
  }

  /** The next field if it has this tag, else null. */
  optional(expectedTag: number): DerNode | null {
    return this.#parent.children[this.#next]?.tag === expectedTag ? this.take() : null;
  }

  /** The fields that were not taken yet. */
  rest(): readonly DerNode[] {
    const rest = this.#parent.children.slice(this.#next);
    this.#next = this.#parent.children.length;
    return rest;
  }

  end(): void {
    const left = this.#parent.children[this.#next];
    if (left !== undefined) throw new DerError('a field that does not belong here', left.offset);
  }
}

function mismatch(node: DerNode, expectedTag: number): DerError {
  return new DerError(
    `expected type 0x${expectedTag.toString(16)}, found 0x${node.tag.toString(16)}`,
    node.offset,
  );
}

/** A signed attribute (RFC 5652, section 5.3): its type, and the SET of its values. Throws `DerError`. */
export function readAttribute(bytes: Uint8Array): { id: string; values: DerNode } {
  const fields = new DerFields(readDer(bytes));
  const id = oidOf(fields.take(tag.oid));
  const values = fields.take(tag.set);
  fields.end();
  return { id, values };
}

/** The only child of a wrapper such as [0] EXPLICIT or a SET with one value. */
export function onlyChild(node: DerNode, expectedTag?: number): DerNode {
  const fields = new DerFields(node, node.tag);
  const child = fields.take(expectedTag);
  fields.end();
  return child;
}

/** An object identifier in dotted decimal. Arcs beyond 2^53 are kept exact. */
export function oidOf(node: DerNode): string {
  if (node.tag !== tag.oid) throw mismatch(node, tag.oid);
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of node.content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [head = 0n, ...tail] = arcs;
  const root = head < 40n ? 0n : head < 80n ? 1n : 2n;
  return [root, head - 40n * root, ...tail].join('.');
}

/** A small non-negative integer; larger ones are a `DerError`. */
export function smallIntegerOf(node: DerNode): number {
  if (node.tag !== tag.integer) throw mismatch(node, tag.integer);
  if (node.content.length > 4 || (node.content[0] ?? 0) >= 0x80) {
    throw new DerError('a number outside the expected range', node.offset);
  }
  return node.content.reduce((value, byte) => value * 256 + byte, 0);
}

/** The bits of a BIT STRING whose length is a whole number of bytes, as keys and signatures have. */
export function wholeBytesOf(node: DerNode): Uint8Array {
  if (node.tag !== tag.bitString) throw mismatch(node, tag.bitString);
  if (node.content[0] !== 0) throw new DerError('a bit string that ends within a byte', node.offset);
  return node.content.subarray(1);
}

/** UTCTime or GeneralizedTime as an instant; two-digit years by RFC 5280, section 4.1.2.5.1. */
export function timeOf(node: DerNode): Date {
  if (node.tag !== tag.utcTime && node.tag !== tag.generalizedTime) throw mismatch(node, tag.utcTime);
  const text = latin1(node.content);
  const century = node.tag === tag.generalizedTime ? '' : Number(text.slice(0, 2)) >= 50 ? '19' : '20';
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text);
  // A fraction of a second is refused here: neither certificates nor signing times may have one.
  if (parts === null) throw new DerError('not a time in whole seconds', node.offset);
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = new Date(iso);
  // Date moves 30 February to March in silence; the text form shows it.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== iso) {
    throw new DerError(`${text} is not a day or time that exists`, node.offset);
  }
  return time;
}

/** Text of any of the string types that names in certificates use (RFC 5280, section 4.1.2.4). */
export function textOf(node: DerNode): string {
  switch (node.tag) {
    case tag.utf8String:
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(node.content);
    case tag.bmpString:
      return bigEndianText(node);
    case tag.printableString:
    case tag.ia5String:
    case tag.teletexString:
      return latin1(node.content);
    default:
      throw mismatch(node, tag.utf8String);
  }
}

function bigEndianText(node: DerNode): string {
  if (node.content.length % 2 !== 0) throw new DerError('half a character', node.offset);
  let text = '';
  for (let i = 0; i < node.content.length; i += 2) {
    text += String.fromCharCode((node.content[i] ?? 0) * 256 + (node.content[i + 1] ?? 0));
  }
  return text.toWellFormed();
}
