/** Triple DES in CBC mode, decryption only: old files of organisations. WebCrypto has none, Node and Electron have. */
import { createDecipheriv } from 'node:crypto';

/** `key`: 24 bytes, or 16 where the first key is used again as the third. Null where the padding does not fit. */
export function tripleDesDecrypt(key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array | null {
  try {
    const whole = key.length === 16 ? Uint8Array.of(...key, ...key.subarray(0, 8)) : key;
    const decipher = createDecipheriv('des-ede3-cbc', whole, iv);
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  } catch {
    // With a key and a vector of the right lengths, only the padding or the length of the data can be wrong.
    return null;
  }
}
