/** Which format a file is in, told from its first bytes. A name is what somebody called it. */
import type { ImportFormat } from '../../contract/model/capture.ts';
import { gunzipHead } from './gzip-head.ts';
import { signedMediaType } from './signatures.ts';

export interface RecognisedFormat {
  format: ImportFormat;
  mediaType: string;
  /** The file as a whole is gzip: of WARC records, each a member, or of something else. */
  gzip: boolean;
}

/** Bytes of a file that are enough for `recogniseFormat`. */
export const HEAD_BYTES = 64 * 1024;

/** Elements by which a page without a doctype is known (MIME Sniffing, 7.1, and those of HTML 5). */
const htmlStart =
  /^<(?:!doctype html|html|head|body|title|meta|link|base|script|style|h1|h2|p|div|span|a|b|br|font|table|iframe|img|ul|ol|main|article|section|header|nav)[\s/>]/i;

/** White space, comments and XML declarations: SingleFile and browsers write theirs before anything else. */
function afterPreamble(text: string): string {
  let rest = text;
  for (;;) {
    rest = rest.trimStart();
    const close = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : null;
    const end = close === null ? -1 : rest.indexOf(close, 2);
    if (close === null) return rest;
    // A comment longer than the head: HTML, by the same standard.
    if (end < 0) return close === '-->' ? '<!doctype html>' : rest;
    rest = rest.slice(end + close.length);
  }
}

/** A block of mail headers that names a multipart body and begins the file (RFC 2557). */
function looksLikeMhtml(text: string): boolean {
  const start = text.trimStart();
  const end = /\r?\n\r?\n/.exec(start)?.index ?? start.length;
  const headers = start.slice(0, end).replace(/\r?\n[ \t]+/g, ' ');
  if (!/^[!-9;-~]+:/.test(headers)) return false;
  return /^content-type:\s*multipart\/related\b/im.test(headers);
}

function decodedHead(head: Uint8Array): string | null {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : null;
  if (encoding !== null) return new TextDecoder(encoding).decode(head);
  // Any ASCII superset will do for what is looked for here.
  return head.includes(0) ? null : new TextDecoder('utf-8').decode(head);
}

function plainText(text: string, name: string): RecognisedFormat {
  const html = { format: 'html', mediaType: 'text/html', gzip: false } as const;
  if (/\.x?html?$/i.test(name) && /<[a-z]/i.test(text)) return html;
  const mediaType = /^\s*[[{]/.test(text) && /\.json$/i.test(name) ? 'application/json' : 'text/plain';
  return { format: 'unknown', mediaType, gzip: false };
}

function inGzip(head: Uint8Array): RecognisedFormat | null {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return null;
  const inside = gunzipHead(head);
  if (inside !== null && startsLikeWarc(inside)) {
    return { format: 'warc', mediaType: 'application/warc', gzip: true };
  }
  return { format: 'unknown', mediaType: 'application/gzip', gzip: true };
}

function startsLikeWarc(bytes: Uint8Array): boolean {
  return /^\s*WARC\/\d\.\d/.test(String.fromCharCode(...bytes.subarray(0, 32)));
}

const bundleFolder = /^holdfast-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\//;
/** Where the name of the first entry stands in a zip file (PKWARE APPNOTE 6.3.10, section 4.3.7). */
const firstName = 30;

/** A zip file whose first entry stands in the folder of a bundle of ours; whether it is one, a check says. */
function startsLikeBundle(bytes: Uint8Array): boolean {
  if (signedMediaType(bytes) !== 'application/zip') return false;
  return bundleFolder.test(String.fromCharCode(...bytes.subarray(firstName, firstName + 60)));
}

/**
 * Recognises a file.
 *
 * @param head its first bytes, at most `HEAD_BYTES` of them are looked at; attacker-controlled
 * @param name what it is called; decides only where the bytes are plain text that could be anything
 */
export function recogniseFormat(head: Uint8Array, name: string): RecognisedFormat {
  const bytes = head.subarray(0, HEAD_BYTES);
  const gzip = inGzip(bytes);
  if (gzip !== null) return gzip;
  if (startsLikeWarc(bytes)) return { format: 'warc', mediaType: 'application/warc', gzip: false };
  if (startsLikeBundle(bytes)) return { format: 'bundle', mediaType: 'application/zip', gzip: false };
  const signed = signedMediaType(bytes);
  if (signed !== null) {
    return { format: signed.startsWith('image/') ? 'image' : 'unknown', mediaType: signed, gzip: false };
  }
  const text = decodedHead(bytes);
  if (text === null || text.trim() === '') {
    return { format: 'unknown', mediaType: 'application/octet-stream', gzip: false };
  }
  if (looksLikeMhtml(text)) return { format: 'mhtml', mediaType: 'multipart/related', gzip: false };
  if (htmlStart.test(`${afterPreamble(text)} `)) {
    return { format: 'html', mediaType: 'text/html', gzip: false };
  }
  return plainText(text, name);
}
