/**
 * Goes through a WARC file that is not compressed from record to record, by the lengths that they declare: bodies are not
 * read, and no digest is checked. Every byte may be attacker-controlled.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { type ByteSource, windowed } from '../source/byte-source.ts';
import {
  endOfHeaders,
  type Header,
  type HttpHead,
  headerValue,
  parseHeaderBlock,
  parseHttpHead,
} from './headers.ts';
import { recordEnd } from './write.ts';

/** Where a record stands in its file, and what it says of itself. All numbers are bytes. */
export interface WalkedRecord {
  readonly offset: number;
  /** With the two line breaks that end it. */
  readonly length: number;
  /** Where its block begins, from the start of the file, and how long that is. */
  readonly blockOffset: number;
  readonly blockLength: number;
  readonly headers: readonly Header[];
  /** The HTTP header inside; null where there is none. */
  readonly http: HttpHead | null;
}

const firstLook = 8 * 1024;
const maxHeader = 256 * 1024;
const maxHttpHeader = 512 * 1024;

/** @throws HoldfastError `warc-damaged` where no record stands, or the file ends within one */
export async function* walkRecords(file: ByteSource): AsyncGenerator<WalkedRecord> {
  const near = windowed(file);
  for (let offset = 0; offset < file.size; ) {
    const record = await recordAt(near, offset);
    yield record;
    offset += record.length;
  }
}

function damaged(offset: number): HoldfastError {
  return new HoldfastError('warc-damaged', `At byte ${offset} of the WARC file stands no whole record.`);
}

async function recordAt(near: ByteSource, offset: number): Promise<WalkedRecord> {
  const header = await blockAt(near, offset, Math.min(maxHeader, near.size - offset));
  const parsed = header === null ? null : parseHeaderBlock(header);
  const declared = headerValue(parsed?.headers ?? [], 'Content-Length') ?? '';
  if (
    header === null ||
    parsed === null ||
    !/^WARC\/1\.\d$/.test(parsed.startLine) ||
    !/^\d{1,15}$/.test(declared)
  )
    throw damaged(offset);
  const blockOffset = offset + header.length;
  const blockLength = Number(declared);
  const length = header.length + blockLength + recordEnd.length;
  if (offset + length > near.size) throw damaged(offset);
  return {
    ...{ offset, length, blockOffset, blockLength },
    headers: parsed.headers,
    http: await httpOf(near, parsed.headers, blockOffset, blockLength),
  };
}

async function httpOf(
  near: ByteSource,
  headers: readonly Header[],
  offset: number,
  length: number,
): Promise<HttpHead | null> {
  if (!/^application\/http\b/i.test(headerValue(headers, 'Content-Type') ?? '')) return null;
  const block = await blockAt(near, offset, Math.min(maxHttpHeader, length));
  return block === null ? null : parseHttpHead(block);
}

/** A header block with its empty line; null where none ends within `most` bytes. */
async function blockAt(near: ByteSource, offset: number, most: number): Promise<Uint8Array | null> {
  for (let length = firstLook; ; length *= 8) {
    const bytes = await near.read(offset, Math.min(length, most));
    const end = endOfHeaders(bytes, 0);
    if (end >= 0) return bytes.subarray(0, end);
    if (length >= most) return null;
  }
}
