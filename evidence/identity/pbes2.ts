/** Passphrase encryption: PBES2 with PBKDF2 and AES-CBC (RFC 8018, sections 5.2 and 6.2), by WebCrypto. */

import type { BaseBlock } from 'asn1js';
import { OctetString } from 'asn1js';
import { type AlgorithmIdentifier, PBES2Params, PBKDF2Params } from 'pkijs';
import { algorithm, integer, octets, ownBytes, sequence } from './der-encode.ts';
import { unsupported } from './identity.ts';
import { oids } from './oids.ts';
import { tripleDesDecrypt } from './triple-des.ts';

/** What `writePkcs12` uses for encryption and integrity alike. */
export const writtenIterations = 600_000;
/**
 * Iteration counts are attacker-controlled: more than this is refused rather than computed for minutes.
 * It is the largest that fits in three bytes: asn1js gives longer numbers as 0.
 */
const maxIterations = 8_388_607;

const prfs = new Map<string, string>([
  [oids.hmacWithSha1, 'SHA-1'],
  [oids.hmacWithSha256, 'SHA-256'],
  [oids.hmacWithSha384, 'SHA-384'],
  [oids.hmacWithSha512, 'SHA-512'],
]);

const ciphers = new Map<string, { name: 'AES' | 'triple DES'; keyBits: number; ivBytes: number }>([
  [oids.aes128Cbc, { name: 'AES', keyBits: 128, ivBytes: 16 }],
  [oids.aes192Cbc, { name: 'AES', keyBits: 192, ivBytes: 16 }],
  [oids.aes256Cbc, { name: 'AES', keyBits: 256, ivBytes: 16 }],
  [oids.desEde3Cbc, { name: 'triple DES', keyBits: 192, ivBytes: 8 }],
]);

interface Scheme {
  prf: string;
  salt: Uint8Array;
  iterations: number;
  cipher: 'AES' | 'triple DES';
  keyBits: number;
  iv: Uint8Array;
}

const convert =
  'Convert the file with openssl pkcs12, which writes AES-256-CBC with PBKDF2 since version 3.0';

/** Encrypts under a passphrase (UTF-8), with a fresh salt and initialisation vector. */
export async function pbes2Encrypt(
  passphrase: Uint8Array,
  plain: Uint8Array,
): Promise<{ algorithm: BaseBlock; encrypted: Uint8Array }> {
  const random = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length));
  const scheme: Scheme = {
    prf: 'SHA-256',
    salt: random(16),
    iterations: writtenIterations,
    cipher: 'AES',
    keyBits: 256,
    iv: random(16),
  };
  const key = await aesKey(await derive(passphrase, scheme), 'encrypt');
  const cipher = { name: 'AES-CBC', iv: ownBytes(scheme.iv) };
  const encrypted = new Uint8Array(await globalThis.crypto.subtle.encrypt(cipher, key, ownBytes(plain)));
  const derivation = sequence(
    octets(scheme.salt),
    integer(scheme.iterations),
    algorithm(oids.hmacWithSha256, 'null'),
  );
  const parameters = sequence(
    algorithm(oids.pbkdf2, derivation),
    algorithm(oids.aes256Cbc, octets(scheme.iv)),
  );
  return { algorithm: algorithm(oids.pbes2, parameters), encrypted };
}

/**
 * Decrypts; null where the padding does not fit, which with the right passphrase means damaged bytes.
 * Throws `identity-not-supported` for other schemes and for excessive iteration counts.
 */
export async function pbes2Decrypt(
  passphrase: Uint8Array,
  identifier: AlgorithmIdentifier,
  encrypted: Uint8Array,
): Promise<Uint8Array | null> {
  const scheme = readScheme(identifier);
  const secret = await derive(passphrase, scheme);
  if (scheme.cipher === 'triple DES') return tripleDesDecrypt(secret, scheme.iv, encrypted);
  const key = await aesKey(secret, 'decrypt');
  const cipher = { name: 'AES-CBC', iv: ownBytes(scheme.iv) };
  return globalThis.crypto.subtle.decrypt(cipher, key, ownBytes(encrypted)).then(
    (plain) => new Uint8Array(plain),
    () => null,
  );
}

function readScheme(identifier: AlgorithmIdentifier): Scheme {
  if (identifier.algorithmId !== oids.pbes2) {
    throw unsupported(`its encryption (${identifier.algorithmId}) is an old or unknown one`, convert);
  }
  const { keyDerivationFunc, encryptionScheme } = new PBES2Params({ schema: identifier.algorithmParams });
  if (keyDerivationFunc.algorithmId !== oids.pbkdf2) {
    throw unsupported(`its key derivation (${keyDerivationFunc.algorithmId}) is not PBKDF2`, convert);
  }
  const { salt, iterationCount, prf } = new PBKDF2Params({ schema: keyDerivationFunc.algorithmParams });
  // RFC 8018, appendix A.2: without a function named, it is HMAC with SHA-1.
  const prfName = prfs.get(prf?.algorithmId ?? oids.hmacWithSha1);
  const cipher = ciphers.get(encryptionScheme.algorithmId);
  const iv: unknown = encryptionScheme.algorithmParams;
  if (
    prfName === undefined ||
    cipher === undefined ||
    !(salt instanceof OctetString) ||
    !(iv instanceof OctetString)
  ) {
    throw unsupported('its encryption is not PBKDF2 with HMAC-SHA and AES-CBC or triple DES', convert);
  }
  checkIterations(iterationCount);
  const ivBytes = new Uint8Array(iv.getValue());
  if (ivBytes.length !== cipher.ivBytes) {
    throw unsupported(`its initialisation vector is not of ${cipher.ivBytes} bytes`, convert);
  }
  return {
    prf: prfName,
    salt: new Uint8Array(salt.getValue()),
    iterations: iterationCount,
    cipher: cipher.name,
    keyBits: cipher.keyBits,
    iv: ivBytes,
  };
}

export function checkIterations(count: number): void {
  if (!Number.isSafeInteger(count) || count < 1 || count > maxIterations) {
    throw unsupported(`its iteration count is not between 1 and ${maxIterations}`, convert);
  }
}

async function derive(passphrase: Uint8Array, scheme: Scheme): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const derivation = {
    name: 'PBKDF2',
    hash: scheme.prf,
    salt: ownBytes(scheme.salt),
    iterations: scheme.iterations,
  };
  const base = await subtle.importKey('raw', ownBytes(passphrase), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await subtle.deriveBits(derivation, base, scheme.keyBits));
}

function aesKey(secret: Uint8Array, usage: 'encrypt' | 'decrypt') {
  return globalThis.crypto.subtle.importKey('raw', ownBytes(secret), 'AES-CBC', false, [usage]);
}
