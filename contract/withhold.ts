/**
 * Finding session secrets in bytes and writing markers of the same length over them. The recorder does it while
 * bytes pass, the archive once more when it seals: a secret can become known after a body that holds it.
 */

/** Shorter values stand everywhere by chance. */
export const minSecretLength = 6;

/** A secret, and the marker that stands for it. */
export interface Searched {
  /** 'Cookie: sid' */
  name: string;
  secret: string;
  /** `withheld:` and the first 16 digits of the commitment. */
  marker: string;
}

/** What stands for a secret in headers, addresses and request bodies. `commitment` in hexadecimal. */
export function markerOf(commitment: string): string {
  return `withheld:${commitment.slice(0, 16)}`;
}

interface Form {
  bytes: Uint8Array;
  /** Of the same length. */
  replacement: Uint8Array;
  searched: Searched;
}

const encoder = new TextEncoder();
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** `marker`, cut or filled up to `length` characters, in the characters that `alphabet` allows. */
export function markerOfLength(marker: string, length: number, alphabet: 'any' | 'base64' = 'any'): string {
  const text = alphabet === 'any' ? marker : marker.replace(':', '');
  return text.slice(0, length).padEnd(length, alphabet === 'any' ? '*' : 'A');
}

/**
 * The spellings in which a secret stands in pages, scripts, addresses and JSON: plain, percent-encoded, escaped for
 * JSON, JavaScript and HTML. Longest first. Other mixtures of escapes are not known.
 */
export function spellingsOf(secret: string): string[] {
  const spellings = new Set<string>();
  for (const value of [secret, percentDecoded(secret)]) {
    const percent = percentEncoded(value);
    const json = JSON.stringify(value).slice(1, -1);
    spellings.add(value);
    spellings.add(percent);
    spellings.add(percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    spellings.add(percent.replaceAll('%20', '+'));
    spellings.add(
      percent.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    );
    spellings.add(json);
    spellings.add(json.replaceAll('/', '\\/'));
    for (const signs of [/[&<>'=]/g, /[&<>]/g, /[&<>'=/+]/g]) {
      const escaped = json.replace(signs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
      spellings.add(escaped);
      spellings.add(escaped.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`));
    }
    for (const [quote, apostrophe] of [
      ['&quot;', '&#39;'],
      ['&quot;', '&#x27;'],
      ['&#34;', '&#39;'],
      ['"', "'"],
    ] as const) {
      const html = value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', quote)
        .replaceAll("'", apostrophe);
      spellings.add(html);
      spellings.add(html.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'));
    }
  }
  return [...spellings]
    .filter((spelling) => spelling.length >= minSecretLength)
    .sort((a, b) => b.length - a.length);
}

function percentEncoded(value: string): string {
  // A lone surrogate has no percent-encoding.
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function formsOf(searched: Searched): Form[] {
  const { secret, marker } = searched;
  const forms = new Map<string, Form>();
  const add = (bytes: Uint8Array, replacement: Uint8Array): void => {
    if (bytes.length >= minSecretLength) forms.set(bytes.join(), { bytes, replacement, searched });
  };
  for (const spelling of spellingsOf(secret)) {
    const bytes = encoder.encode(spelling);
    add(bytes, encoder.encode(markerOfLength(marker, bytes.length)));
  }
  for (const littleEndian of [true, false]) {
    add(utf16(secret, littleEndian), utf16(markerOfLength(marker, secret.length), littleEndian));
  }
  for (const core of base64Cores(encoder.encode(secret))) {
    const replacement = encoder.encode(markerOfLength(marker, core.length, 'base64'));
    add(encoder.encode(core), replacement);
    add(encoder.encode(core.replaceAll('+', '-').replaceAll('/', '_')), replacement);
  }
  return [...forms.values()];
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < text.length; n += 1) view.setUint16(n * 2, text.charCodeAt(n), littleEndian);
  return bytes;
}

/**
 * The digits of base64 that depend on nothing but these bytes, for each of the three places in a group at which
 * they can begin. Cores under 12 digits stand for too few bytes to be told from chance.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const firstBit = before * 8;
    const lastBit = firstBit + bytes.length * 8;
    const bitAt = (bit: number): number => ((bytes[(bit - firstBit) >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
    let core = '';
    for (let bit = Math.ceil(firstBit / 6) * 6; bit + 6 <= lastBit; bit += 6) {
      let digit = 0;
      for (let n = 0; n < 6; n += 1) digit = digit * 2 + bitAt(bit + n);
      core += base64Alphabet[digit] ?? '';
    }
    return core.length >= 12 ? [core] : [];
  });
}

/**
 * What is searched for, made ready once for many bodies: all forms at once by the algorithm of Wu and Manber (1994),
 * whose table says how far the search may jump after looking at two bytes.
 */
export class SecretIndex {
  readonly #buckets = new Map<number, Form[]>();
  readonly #jumps: Uint8Array;
  /** Lengths in bytes of the shortest form (of long ones a beginning) and of the longest; 0: nothing is searched for. */
  readonly shortest: number;
  readonly longest: number;

  constructor(secrets: Iterable<Searched>) {
    const forms = [...secrets].flatMap(formsOf).sort((a, b) => b.bytes.length - a.bytes.length);
    this.longest = forms[0]?.bytes.length ?? 0;
    this.shortest = Math.min(forms.at(-1)?.bytes.length ?? 0, 255);
    const last = this.shortest - 2;
    this.#jumps = new Uint8Array(forms.length === 0 ? 0 : 65_536).fill(last + 1);
    for (const form of forms) this.#add(form, last);
  }

  #add(form: Form, last: number): void {
    for (let n = 0; n <= last; n += 1) {
      const block = pairAt(form.bytes, n);
      this.#jumps[block] = Math.min(this.#jumps[block] ?? 0, last - n);
    }
    const block = pairAt(form.bytes, last);
    const bucket = this.#buckets.get(block);
    if (bucket === undefined) this.#buckets.set(block, [form]);
    else bucket.push(form);
  }

  /** How far the search may go on from `at`; 0: a form may stand there. */
  jumpAt(bytes: Uint8Array, at: number): number {
    return this.#jumps[pairAt(bytes, at + this.shortest - 2)] ?? 1;
  }

  /** The longest form that stands at `at`. */
  formAt(bytes: Uint8Array, at: number): Form | undefined {
    const bucket = this.#buckets.get(pairAt(bytes, at + this.shortest - 2));
    return bucket?.find((form) => standsAt(bytes, at, form.bytes));
  }
}

/** A stream of bytes with every known secret replaced. */
export class Withholder {
  readonly #index: SecretIndex;
  #rest: Uint8Array = new Uint8Array(0);
  /** The secrets that were found, as often as they were found. */
  readonly found = new Map<Searched, number>();

  constructor(secrets: Iterable<Searched> | SecretIndex) {
    this.#index = secrets instanceof SecretIndex ? secrets : new SecretIndex(secrets);
  }

  /** Takes the next bytes; gives those that are decided. What is given may share the memory of what was taken. */
  push(bytes: Uint8Array): Uint8Array {
    return this.#search(bytes, false);
  }

  /** No more will come: gives what was held back. */
  end(): Uint8Array {
    return this.#search(new Uint8Array(0), true);
  }

  /** Gives what was held back as it is, for a search that knows more; this one is over. */
  release(): Uint8Array {
    const held = this.#rest;
    this.#rest = new Uint8Array(0);
    return held;
  }

  /** The whole at once. */
  replace(bytes: Uint8Array): Uint8Array {
    return this.#search(bytes, true);
  }

  #search(more: Uint8Array, final: boolean): Uint8Array {
    const index = this.#index;
    if (index.longest === 0) return more;
    let bytes = joined(this.#rest, more);
    let ours = bytes !== more;
    // Before the end of the stream a form may still go on beyond what is here.
    const stop = bytes.length - (final ? index.shortest : index.longest);
    let at = 0;
    while (at <= stop) {
      const jump = index.jumpAt(bytes, at);
      if (jump > 0) {
        at += jump;
        continue;
      }
      const form = index.formAt(bytes, at);
      if (form === undefined) {
        at += 1;
        continue;
      }
      if (!ours) bytes = bytes.slice();
      ours = true;
      bytes.set(form.replacement, at);
      this.found.set(form.searched, (this.found.get(form.searched) ?? 0) + 1);
      at += form.bytes.length;
    }
    const decided = final ? bytes.length : Math.min(at, bytes.length);
    this.#rest = bytes.slice(decided);
    return bytes.subarray(0, decided);
  }
}

function pairAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function standsAt(bytes: Uint8Array, at: number, form: Uint8Array): boolean {
  if (at + form.length > bytes.length) return false;
  for (let n = 0; n < form.length; n += 1) if (bytes[at + n] !== form[n]) return false;
  return true;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
