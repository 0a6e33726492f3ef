/** `data:` addresses: media that a saved page carries inside itself (RFC 2397; Fetch standard, 'data: URL processor'). */
import { decodeBase64 } from '../mhtml/base64.ts';

/** Characters of an address that is still decoded: some 48 MiB of media. */
const MAX_LENGTH = 64 * 1024 * 1024;

const encoder = new TextEncoder();

function percentDecoded(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const digits = byte === 0x25 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : '';
    if (/^[0-9a-fA-F]{2}$/.test(digits)) {
      out[length++] = Number.parseInt(digits, 16);
      at += 2;
    } else {
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

/**
 * The bytes inside a `data:` address, and the media type that it declares: lower case, without parameters,
 * 'text/plain' where it declares none.
 *
 * @returns null for an address of another scheme, one without a comma, one whose base64 is damaged,
 *   and one of more than 64 Mi characters.
 */
export function dataUrl(url: string): { mediaType: string; bytes: Uint8Array } | null {
  if (url.length > MAX_LENGTH || !/^\s*data:/i.test(url.slice(0, 64))) return null;
  const start = url.indexOf(':') + 1;
  const comma = url.indexOf(',', start);
  if (comma < 0 || comma - start > 1024) return null;
  const declared = url.slice(start, comma).trim();
  const isBase64 = /;\s*base64$/i.test(declared);
  const essence = (declared.split(';', 1)[0] ?? '').trim().toLowerCase();
  const mediaType = /^[^\s/;,]+\/[^\s/;,]+$/.test(essence) ? essence : 'text/plain';
  const fragment = url.indexOf('#', comma);
  const body = percentDecoded(url.slice(comma + 1, fragment < 0 ? undefined : fragment));
  if (!isBase64) return { mediaType, bytes: body.slice() };
  const decoded = decodeBase64(body);
  // The missing padding of a short address is forgiven, as browsers forgive it; foreign bytes are not.
  if (decoded.foreign > 0) return null;
  return { mediaType, bytes: decoded.bytes.slice() };
}
