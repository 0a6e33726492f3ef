/**
 * Exact words that are looked for in bytes: plain, in UTF-16, in base64 at each place of a group, in hexadecimal; small
 * and capital letters alike.
 */

export interface Sought {
  /** What kind of thing it is; what is found is told under it. */
  code: string;
  value: string;
  /** Counts only where no letter or digit stands beside it: a short name stands inside many words. */
  alone?: boolean;
}

interface Form {
  bytes: Uint8Array;
  sought: Sought;
  alone: boolean;
}

/** ASCII capitals as small letters; every other byte as it is. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

function fold(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => folded[byte] ?? byte);
}

/** Letters that are not ASCII have no fold in bytes: each of these is looked for. */
function writings(value: string): Set<string> {
  const forms = new Set<string>();
  for (const text of [value, value.toLowerCase(), value.toUpperCase()])
    for (const form of ['NFC', 'NFD'] as const) forms.add(text.normalize(form));
  return forms.add(value);
}

function formsOf(sought: Sought): Form[] {
  const alone = sought.alone ?? false;
  const form = (bytes: Uint8Array, single = false): Form => ({ bytes: fold(bytes), sought, alone: single });
  return [...writings(sought.value)].flatMap((text) => {
    const plain = Buffer.from(text);
    const wide = Buffer.from(text, 'utf16le');
    // swap16 works in place.
    const turned = Buffer.from(wide).swap16();
    return [
      form(plain, alone),
      form(wide),
      form(turned),
      ...[plain, wide].flatMap(base64Cores).map((core) => form(Buffer.from(core))),
      ...[plain, turned]
        .map((bytes) => bytes.toString('hex'))
        .flatMap((hex) => (hex.length < 12 ? [] : [form(Buffer.from(hex))])),
    ];
  });
}

/** The digits that depend on nothing but these bytes; fewer than eight are no sign of them. */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return core.length < 8 ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    byte >= 0x80 || (byte >= 48 && byte <= 57) || ((folded[byte] ?? 0) - 97 < 26 && (folded[byte] ?? 0) >= 97)
  );
}

/** All words at once; made once for many bytes. */
export class Needles {
  readonly #starts = new Uint8Array(65_536);
  readonly #byStart = new Map<number, Form[]>();
  /** Bytes of the longest form; 0: nothing is looked for. */
  readonly longest: number;

  /** Values under two characters are passed over: they stand everywhere. */
  constructor(sought: readonly Sought[]) {
    const forms = sought.filter(({ value }) => value.length > 1).flatMap(formsOf);
    this.longest = Math.max(0, ...forms.map(({ bytes }) => bytes.length));
    for (const form of forms) {
      const start = pairAt(form.bytes, 0);
      this.#starts[start] = 1;
      const same = this.#byStart.get(start);
      if (same === undefined) this.#byStart.set(start, [form]);
      else same.push(form);
    }
  }

  /** Calls `found` for each place at which one stands. */
  find(bytes: Uint8Array, found: (sought: Sought) => void): void {
    if (this.longest === 0) return;
    const starts = this.#starts;
    let before = folded[bytes[0] ?? 0] ?? 0;
    for (let at = 1; at < bytes.length; at += 1) {
      const byte = folded[bytes[at] ?? 0] ?? 0;
      if (starts[(before << 8) | byte] === 1) this.#at(bytes, at - 1, found);
      before = byte;
    }
  }

  #at(bytes: Uint8Array, at: number, found: (sought: Sought) => void): void {
    const start = ((folded[bytes[at] ?? 0] ?? 0) << 8) | (folded[bytes[at + 1] ?? 0] ?? 0);
    for (const { bytes: form, sought, alone } of this.#byStart.get(start) ?? []) {
      if (!standsAt(bytes, at, form)) continue;
      if (alone && (isWordByte(bytes[at - 1]) || isWordByte(bytes[at + form.length]))) continue;
      found(sought);
    }
  }
}

function pairAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function standsAt(bytes: Uint8Array, at: number, form: Uint8Array): boolean {
  if (at + form.length > bytes.length) return false;
  for (let n = 2; n < form.length; n += 1) if (folded[bytes[at + n] ?? 0] !== form[n]) return false;
  return true;
}
