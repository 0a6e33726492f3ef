/** The character encodings of tag files (RFC 8493, section 2.1.1), read strictly. */
import type { TextPieces } from '../format/lines.ts';

/** ISO 8859-1 as it is: what browsers take for it is windows-1252. */
class Latin1 implements TextPieces {
  decode(bytes: Uint8Array = new Uint8Array()): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
  }
}

/** UTF-16 by its byte order mark; without one big-endian (RFC 2781, section 4.3). */
class Utf16 implements TextPieces {
  #decoder: TextPieces | null = null;
  #held: Uint8Array = new Uint8Array();

  decode(bytes: Uint8Array = new Uint8Array(), options = { stream: false }): string {
    if (this.#decoder === null) {
      const start = new Uint8Array(this.#held.length + bytes.length);
      start.set(this.#held);
      start.set(bytes, this.#held.length);
      this.#held = start;
      if (start.length < 2 && options.stream) return '';
      const isLittle = start[0] === 0xff && start[1] === 0xfe;
      this.#decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true });
      return this.#decoder.decode(start, options);
    }
    return this.#decoder.decode(bytes, options);
  }
}

/**
 * A new decoder for a name as bagit.txt states it; null for one that is not known. Decoders throw a TypeError for bytes
 * that are not in their encoding, and drop a byte order mark.
 */
export function decoderFor(label: string): TextPieces | null {
  const name = label.trim().toLowerCase();
  if (/^(iso[-_]?8859-?1|latin-?1)$/.test(name)) return new Latin1();
  if (/^utf-?16$/.test(name)) return new Utf16();
  try {
    return new TextDecoder(name, { fatal: true });
  } catch {
    return null;
  }
}
