/** Base64 as in RFC 4648, section 4, in the one spelling that an encoder writes. */
import { HoldfastError } from '../../contract/errors.ts';

/** With padding, without line ends. For short values: what it makes on the way is several times as large. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Reads text that may be attacker-controlled. White space, missing padding and bits that no encoder sets are
 * refused, so that the same bytes cannot be written twice. Errors: `bad-input`.
 */
export function fromBase64(text: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new HoldfastError('bad-input', 'Expected base64 (RFC 4648, section 4).', { cause });
  }
  if (toBase64(bytes) !== text) {
    throw new HoldfastError('bad-input', 'Expected base64 (RFC 4648, section 4) in its one spelling.');
  }
  return bytes;
}
