/**
 * From the bytes of an HTML page to its text, by the steps that browsers take
 * (WHATWG HTML, 13.2.3.2 'Determining the character encoding'; WHATWG Encoding).
 */

import { metaEncoding } from './meta-prescan.ts';

export interface DecodedHtml {
  text: string;
  /** Lower-case name in the words of the Encoding standard: 'utf-8', 'windows-1256'. */
  encoding: string;
  /** What named the encoding; 'default' where nothing did. */
  from: 'byte-order mark' | 'header' | 'meta' | 'default';
  /** Some bytes are not valid in this encoding and became U+FFFD. */
  lossy: boolean;
}

const PRESCAN_BYTES = 1024;

/** The canonical name of an encoding label; null where this machine knows no such encoding. */
export function encodingFor(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

function chosenEncoding(
  bytes: Uint8Array,
  charsetFromHeader: string | null,
): Pick<DecodedHtml, 'encoding' | 'from'> {
  const marked = markedEncoding(bytes);
  if (marked !== null) return { encoding: marked, from: 'byte-order mark' };
  const header = charsetFromHeader === null ? null : encodingFor(charsetFromHeader);
  if (header !== null) return { encoding: header, from: 'header' };
  const label = metaEncoding(bytes.subarray(0, PRESCAN_BYTES));
  const meta = label === null ? null : encodingFor(label);
  // A page whose meta element could be read as ASCII is not in UTF-16, whatever it says.
  if (meta === 'utf-16le' || meta === 'utf-16be') return { encoding: 'utf-8', from: 'meta' };
  if (meta === 'x-user-defined') return { encoding: 'windows-1252', from: 'meta' };
  if (meta !== null) return { encoding: meta, from: 'meta' };
  return { encoding: 'windows-1252', from: 'default' };
}

/**
 * Decodes the bytes of an HTML page. Never throws for what the bytes hold.
 *
 * @param bytes attacker-controlled
 * @param charsetFromHeader the charset parameter of the Content-Type that came with the page, or null
 */
export function decodeHtml(bytes: Uint8Array, charsetFromHeader: string | null): DecodedHtml {
  const { encoding, from } = chosenEncoding(bytes, charsetFromHeader);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, from, lossy: false };
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), encoding, from, lossy: true };
  }
}
