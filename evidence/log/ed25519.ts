/**
 * Ed25519 (RFC 8032) as the custody log sees it: injected, because WebCrypto has it in no Chromium before 137.
 * This one runs everywhere; ed25519-node.ts is the same by node:crypto, and faster.
 */
import { ed25519 } from '@noble/curves/ed25519.js';

export interface Ed25519 {
  /** Whether the 64 bytes of `signature` are by the 32 bytes of `publicKey` over `message`. Never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export const portableEd25519: Ed25519 = {
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      // Not ZIP 215, which lets other spellings of a point through: RFC 8032 as OpenSSL reads it.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
