/** Ed25519 (RFC 8032) by node:crypto, and keys for it. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { HoldfastError } from '../../contract/errors.ts';
import { concatBytes, fromHex } from '../digest/sha256.ts';
import type { Ed25519 } from './ed25519.ts';
import type { NoteSigner } from './note.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410, section 4). */
const spkiPrefix = fromHex('302a300506032b6570032100');

export const nodeEd25519: Ed25519 = {
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      const key = createPublicKey({
        key: Buffer.from(concatBytes(spkiPrefix, publicKey)),
        format: 'der',
        type: 'spki',
      });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};

/** A new key pair: the private one as PKCS#8 in DER (RFC 8410, section 7), unencrypted; the public one as 32 bytes. */
export function makeLogKey(): { pkcs8: Uint8Array; publicKey: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }), publicKey: rawPublicKey(publicKey) };
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length));
}

/** Signs as `name` with a key as `makeLogKey` gives it. Errors: `bad-input` for another kind of key. */
export function noteSigner(name: string, pkcs8: Uint8Array): NoteSigner {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new HoldfastError('bad-input', 'Expected a private key as PKCS#8 in DER.', { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new HoldfastError('bad-input', `Expected an Ed25519 key, found ${key.asymmetricKeyType}.`);
  }
  return { name, publicKey: rawPublicKey(createPublicKey(key)), sign: (text) => sign(null, text, key) };
}
