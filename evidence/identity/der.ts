/**
 * A strict reader of DER (ITU-T X.690, chapters 10 and 11).
 *
 * asn1js and openssl read BER and forgive; a signature that is to have one form only needs a reader that
 * accepts exactly one encoding of a value. Everything here is attacker-controlled.
 */

/** Identifier octets as they stand in the bytes: class, constructed bit and number in one. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** [n] of a primitive type, IMPLICIT. */
  contextPrimitive: (n: number) => 0x80 | n,
  /** [n] EXPLICIT, or IMPLICIT of a constructed type. */
  context: (n: number) => 0xa0 | n,
} as const;

export class DerError extends Error {
  /** Byte offset into the bytes given to `readDer`. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} (at byte ${offset})`);
    this.name = 'DerError';
    this.offset = offset;
  }
}

export interface DerNode {
  readonly tag: number;
  /** Offset of the identifier octet in the bytes given to `readDer`. */
  readonly offset: number;
  /** The whole value: identifier, length, content. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
  /** Empty for primitive values. */
  readonly children: readonly DerNode[];
}

const maxDepth = 32;
const maxNodes = 20_000;

/** Reads one DER value that fills `bytes` to the last byte. Throws `DerError` for anything else. */
export function readDer(bytes: Uint8Array): DerNode {
  const reader = new DerReader(bytes);
  const node = reader.value(0, bytes.length, 0);
  const end = node.bytes.length;
  if (end !== bytes.length) throw new DerError(`${bytes.length - end} bytes after the end`, end);
  return node;
}

class DerReader {
  readonly #bytes: Uint8Array;
  #nodes = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(start: number, limit: number, depth: number): DerNode {
    if (depth > maxDepth) throw new DerError(`nested deeper than ${maxDepth}`, start);
    if (++this.#nodes > maxNodes) throw new DerError(`more than ${maxNodes} values`, start);
    const identifier = this.#byte(start, limit);
    if ((identifier & 0x1f) === 0x1f) throw new DerError('a high tag number is not expected here', start);
    const { length, contentStart } = this.#length(start + 1, limit);
    const end = contentStart + length;
    if (end > limit) throw new DerError(`a value of ${length} bytes does not fit`, start);
    const constructed = (identifier & 0x20) !== 0;
    checkForm(identifier, constructed, start);
    const node = {
      tag: identifier,
      offset: start,
      bytes: this.#bytes.subarray(start, end),
      content: this.#bytes.subarray(contentStart, end),
      children: constructed ? this.#children(contentStart, end, depth + 1) : [],
    };
    checkContent(node);
    return node;
  }

  #children(start: number, end: number, depth: number): DerNode[] {
    const children: DerNode[] = [];
    for (let at = start; at < end; ) {
      const child = this.value(at, end, depth);
      children.push(child);
      at += child.bytes.length;
    }
    return children;
  }

  #byte(at: number, limit: number): number {
    const byte = at < limit ? this.#bytes[at] : undefined;
    if (byte === undefined) throw new DerError('the bytes end in the middle of a value', at);
    return byte;
  }

  #length(at: number, limit: number): { length: number; contentStart: number } {
    const first = this.#byte(at, limit);
    if (first < 0x80) return { length: first, contentStart: at + 1 };
    const count = first & 0x7f;
    // 0x80 is the indefinite form, which DER forbids; more than four bytes cannot fit in any input here.
    if (count === 0 || count > 4) throw new DerError('a length that DER does not allow', at);
    let length = 0;
    for (let i = 1; i <= count; i++) length = length * 256 + this.#byte(at + i, limit);
    if (length < 0x80 || length < 256 ** (count - 1)) {
      throw new DerError('a length in more bytes than needed', at);
    }
    return { length, contentStart: at + 1 + count };
  }
}

function checkForm(identifier: number, constructed: boolean, offset: number): void {
  if ((identifier & 0xc0) !== 0) return;
  const number = identifier & 0x1f;
  if (number === 0 || number === 8 || number === 11) throw new DerError(`unexpected type ${number}`, offset);
  const mustNest = number === 16 || number === 17;
  if (mustNest !== constructed) {
    throw new DerError(
      `type ${number} in ${constructed ? 'pieces' : 'one piece'}, which DER forbids`,
      offset,
    );
  }
}

function checkContent(node: DerNode): void {
  const problem = contentProblem(node);
  if (problem !== null) throw new DerError(problem, node.offset);
}

function contentProblem({ tag: kind, content, children }: DerNode): string | null {
  const [first = 0, second = 0] = content;
  switch (kind) {
    case tag.boolean:
      return content.length === 1 && (first === 0 || first === 0xff) ? null : 'not a DER boolean';
    case tag.null:
      return content.length === 0 ? null : 'a NULL with content';
    case tag.integer: {
      const padded =
        content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
      return content.length > 0 && !padded ? null : 'an integer that is not in its shortest form';
    }
    case tag.bitString:
      return bitStringProblem(content);
    case tag.oid:
      return oidProblem(content);
    case tag.utf8String:
      return decodes('utf-8', content) ? null : 'text that is not UTF-8';
    case tag.ia5String:
      return content.every((byte) => byte < 0x80) ? null : 'text that is not ASCII';
    case tag.utcTime:
      return /^\d{12}Z$/.test(latin1(content)) ? null : 'a UTCTime that is not YYMMDDHHMMSSZ';
    case tag.generalizedTime:
      return /^\d{14}(\.\d*[1-9])?Z$/.test(latin1(content)) ? null : 'a GeneralizedTime not in DER form';
    case tag.set:
      return isSorted(children) ? null : 'a set whose elements are not in DER order';
    default:
      return null;
  }
}

function bitStringProblem(content: Uint8Array): string | null {
  const [unused] = content;
  if (unused === undefined || unused > 7) return 'a bit string without its count of unused bits';
  if (content.length === 1) return unused === 0 ? null : 'unused bits in an empty bit string';
  const last = content[content.length - 1] ?? 0;
  return (last & ((1 << unused) - 1)) === 0 ? null : 'unused bits that are not zero';
}

function oidProblem(content: Uint8Array): string | null {
  let startsArc = true;
  for (const byte of content) {
    if (startsArc && byte === 0x80) return 'an object identifier that is not in its shortest form';
    startsArc = byte < 0x80;
  }
  return content.length > 0 && startsArc ? null : 'an object identifier that is cut off';
}

/** Order of the elements of a SET OF in DER: by their bytes (X.690, 11.6). */
export function compareDer(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function isSorted(nodes: readonly DerNode[]): boolean {
  return nodes.every((node, i) => {
    const before = nodes[i - 1];
    return before === undefined || compareDer(before.bytes, node.bytes) <= 0;
  });
}

function decodes(encoding: string, content: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}

/** One character a byte; for ASCII, and for the old TeletexString, which nobody decodes better. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
