/**
 * Bytes read as the text that they may spell: percent-encoded, as HTML entities, with escapes of JSON and JavaScript,
 * quoted-printable, in long runs of base64, cut up by markup. Bytes in, bytes out: texts are UTF-8, and most windows
 * are none. Each reader gives null where it would change nothing; what lies between two marks is taken over as a whole.
 */
import { byteSet, nextOf, runsOf } from './bytes.ts';

/** A name of up to six small letters as a number, five bits a letter. */
function nameKey(bytes: Buffer, from: number, to: number): number {
  let key = 0;
  for (let at = from; at < to; at += 1) key = (key << 5) | ((bytes[at] ?? 0) & 31);
  return key;
}

const names = new Map(
  Object.entries({
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
  }).map(([name, code]) => [nameKey(Buffer.from(name), 0, name.length), code]),
);
const smallLetters = byteSet((byte) => byte >= 0x61 && byte <= 0x7a);

const percentSign = 0x25;
const ampersand = 0x26;
const backslash = 0x5c;
const hexDigits = new Int8Array(256).fill(-1);
for (let n = 0; n < 16; n += 1)
  for (const digit of [n.toString(16), n.toString(16).toUpperCase()]) hexDigits[digit.charCodeAt(0)] = n;
const base64Digits = byteSet((byte) => /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte)));

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

  /** As they are. */
  span(bytes: Buffer, from: number, to: number): void {
    this.length += bytes.copy(this.out, this.length, from, to);
  }

  /** What is no character is left away. */
  point(code: number): void {
    if (code < 0x80) this.byte(code);
    else if (code <= 0x10_ffff) this.length += this.out.write(String.fromCodePoint(code), this.length);
  }
}

function hexNumber(bytes: Buffer, from: number, to: number): number {
  return endOfDigits(bytes, from, 16, to - from) === to ? numberAt(bytes, from, to, 16) : -1;
}

/** Where the digits end that stand there, of which there are `most` at most. */
function endOfDigits(bytes: Buffer, from: number, base: number, most: number): number {
  let at = from;
  while (at < bytes.length && at - from < most && isDigit(bytes[at] ?? 0, base)) at += 1;
  return at;
}

function isDigit(byte: number, base: number): boolean {
  const digit = hexDigits[byte] ?? -1;
  return digit >= 0 && digit < base;
}

function numberAt(bytes: Buffer, from: number, to: number, base: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * base + (hexDigits[bytes[at] ?? 0] ?? 0);
  return value;
}

/** '&amp;', '&#64;', '&#x40;', the last mark left away or not. Gives how many bytes were read; 0: none stands there. */
function readEntity(bytes: Buffer, at: number, into: Reading): number {
  return bytes[at + 1] === 0x23 ? readNumbered(bytes, at, into) : readNamed(bytes, at, into);
}

function readNumbered(bytes: Buffer, at: number, into: Reading): number {
  const isHex = ((bytes[at + 2] ?? 0) | 0x20) === 0x78;
  const [from, base, most] = isHex ? [at + 3, 16, 6] : [at + 2, 10, 7];
  const end = endOfDigits(bytes, from, base, most);
  if (end === from) return 0;
  into.point(numberAt(bytes, from, end, base));
  return entityEnd(bytes, end) - at;
}

function readNamed(bytes: Buffer, at: number, into: Reading): number {
  let end = at + 1;
  while (end < bytes.length && end - at <= 6 && smallLetters[bytes[end] ?? 0] === 1) end += 1;
  const code = names.get(nameKey(bytes, at + 1, end));
  if (code === undefined) return 0;
  into.point(code);
  return entityEnd(bytes, end) - at;
}

function entityEnd(bytes: Buffer, at: number): number {
  return bytes[at] === 0x3b ? at + 1 : at;
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
    const end = bytes[at + 2] === 0x7b ? endOfDigits(bytes, at + 3, 16, 6) : at;
    if (end <= at + 3 || bytes[end] !== 0x7d) return 0;
    into.point(numberAt(bytes, at + 3, end, 16));
    return end + 1 - at;
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
  return readNumber(bytes, at, into);
}

/** '\101', '\41 '. */
function readNumber(bytes: Buffer, at: number, into: Reading): number {
  const from = at + 1;
  if (endOfDigits(bytes, from, 8, 3) === from + 3) {
    into.byte(numberAt(bytes, from, from + 3, 8) & 0xff);
    return 4;
  }
  const end = endOfDigits(bytes, from, 16, 6);
  if (end === from) return 0;
  into.point(numberAt(bytes, from, end, 16));
  return end - at + (bytes[end] === 0x20 ? 1 : 0);
}

function readPercent(bytes: Buffer, at: number, into: Reading): number {
  const code = hexNumber(bytes, at + 1, at + 3);
  if (code < 0) return 0;
  into.byte(code);
  return 3;
}

const escapes = byteSet((byte) => byte === percentSign || byte === ampersand || byte === backslash);

function readAny(bytes: Buffer, at: number, into: Reading): number {
  const byte = bytes[at];
  if (byte === percentSign) return readPercent(bytes, at, into);
  return byte === ampersand ? readEntity(bytes, at, into) : readEscape(bytes, at, into);
}

function unescaped(bytes: Buffer): Buffer | null {
  let at = nextOf(bytes, escapes, 0);
  if (at === bytes.length) return null;
  const into = new Reading(bytes.length);
  let from = 0;
  let changed = false;
  while (at < bytes.length) {
    into.span(bytes, from, at);
    const read = readAny(bytes, at, into);
    if (read > 0) changed = true;
    from = at + read;
    at = nextOf(bytes, escapes, read > 0 ? from : at + 1);
  }
  into.span(bytes, from, bytes.length);
  return changed ? into.bytes : null;
}

const equals = 0x3d;
const quotedDigits = byteSet((byte) => /[0-9A-F]/.test(String.fromCharCode(byte)));

/** How many bytes a line break is; 0: none stands there. */
function breakAt(bytes: Buffer, at: number): number {
  if (bytes[at] === 0x0a) return 1;
  return bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : 0;
}

/** Whether an equals sign stands there as only quoted-printable has them: before a line break, for itself, twice in a row. */
function isQuoted(bytes: Buffer, at: number): boolean {
  if (breakAt(bytes, at + 1) > 0) return true;
  return isByte(bytes, at) && (isByte(bytes, at + 3) || (bytes[at + 1] === 0x33 && bytes[at + 2] === 0x44));
}

function isByte(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === equals && quotedDigits[bytes[at + 1] ?? 0] === 1 && quotedDigits[bytes[at + 2] ?? 0] === 1
  );
}

function looksQuoted(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(equals); at >= 0; at = bytes.indexOf(equals, at + 1))
    if (isQuoted(bytes, at)) return true;
  return false;
}

function quotedPrintable(bytes: Buffer): Buffer | null {
  if (!looksQuoted(bytes)) return null;
  const into = new Reading(bytes.length);
  let from = 0;
  for (let at = bytes.indexOf(equals); at >= 0; at = bytes.indexOf(equals, at + 1)) {
    const gap = breakAt(bytes, at + 1);
    const code = gap > 0 ? -1 : hexNumber(bytes, at + 1, at + 3);
    if (gap === 0 && code < 0) continue;
    into.span(bytes, from, at);
    if (gap === 0) into.byte(code);
    from = at + 1 + (gap === 0 ? 2 : gap);
    at = from - 1;
  }
  into.span(bytes, from, bytes.length);
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
/** '<', and the first bytes of what nobody sees. */
const cuts = byteSet((byte) => byte === 0x3c || byte === 0xc2 || byte === 0xe2 || byte === 0xef);

/** Without what cuts words that are read as one: markup, and characters that nobody sees. */
function unmarked(bytes: Buffer): Buffer | null {
  let at = nextOf(bytes, cuts, 0);
  if (at === bytes.length) return null;
  const into = new Reading(bytes.length);
  let from = 0;
  let tagEnd = -1;
  while (at < bytes.length) {
    if (bytes[at] === 0x3c && tagEnd < at) tagEnd = endOf(bytes, at);
    const gap = bytes[at] === 0x3c ? tagAt(bytes, at, tagEnd) : unseenAt(bytes, at);
    if (gap > 0) {
      into.span(bytes, from, at);
      from = at + gap;
    }
    at = nextOf(bytes, cuts, at + Math.max(1, gap));
  }
  if (from === 0) return null;
  into.span(bytes, from, bytes.length);
  return into.bytes;
}

/** Where the next tag ends that is open there; the length where none does. */
function endOf(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0x3e, at);
  return end < 0 ? bytes.length : end;
}

/** How many bytes a tag is that begins there as '</b', '<b' or '<!' does; 0: it is none, or far too long. */
function tagAt(bytes: Buffer, at: number, end: number): number {
  const next = bytes[at + 1] ?? 0;
  const isTag = next === 0x2f || next === 0x21 || (next | 0x20) >= 0x61;
  return isTag && end < bytes.length && end - at <= longestTag ? end + 1 - at : 0;
}

const shortestLine = 56;

/** Lines of a mail in base64, put together. */
function joined(bytes: Buffer): Buffer | null {
  let into: Reading | null = null;
  let from = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, end + 1)) {
    const at = end > 0 && bytes[end - 1] === 0x0d ? end - 1 : end;
    if (base64Digits[bytes[end + 1] ?? 0] !== 1 || !endsLine(bytes, at)) continue;
    into ??= new Reading(bytes.length);
    into.span(bytes, from, at);
    from = end + 1;
  }
  into?.span(bytes, from, bytes.length);
  return into?.bytes ?? null;
}

/** Whether a line of base64 ends there. */
function endsLine(bytes: Buffer, end: number): boolean {
  let at = end - 1;
  while (at >= 0 && end - at <= shortestLine && base64Digits[bytes[at] ?? 0] === 1) at -= 1;
  return end - at > shortestLine;
}

const shortestRun = 24;

/** What stands in base64 in long runs: data addresses, tokens, parts of mails. */
function base64(bytes: Buffer): Buffer | null {
  const found: Buffer[] = [];
  for (const [from, to] of runsOf(bytes, base64Digits, shortestRun))
    found.push(Buffer.from(bytes.toString('latin1', from, to), 'base64'), Buffer.from('\n'));
  return found.length === 0 ? null : Buffer.concat(found);
}

const rounds = 3;

export interface Spelling {
  bytes: Buffer;
  /** What stood apart stands together: a form at such a seam says nothing. */
  seams: boolean;
}

/** Everything that these bytes may spell beside themselves. */
export function* spellings(bytes: Buffer): Generator<Spelling> {
  const quoted = quotedPrintable(bytes);
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
