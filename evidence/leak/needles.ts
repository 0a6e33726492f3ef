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
  /** Looked for as it is written, and in no other form. */
  asWritten?: boolean;
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
  if (sought.asWritten === true) return [form(Buffer.from(sought.value), alone)];
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

/** Each once: most words are written the same in several ways. */
function distinct(forms: readonly Form[]): Form[] {
  const known = new Map<string, Form>();
  for (const form of forms) {
    const key = `${form.sought.code} ${form.alone} ${form.sought.value}\n${Buffer.from(form.bytes).toString('latin1')}`;
    if (!known.has(key)) known.set(key, form);
  }
  return [...known.values()];
}

/** The digits that depend on nothing but these bytes; fewer than eight are no sign of them. */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return core.length < 8 ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Where bytes go on that are not here: what stands at such an end is found whole in the bytes before or behind. */
export interface Cut {
  before: boolean;
  after: boolean;
}

const whole: Cut = { before: false, after: false };

function standsAlone(bytes: Uint8Array, from: number, to: number, { before, after }: Cut): boolean {
  const begins = from === 0 ? !before : !isWordByte(bytes[from - 1] ?? 0);
  return begins && (to === bytes.length ? !after : !isWordByte(bytes[to] ?? 0));
}

function isWordByte(byte: number): boolean {
  return (
    byte >= 0x80 || (byte >= 48 && byte <= 57) || ((folded[byte] ?? 0) - 97 < 26 && (folded[byte] ?? 0) >= 97)
  );
}

/**
 * Three bytes by which a form is recognised, five bits of each: a capital has those of its small letter. Only every other
 * place is looked at, so there are those at its beginning and those one byte on.
 */
const headLength = 3;
const headCount = 2 ** (5 * headLength);

/** Every head that a form of these bytes can have from there; a short one goes along with whatever stands behind it. */
function* headsOf(bytes: Uint8Array, from: number): Generator<number> {
  const own = bytes.subarray(from, from + headLength);
  let head = 0;
  for (const byte of own) head = (head << 5) | (byte & 31);
  const free = 5 * (headLength - own.length);
  for (let rest = 0; rest < 1 << free; rest += 1) yield (head << free) | rest;
}

/** All words at once; made once for many bytes. */
export class Needles {
  /** 1 for a head that a form has. */
  readonly #heads = new Uint8Array(headCount);
  /** By their first two bytes; 1 for a pair that a form has. */
  readonly #byStart = new Map<number, Form[]>();
  readonly #starts = new Uint8Array(256 * 256);

  /** Values under two characters are passed over: they stand everywhere. */
  constructor(sought: readonly Sought[]) {
    const forms = distinct(sought.filter(({ value }) => value.length > 1).flatMap(formsOf));
    for (const form of forms) {
      for (const from of [0, 1]) for (const head of headsOf(form.bytes, from)) this.#heads[head] = 1;
      const start = pairAt(form.bytes, 0);
      this.#starts[start] = 1;
      const same = this.#byStart.get(start);
      if (same === undefined) this.#byStart.set(start, [form]);
      else same.push(form);
    }
  }

  /** Calls `found` for each place at which one stands. `cut`: where these bytes are cut out of more, they do not end. */
  find(bytes: Uint8Array, found: (sought: Sought) => void, cut: Cut = whole): void {
    if (this.#byStart.size === 0) return;
    const heads = this.#heads;
    let head = (bytes[0] ?? 0) & 31;
    let at = 2;
    for (; at < bytes.length; at += 2) {
      head = ((head << 10) | (((bytes[at - 1] ?? 0) & 31) << 5) | ((bytes[at] ?? 0) & 31)) & (headCount - 1);
      if (heads[head] !== 1) continue;
      this.#at(bytes, at - 3, found, cut);
      this.#at(bytes, at - 2, found, cut);
    }
    // Short forms at the end, where no whole head stands.
    for (at -= 3; at < bytes.length; at += 1) this.#at(bytes, at, found, cut);
  }

  #at(bytes: Uint8Array, at: number, found: (sought: Sought) => void, cut: Cut): void {
    if (at < 0) return;
    const start = ((folded[bytes[at] ?? 0] ?? 0) << 8) | (folded[bytes[at + 1] ?? 0] ?? 0);
    if (this.#starts[start] !== 1) return;
    for (const { bytes: form, sought, alone } of this.#byStart.get(start) ?? []) {
      if (!standsAt(bytes, at, form)) continue;
      if (alone && !standsAlone(bytes, at, at + form.length, cut)) continue;
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
