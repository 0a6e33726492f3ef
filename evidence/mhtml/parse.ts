/**
 * MHTML: a page and its resources in one MIME message (RFC 2557), as browsers save it.
 *
 * Written for evidence: bodies keep their exact bytes, each part says where in the file it lies, and what is
 * cut or cannot be decoded is said instead of mended.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { contentType, isHtml } from '../format/content-type.ts';
import { decodeBase64 } from './base64.ts';
import { mailDate } from './date.ts';
import { decodeWords, type Header, headerValue, MAX_HEADER_BYTES, readHeaders } from './headers.ts';
import { findParts, type PartRange } from './multipart.ts';
import { decodeQuotedPrintable } from './quoted-printable.ts';

export interface MhtmlPart {
  /** The address that the part was loaded from, as written; null where it names none. */
  contentLocation: string | null;
  /** Without its angle brackets. */
  contentId: string | null;
  /** Lower case, without parameters. */
  mediaType: string;
  charset: string | null;
  /** Lower case: 'base64', 'quoted-printable', 'binary', '8bit', '7bit'. */
  encoding: string;
  /** After transfer decoding; for binary, 8bit and 7bit a view into the file's own bytes. */
  body: Uint8Array;
  /** Where the encoded body lies in the file, in bytes. */
  offset: number;
  length: number;
  /** False where the file ends inside this part. */
  whole: boolean;
}

export interface Mhtml {
  /** Snapshot-Content-Location, else the location of the root part. */
  url: string | null;
  savedAt: {
    /** The Date field as it stands. */
    raw: string;
    /** RFC 3339 in UTC; null where the field is no date. */
    instant: string | null;
  } | null;
  subject: string | null;
  parts: MhtmlPart[];
  /** Index into `parts` of the page itself: what the `start` parameter names, else the first HTML part. */
  root: number | null;
  /** What is cut, missing or could not be decoded, in words. */
  warnings: string[];
}

const MAX_PARTS = 10_000;
const MAX_DEPTH = 8;
const MAX_WARNINGS = 200;

function damaged(expected: string): HoldfastError {
  return new HoldfastError(
    'mhtml-damaged',
    `The file looks like MHTML, but ${expected}. It may be cut short or of another kind; open it in a browser to see what is left of it.`,
  );
}

/** One run over one file: what nested multiparts add to. */
interface Run {
  bytes: Uint8Array;
  parts: MhtmlPart[];
  warnings: string[];
}

function warn(run: Run, message: string): void {
  if (run.warnings.length < MAX_WARNINGS) run.warnings.push(message);
  else if (run.warnings.length === MAX_WARNINGS) run.warnings.push('Further warnings were left out.');
}

function decodedBody(run: Run, number: number, encoding: string, raw: Uint8Array): Uint8Array {
  if (['7bit', '8bit', 'binary', ''].includes(encoding)) return raw;
  if (encoding !== 'base64' && encoding !== 'quoted-printable') {
    warn(
      run,
      `Part ${number} is encoded as '${encoding.slice(0, 40)}', which is not known; kept as it stands.`,
    );
    return raw;
  }
  const decoded = encoding === 'base64' ? decodeBase64(raw) : decodeQuotedPrintable(raw);
  if (decoded.foreign > 0) {
    warn(run, `Part ${number} holds ${decoded.foreign} bytes that ${encoding} does not allow.`);
  }
  if (decoded.cut) warn(run, `Part ${number}: its base64 ends in the middle of a group.`);
  return decoded.bytes;
}

function readPart(run: Run, range: PartRange, depth: number): void {
  const block = readHeaders(run.bytes, range.start, range.end);
  const number = run.parts.length + 1;
  const type = contentType(headerValue(block.headers, 'Content-Type'));
  if (!block.ended && block.bodyAt < range.end) {
    warn(run, `Part ${number}: its headers do not end within ${MAX_HEADER_BYTES} bytes.`);
  }
  if (block.strayLines > 0) warn(run, `Part ${number}: ${block.strayLines} header lines could not be read.`);
  const boundary = type.parameters.get('boundary');
  if (type.essence.startsWith('multipart/') && boundary !== undefined && depth < MAX_DEPTH) {
    readParts(run, block.bodyAt, range.end, boundary, depth + 1);
    return;
  }
  const encoding = (headerValue(block.headers, 'Content-Transfer-Encoding') ?? '7bit').trim().toLowerCase();
  const raw = run.bytes.subarray(block.bodyAt, range.end);
  if (!range.closed) {
    warn(
      run,
      `The file ends inside part ${number}, after ${raw.length} bytes of its body; kept as far as it goes.`,
    );
  }
  run.parts.push({
    contentLocation: headerValue(block.headers, 'Content-Location'),
    contentId: headerValue(block.headers, 'Content-ID')?.replace(/^<(.*)>$/, '$1') ?? null,
    mediaType: type.essence,
    charset: type.parameters.get('charset')?.toLowerCase() ?? null,
    encoding,
    body: decodedBody(run, number, encoding, raw),
    offset: block.bodyAt,
    length: raw.length,
    whole: range.closed,
  });
}

function readParts(run: Run, start: number, end: number, boundary: string, depth: number): void {
  const room = MAX_PARTS - run.parts.length;
  const found = findParts(run.bytes, start, end, boundary, room);
  for (const range of found.parts) readPart(run, range, depth);
  if (found.stoppedAt !== null) {
    warn(run, `More than ${MAX_PARTS} parts: what follows byte ${found.stoppedAt} was not read.`);
  } else if (!found.closed) {
    warn(
      run,
      'The closing boundary is missing: the file is cut short, and parts behind its end are unknown.',
    );
  }
}

function rootIndex(parts: readonly MhtmlPart[], start: string | undefined): number | null {
  const id = start?.replace(/^<(.*)>$/, '$1');
  const named = id === undefined ? -1 : parts.findIndex((part) => part.contentId === id);
  if (named >= 0) return named;
  const html = parts.findIndex((part) => isHtml(part.mediaType));
  return html >= 0 ? html : null;
}

function savedAt(headers: readonly Header[]): Mhtml['savedAt'] {
  const raw = headerValue(headers, 'Date');
  return raw === null ? null : { raw, instant: mailDate(raw) };
}

/**
 * Takes an MHTML file apart. Nested multiparts are flattened in the order of the file.
 * A file that ends early gives what it holds, with a warning.
 *
 * @param bytes the whole file, attacker-controlled
 * @throws HoldfastError `mhtml-damaged`: no multipart header, no boundary, or not one part
 */
export function parseMhtml(bytes: Uint8Array): Mhtml {
  let start = 0;
  while (start < bytes.length && [9, 10, 13, 32].includes(bytes[start] ?? 0)) start += 1;
  const block = readHeaders(bytes, start, bytes.length);
  const type = contentType(headerValue(block.headers, 'Content-Type'));
  const boundary = type.parameters.get('boundary');
  if (!type.essence.startsWith('multipart/')) throw damaged('its headers name no multipart content');
  if (boundary === undefined || boundary === '')
    throw damaged('its headers name no boundary between the parts');
  const run: Run = { bytes, parts: [], warnings: [] };
  if (block.strayLines > 0) warn(run, `${block.strayLines} header lines could not be read.`);
  readParts(run, block.bodyAt, bytes.length, boundary, 0);
  if (run.parts.length === 0) throw damaged('it holds no part behind its headers');
  const root = rootIndex(run.parts, type.parameters.get('start'));
  const subject = headerValue(block.headers, 'Subject');
  const snapshot = headerValue(block.headers, 'Snapshot-Content-Location');
  return {
    url: snapshot ?? (root === null ? null : (run.parts[root]?.contentLocation ?? null)),
    savedAt: savedAt(block.headers),
    subject: subject === null ? null : decodeWords(subject),
    parts: run.parts,
    root,
    warnings: run.warnings,
  };
}
