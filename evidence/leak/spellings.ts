/**
 * Bytes read as the text that they may spell: percent-encoded, as HTML entities, with escapes of JSON and JavaScript,
 * quoted-printable, in long runs of base64, cut up by markup. Bytes in, bytes out: texts are UTF-8, and most windows
 * are none. Each reader gives null where it would change nothing.
 */

const names: Readonly<Record<string, number>> = {
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  quot: 0x22,
  apos: 0x27,
  commat: 0x40,
  period: 0x2e,
  nbsp: 0xa0,
  shy: 0xad,
  sol: 0x2f,
  colon: 0x3a,
  lowbar: 0x5f,
};

const percentSign = 0x25;
const ampersand = 0x26;
const backslash = 0x5c;
const hexDigits = new Int8Array(256).fill(-1);
for (let n = 0; n < 16; n += 1)
  for (const digit of [n.toString(16), n.toString(16).toUpperCase()]) hexDigits[digit.charCodeAt(0)] = n;
const base64Digits = new Uint8Array(256);
for (const digit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  base64Digits[digit.charCodeAt(0)] = 1;

/** Collects what is read; never longer than what it is read from. */
class Reading {
  readonly out: Buffer;
  length = 0;

  constructor(size: number) {
    this.out = Buffer.allocUnsafe(size);
  }

  get bytes(): Buffer {
    return this.out.subarray(0, this.length);
  }

  byte(byte: number): void {
    this.out[this.length] = byte;
    this.length += 1;
  }

  /** What is no character is left away. */
  point(code: number): void {
    if (code < 0x80) this.byte(code);
    else if (code <= 0x10_ffff) this.length += this.out.write(String.fromCodePoint(code), this.length);
  }
}

function hexNumber(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = hexDigits[bytes[at] ?? 0] ?? -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return to > bytes.length ? -1 : value;
}

const entity = /^&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([a-z]{2,6}));?/;

/** Gives how many bytes were read; 0: no entity stands there. */
function readEntity(bytes: Buffer, at: number, into: Reading): number {
  const [all = '', decimal, hex, name = ''] = entity.exec(bytes.toString('latin1', at, at + 12)) ?? [];
  const code =
    decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : names[name];
  if (code === undefined) return 0;
  into.point(code);
  return all.length;
}

/** Likewise: '\u0041', '\u{41}', '\x41', '\101', '\/', and '\41 ' of style sheets. */
function readEscape(bytes: Buffer, at: number, into: Reading): number {
  const next = bytes[at + 1] ?? 0;
  if (next === 0x75) {
    const unit = hexNumber(bytes, at + 2, at + 6);
    if (unit >= 0xd800 && unit < 0xdc00 && bytes[at + 6] === backslash) {
      const low = hexNumber(bytes, at + 8, at + 12);
      if (low >= 0xdc00 && low < 0xe000) {
        into.point(0x1_0000 + (unit - 0xd800) * 0x400 + low - 0xdc00);
        return 12;
      }
    }
    if (unit >= 0) {
      into.point(unit);
      return 6;
    }
    const [all = '', hex] = /^\\u\{([0-9A-Fa-f]{1,6})\}/.exec(bytes.toString('latin1', at, at + 10)) ?? [];
    if (hex !== undefined) into.point(Number.parseInt(hex, 16));
    return all.length;
  }
  if (next === 0x78) {
    const code = hexNumber(bytes, at + 2, at + 4);
    if (code >= 0) into.point(code);
    return code >= 0 ? 4 : 0;
  }
  if (next === 0x2f || next === 0x22 || next === 0x27 || next === backslash) {
    into.byte(next);
    return 2;
  }
  if (next === 0x6e || next === 0x72 || next === 0x74) {
    into.byte(0x20);
    return 2;
  }
  const [all = '', octal, hex] =
    /^\\(?:([0-7]{3})|([0-9A-Fa-f]{1,6})[ ]?)/.exec(bytes.toString('latin1', at, at + 8)) ?? [];
  if (octal !== undefined) into.byte(Number.parseInt(octal, 8) & 0xff);
  else if (hex !== undefined) into.point(Number.parseInt(hex, 16));
  return all.length;
}

function readPercent(bytes: Buffer, at: number, into: Reading): number {
  const code = hexNumber(bytes, at + 1, at + 3);
  if (code < 0) return 0;
  into.byte(code);
  return 3;
}

function unescaped(bytes: Buffer): Buffer | null {
  const into = new Reading(bytes.length);
  let changed = false;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const read =
      byte === percentSign
        ? readPercent(bytes, at, into)
        : byte === ampersand
          ? readEntity(bytes, at, into)
          : byte === backslash
            ? readEscape(bytes, at, into)
            : 0;
    if (read > 0) changed = true;
    else into.byte(byte);
    at += read > 0 ? read : 1;
  }
  return changed ? into.bytes : null;
}

function quotedPrintable(bytes: Buffer): Buffer | null {
  const into = new Reading(bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte !== 0x3d) into.byte(byte);
    else if (next === 0x0a || (next === 0x0d && bytes[at + 2] === 0x0a)) at += next === 0x0a ? 1 : 2;
    else {
      const code = hexNumber(bytes, at + 1, at + 3);
      into.byte(code < 0 ? byte : code);
      if (code >= 0) at += 2;
    }
    at += 1;
  }
  return into.length === bytes.length ? null : into.bytes;
}

/** Soft hyphen, zero-width space and joiners, marks of direction, byte-order mark: three bytes of UTF-8 at most. */
function unseenAt(bytes: Buffer, at: number): number {
  const [a, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (a === 0xc2) return b === 0xad ? 2 : 0;
  if (a === 0xef) return b === 0xbb && c === 0xbf ? 3 : 0;
  if (a !== 0xe2) return 0;
  const isUnseen =
    (b === 0x80 && ((c >= 0x8b && c <= 0x8f) || (c >= 0xaa && c <= 0xae))) ||
    (b === 0x81 && c >= 0xa0 && c <= 0xa9);
  return isUnseen ? 3 : 0;
}

const longestTag = 400;

/** Without what cuts words that are read as one: markup, and characters that nobody sees. */
function unmarked(bytes: Buffer): Buffer | null {
  const into = new Reading(bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0xc2) {
      const unseen = unseenAt(bytes, at);
      if (unseen === 0) into.byte(byte);
      at += Math.max(1, unseen);
      continue;
    }
    const next = bytes[at + 1] ?? 0;
    // '</b', '<b', '<!'
    const end =
      byte === 0x3c && (next === 0x2f || next === 0x21 || (next | 0x20) >= 0x61)
        ? bytes.indexOf(0x3e, at)
        : -1;
    if (end >= 0 && end - at <= longestTag) at = end + 1;
    else {
      into.byte(byte);
      at += 1;
    }
  }
  return into.length === bytes.length ? null : into.bytes;
}

/** Lines of a mail in base64, put together. */
function joined(bytes: Buffer): Buffer | null {
  const into = new Reading(bytes.length);
  let run = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const isEnd = byte === 0x0a || (byte === 0x0d && bytes[at + 1] === 0x0a);
    if (isEnd && run >= 56 && base64Digits[bytes[at + (byte === 0x0a ? 1 : 2)] ?? 0] === 1) {
      if (byte === 0x0d) at += 1;
      run = 0;
      continue;
    }
    run = base64Digits[byte] === 1 ? run + 1 : 0;
    into.byte(byte);
  }
  return into.length === bytes.length ? null : into.bytes;
}

const shortestRun = 24;

/** What stands in base64 in long runs: data addresses, tokens, parts of mails. */
function base64(bytes: Buffer): Buffer | null {
  const found: Buffer[] = [];
  let run = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && base64Digits[bytes[at] ?? 0] === 1) {
      run += 1;
      continue;
    }
    if (run >= shortestRun)
      found.push(Buffer.from(bytes.toString('latin1', at - run, at), 'base64'), Buffer.from('\n'));
    run = 0;
  }
  return found.length === 0 ? null : Buffer.concat(found);
}

const rounds = 3;
const looksQuoted = /=\r?\n|=3D|=[0-9A-F]{2}=[0-9A-F]{2}/;

export interface Spelling {
  bytes: Buffer;
  /** What stood apart stands together: a form at such a seam says nothing. */
  seams: boolean;
}

/** Everything that these bytes may spell beside themselves. */
export function* spellings(bytes: Buffer): Generator<Spelling> {
  const quoted = looksQuoted.test(bytes.toString('latin1')) ? quotedPrintable(bytes) : null;
  const inLines = joined(bytes);
  for (const given of [bytes, quoted, inLines]) {
    if (given === null) continue;
    if (given !== bytes) yield { bytes: given, seams: false };
    yield* read(given);
  }
  const packed = base64(inLines ?? bytes);
  if (packed === null) return;
  yield { bytes: packed, seams: false };
  yield* read(packed);
}

/** As programs read what was put into an address, an attribute, a string, one inside the other. */
function* read(given: Buffer): Generator<Spelling> {
  let last = given;
  for (let round = 0; round < rounds; round += 1) {
    const next = unescaped(last);
    if (next === null) break;
    yield { bytes: next, seams: false };
    last = next;
  }
  const plain = unmarked(last);
  if (plain !== null) yield { bytes: plain, seams: true };
}
