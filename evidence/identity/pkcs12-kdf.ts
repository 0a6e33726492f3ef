/** The key derivation of PKCS #12 (RFC 7292, appendix B), and the two encodings of a passphrase in it. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { HoldfastError } from '../../contract/errors.ts';
import { concatBytes } from '../digest/sha256.ts';

export const macDigests = { 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const;
export type MacDigest = keyof typeof macDigests;

/** What a key is for (RFC 7292, appendix B.3). */
export const pkcs12Purposes = { key: 1, initialisationVector: 2, integrity: 3 } as const;

/**
 * The MAC key: as long as the digest. `passphrase` is encoded by `bmpPassphrase`.
 * Synchronous on purpose: 600,000 rounds take about half a second, an awaited digest a round would take minutes.
 */
export function pkcs12MacKey(
  digest: MacDigest,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Uint8Array {
  const { outputLen } = macDigests[digest];
  return pkcs12Key(digest, pkcs12Purposes.integrity, passphrase, salt, iterations, outputLen);
}

/** `length` bytes of key material for one of `pkcs12Purposes` (appendix B.2). */
export function pkcs12Key(
  digest: MacDigest,
  purpose: number,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const hash = macDigests[digest];
  const { blockLen } = hash;
  const diversifier = new Uint8Array(blockLen).fill(purpose);
  const input = concatBytes(fill(salt, blockLen), fill(passphrase, blockLen));
  const key = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    let block = hash(concatBytes(diversifier, input));
    for (let round = 1; round < iterations; round++) block = hash(block);
    key.set(block.subarray(0, length - done), done);
    done += block.length;
    if (done < length) addToEach(input, fill(block, blockLen).subarray(0, blockLen), blockLen);
  }
  return key;
}

/** Step 6C: every block of `input` becomes the sum of it, `block` and one, as big-endian numbers. */
function addToEach(input: Uint8Array, block: Uint8Array, blockLength: number): void {
  for (let start = 0; start < input.length; start += blockLength) {
    let carry = 1;
    for (let i = blockLength - 1; i >= 0; i--) {
      const sum = (input[start + i] ?? 0) + (block[i] ?? 0) + carry;
      input[start + i] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}

/** Copies of `bytes`, the last one cut, up to a whole number of blocks. */
function fill(bytes: Uint8Array, blockLength: number): Uint8Array {
  const length = blockLength * Math.ceil(bytes.length / blockLength);
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length] ?? 0);
}

/**
 * UTF-16, big endian, with two zero bytes at the end (RFC 7292, appendix B.1). RFC 7292 says BMPString, which
 * has no characters beyond U+FFFF; openssl since 1.1 and GnuTLS write those as surrogate pairs, and so does this.
 */
export function bmpPassphrase(passphrase: string): Uint8Array {
  const bytes = new Uint8Array(2 * passphrase.length + 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < passphrase.length; i++) view.setUint16(2 * i, passphrase.charCodeAt(i));
  return bytes;
}

/**
 * UTF-8, for PBES2. The characters are taken as they are, never normalised: openssl does not either, and would
 * no longer open the file. Throws `bad-input` for an empty passphrase, and for one with NUL or half a surrogate
 * pair, which cannot be typed into other tools.
 */
export function utf8Passphrase(passphrase: string): Uint8Array<ArrayBuffer> {
  if (passphrase === '' || passphrase.includes('\0') || !passphrase.isWellFormed()) {
    throw new HoldfastError(
      'bad-input',
      'The passphrase of an identity must not be empty and must be plain text without NUL. Choose another one.',
    );
  }
  return new TextEncoder().encode(passphrase);
}
