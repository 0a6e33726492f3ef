/** Digests that WARC records declare of themselves (WARC 1.1, sections 5.8 and 5.9): `sha1:` and its kind. */
import { toHex } from '../digest/sha256.ts';
import type { RecordAlgorithm, RunningHash, WarcTools } from './tools.ts';

/**
 * 'not-checkable': the digest speaks of bytes that this record does not hold (a revisit, a segment), or the
 * record is damaged.
 */
export type DigestCheck = 'ok' | 'differs' | 'not-declared' | 'unknown-algorithm' | 'not-checkable';

const algorithms: readonly RecordAlgorithm[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  let out = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += BASE32[(held >> bits) & 31];
    }
  }
  return bits > 0 ? out + BASE32[(held << (5 - bits)) & 31] : out;
}

/** One declared digest, and the running hash over the bytes it speaks of. */
export class DeclaredDigest {
  readonly #value: string | null;
  readonly #hash: RunningHash | null;

  /** @param declared the header's value, attacker-controlled; null where the record declares none */
  constructor(declared: string | null, { hash }: Pick<WarcTools, 'hash'>) {
    const [, label = '', value = ''] =
      /^\s*([A-Za-z0-9-]{1,16}):\s*(\S{1,200})\s*$/.exec(declared ?? '') ?? [];
    const key = label.toLowerCase().replace('-', '');
    this.#value = declared === null ? null : value;
    const algorithm = algorithms.find((known) => known === key);
    this.#hash = algorithm === undefined ? null : hash(algorithm);
  }

  get declared(): boolean {
    return this.#value !== null;
  }

  update(bytes: Uint8Array): void {
    this.#hash?.update(bytes);
  }

  /** To be called once. Base32 is what the standard shows; hexadecimal and base64 are what tools write, too. */
  check(): DigestCheck {
    if (this.#value === null) return 'not-declared';
    if (this.#hash === null) return 'unknown-algorithm';
    const digest = this.#hash.digest();
    const value = this.#value.replace(/=+$/, '');
    const base64 = btoa(String.fromCharCode(...digest)).replace(/=+$/, '');
    const written = [base32(digest), base64, base64.replaceAll('+', '-').replaceAll('/', '_')];
    const same =
      written.includes(value) || value.toUpperCase() === written[0] || value.toLowerCase() === toHex(digest);
    return same ? 'ok' : 'differs';
  }
}
