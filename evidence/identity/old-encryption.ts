/**
 * The passphrase encryption of PKCS #12 itself (RFC 7292, appendix C): SHA-1 with triple DES or RC2. Windows writes
 * it unless told otherwise, and so did openssl and Java for twenty years. It is read, so that an organisation's file
 * can be taken over, and never written.
 */
import { Integer, OctetString, Sequence } from 'asn1js';
import type { AlgorithmIdentifier } from 'pkijs';
import { oids } from './oids.ts';
import { checkIterations } from './pbes2.ts';
import { pkcs12Key, pkcs12Purposes } from './pkcs12-kdf.ts';
import { rc2CbcDecrypt } from './rc2.ts';
import { tripleDesDecrypt } from './triple-des.ts';

interface OldScheme {
  cipher: 'des-ede3' | 'des-ede' | 'rc2';
  keyBytes: number;
}

const schemes = new Map<string, OldScheme>([
  [oids.pbeSha1And3Des, { cipher: 'des-ede3', keyBytes: 24 }],
  [oids.pbeSha1And2Key3Des, { cipher: 'des-ede', keyBytes: 16 }],
  [oids.pbeSha1And128Rc2, { cipher: 'rc2', keyBytes: 16 }],
  [oids.pbeSha1And40Rc2, { cipher: 'rc2', keyBytes: 5 }],
]);

export function isOldEncryption({ algorithmId }: AlgorithmIdentifier): boolean {
  return schemes.has(algorithmId);
}

/**
 * Decrypts; null where the padding does not fit. `passphrase` is encoded by `bmpPassphrase`. Throws
 * `identity-not-supported` for an excessive iteration count, an `Error` for parameters that are none.
 */
export function oldDecrypt(
  passphrase: Uint8Array,
  { algorithmId, algorithmParams }: AlgorithmIdentifier,
  encrypted: Uint8Array,
): Uint8Array | null {
  const scheme = schemes.get(algorithmId);
  if (scheme === undefined) throw new Error(`${algorithmId} is no encryption of PKCS #12`);
  const { salt, iterations } = readParameters(algorithmParams);
  const derive = (purpose: number, length: number) =>
    pkcs12Key('SHA-1', purpose, passphrase, salt, iterations, length);
  const key = derive(pkcs12Purposes.key, scheme.keyBytes);
  const iv = derive(pkcs12Purposes.initialisationVector, 8);
  return scheme.cipher === 'rc2' ? rc2CbcDecrypt(key, iv, encrypted) : tripleDesDecrypt(key, iv, encrypted);
}

/** pkcs-12PbeParams: a salt and a count. */
function readParameters(parameters: unknown): { salt: Uint8Array; iterations: number } {
  const [salt, count] = parameters instanceof Sequence ? parameters.valueBlock.value : [];
  if (!(salt instanceof OctetString) || !(count instanceof Integer)) {
    throw new Error('the parameters of its encryption are none');
  }
  const iterations = count.valueBlock.valueDec;
  checkIterations(iterations);
  return { salt: new Uint8Array(salt.getValue()), iterations };
}
