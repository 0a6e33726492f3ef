/** Header fields of mail and of its parts (RFC 5322, 2.2; RFC 2045, 5.1; RFC 2047), read from bytes. */
import { decodeBase64 } from './base64.ts';
import { decodeQuotedPrintable } from './quoted-printable.ts';

export type Header = readonly [name: string, value: string];

export interface HeaderBlock {
  /** In the order of the file, unfolded, names as written. */
  headers: Header[];
  /** Offset in bytes of what follows the empty line; the end of the data where there is none. */
  bodyAt: number;
  /** The empty line that ends a header block was found. */
  ended: boolean;
  /** Lines that are neither a field nor its continuation. */
  strayLines: number;
}

const LF = 10;
const CR = 13;

/** Bytes of one header block: more is not a header. */
export const MAX_HEADER_BYTES = 256 * 1024;

/** Bytes as text: UTF-8 where they are, else one character a byte. */
function headerText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/**
 * Reads one header block of `bytes` between the offsets `start` and `end`.
 * A block that does not end within `MAX_HEADER_BYTES` is cut there, with `ended: false`.
 */
export function readHeaders(bytes: Uint8Array, start: number, end: number): HeaderBlock {
  const limit = Math.min(end, start + MAX_HEADER_BYTES);
  const lines: string[] = [];
  let strayLines = 0;
  let at = start;
  let ended = false;
  while (at < limit) {
    const lf = bytes.indexOf(LF, at);
    const lineEnd = lf < 0 || lf >= limit ? limit : lf;
    const textEnd = lineEnd > at && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    const line = headerText(bytes.subarray(at, textEnd));
    at = Math.min(lineEnd + 1, limit);
    if (line === '') {
      ended = true;
      break;
    }
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] += line;
    else if (/^[!-9;-~]+[ \t]*:/.test(line)) lines.push(line);
    else strayLines += 1;
  }
  const headers = lines.map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { headers, bodyAt: at, ended, strayLines };
}

/** The value of the first field of this name, whatever its case; null where there is none. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1] ?? null;
}

function decodedWord(charset: string, encoding: string, text: string): string | null {
  const raw = new TextEncoder().encode(encoding === 'q' ? text.replaceAll('_', '=20') : text);
  const { bytes } = encoding === 'q' ? decodeQuotedPrintable(raw) : decodeBase64(raw);
  try {
    return new TextDecoder(charset.split('*', 1)[0]).decode(bytes);
  } catch {
    return null;
  }
}

/** Text with encoded words (RFC 2047) read; one in an unknown charset stays as it is written. */
export function decodeWords(value: string): string {
  const charset = /=\?([^?\s]+)\?q\?/i.exec(value)?.[1]?.toLowerCase();
  return value
    .replace(/\?=[ \t]+=\?([^?\s]+)\?q\?/gi, (join, next: string) =>
      // Browsers cut a long subject inside a character: words of one charset are one run of bytes.
      next.toLowerCase() === charset ? '' : join,
    )
    .replace(/(\?=)[ \t]+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replace(
      /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi,
      (word, named: string, encoding: string, text: string) =>
        decodedWord(named, encoding.toLowerCase(), text) ?? word,
    );
}
