/**
 * The SQLCipher 4 page format, as far as a whole file is concerned: deriving the key, telling whether a page is as it
 * was written, and writing pages anew under another key (docs/decisions/archive-safety.md says why not by SQLite).
 *
 * A page is ciphertext (AES-256-CBC), a vector of 16 bytes, and an HMAC-SHA512 over both and the page's number. The
 * first 16 bytes of the first page are the salt instead of SQLite's own mark.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2,
  pbkdf2Sync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { pageSize } from './page-size.ts';

/** The raw key of an archive, and the salt that it was derived with. */
export interface ArchiveKey {
  /** 32 bytes. */
  key: Uint8Array;
  /** 16 bytes, in clear at the beginning of the file. */
  salt: Uint8Array;
}

export const keyLength = 32;
export const saltBytes = 16;

const rounds = 256_000;
const vectorLength = 16;
const macLength = 64;
/** Bytes at the end of a page that hold no content. */
const reserved = vectorLength + macLength;
const plainMark = Buffer.from('SQLite format 3\0');
const derive = promisify(pbkdf2);

/** PBKDF2-HMAC-SHA512 as SQLCipher 4 does it; some 0.15 s, on a thread of its own. */
export async function deriveKey(passphrase: string, salt: Uint8Array): Promise<ArchiveKey> {
  return { key: await derive(Buffer.from(passphrase, 'utf8'), salt, rounds, keyLength, 'sha512'), salt };
}

/** A key with a salt of its own, for a new file. */
export function newKey(passphrase: string): Promise<ArchiveKey> {
  return deriveKey(passphrase, randomBytes(saltBytes));
}

/** What SQLite is given as the key: `x'<key><salt>'`. */
export function rawKey({ key, salt }: ArchiveKey): Buffer {
  return Buffer.from(`x'${Buffer.from(key).toString('hex')}${Buffer.from(salt).toString('hex')}'`);
}

export function sameKey(a: ArchiveKey, b: ArchiveKey): boolean {
  return timingSafeEqual(a.key, b.key) && timingSafeEqual(a.salt, b.salt);
}

export class PageCipher {
  readonly #key: Uint8Array;
  readonly #macKey: Buffer;
  readonly #salt: Uint8Array;

  constructor({ key, salt }: ArchiveKey) {
    this.#key = key;
    this.#salt = salt;
    this.#macKey = pbkdf2Sync(
      key,
      salt.map((byte) => byte ^ 0x3a),
      2,
      keyLength,
      'sha512',
    );
  }

  /** Whether this is page `n` (from 1) as it was written under this key. */
  isWhole(page: Uint8Array, n: number): boolean {
    const found = page.subarray(pageSize - macLength);
    return timingSafeEqual(this.#mac(page, n), found);
  }

  /** The content of page `n`, its reserved bytes zero; null where the page is not as it was written. */
  open(page: Uint8Array, n: number): Buffer | null {
    if (!this.isWhole(page, n)) return null;
    const vector = page.subarray(pageSize - reserved, pageSize - macLength);
    const decipher = createDecipheriv('aes-256-cbc', this.#key, vector).setAutoPadding(false);
    const start = startOf(n);
    const content = decipher.update(page.subarray(start, pageSize - reserved));
    const plain = Buffer.alloc(pageSize);
    plain.set(content, start);
    if (n === 1) plain.set(plainMark);
    return plain;
  }

  /** Page `n` with this content, under this key. */
  seal(content: Uint8Array, n: number): Buffer {
    const page = Buffer.alloc(pageSize);
    const vector = randomBytes(vectorLength);
    const cipher = createCipheriv('aes-256-cbc', this.#key, vector).setAutoPadding(false);
    const start = startOf(n);
    page.set(cipher.update(content.subarray(start, pageSize - reserved)), start);
    page.set(vector, pageSize - reserved);
    page.set(this.#mac(page, n), pageSize - macLength);
    if (n === 1) page.set(this.#salt);
    return page;
  }

  #mac(page: Uint8Array, n: number): Buffer {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(n);
    return createHmac('sha512', this.#macKey)
      .update(page.subarray(startOf(n), pageSize - macLength))
      .update(number)
      .digest();
  }
}

function startOf(n: number): number {
  return n === 1 ? saltBytes : 0;
}
