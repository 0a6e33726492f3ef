/** Header blocks of WARC records (WARC 1.1, section 4) and of HTTP messages (RFC 9112, sections 3 to 5). */
import { concatBytes } from '../digest/sha256.ts';
import type { ByteSource } from './byte-source.ts';

export type Header = readonly [name: string, value: string];

export interface HeaderBlock {
  startLine: string;
  /** In the order of the record; names as written, continuation lines joined by one space. */
  headers: Header[];
  /** Lines that are neither a field nor the continuation of one. */
  strayLines: number;
}

const LF = 10;
const CR = 13;

/** The offset behind the empty line that ends a header block, from `from` on; -1 where there is none yet. */
export function endOfHeaders(bytes: Uint8Array, from: number): number {
  for (let lf = bytes.indexOf(LF, from); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
    if (bytes[lf + 1] === LF) return lf + 2;
    if (bytes[lf + 1] === CR && bytes[lf + 2] === LF) return lf + 3;
  }
  return -1;
}

/**
 * Takes a header block, its empty line included, and nothing behind it.
 *
 * @param most bytes that may be looked at, attacker-controlled where it comes from a Content-Length
 * @returns the bytes, and whether the empty line was among them; if not, they are all that was allowed or left
 */
export async function takeHeaderBlock(
  source: ByteSource,
  most: number,
): Promise<{ bytes: Uint8Array; ended: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let tail: Uint8Array = new Uint8Array(0);
  while (size < most) {
    const chunk = await source.take(Math.min(most - size, 16 * 1024));
    if (chunk === null) break;
    // The empty line may lie across chunks: three bytes of the last one are looked at again.
    const seam = concatBytes(tail, chunk);
    const end = endOfHeaders(seam, 0);
    if (end >= 0) {
      const used = end - tail.length;
      source.unread(chunk.subarray(used));
      parts.push(chunk.subarray(0, used));
      return { bytes: concatBytes(...parts), ended: true };
    }
    parts.push(chunk);
    size += chunk.length;
    tail = seam.slice(-3);
  }
  return { bytes: concatBytes(...parts), ended: false };
}

function headerText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // HTTP fields are bytes; one character a byte loses none of them.
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}

/** Reads a header block that `takeHeaderBlock` took. */
export function parseHeaderBlock(bytes: Uint8Array): HeaderBlock {
  const [startLine = '', ...lines] = headerText(bytes).split(/\r?\n/);
  const headers: [string, string][] = [];
  let strayLines = 0;
  for (const line of lines) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`;
    else if (colon > 0) headers.push([line.slice(0, colon).trimEnd(), line.slice(colon + 1).trim()]);
    else strayLines += 1;
  }
  return { startLine, headers, strayLines };
}

/** The first value of a field, whatever the case of its name; null where there is none. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1] ?? null;
}

/** The start line and fields of an HTTP message inside a record. */
export interface HttpHead {
  startLine: string;
  /** Null for requests and for start lines that cannot be read. */
  status: number | null;
  statusText: string;
  headers: readonly Header[];
  /** Bytes from the start of the record's block to the first byte of the body. */
  length: number;
}

export function parseHttpHead(bytes: Uint8Array): HttpHead {
  const block = parseHeaderBlock(bytes);
  const found = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]+(.*))?$/.exec(block.startLine);
  return {
    startLine: block.startLine,
    status: found ? Number(found[1]) : null,
    statusText: found?.[2] ?? '',
    headers: block.headers,
    length: bytes.length,
  };
}
