/**
 * Writes WARC 1.1 records (ISO 28500:2017), uncompressed, with the digests of block and payload. Streaming: a body is
 * read piece by piece, and twice, because the digest of a block stands before it and covers HTTP header and body.
 */
import { createHash } from 'node:crypto';
import { HoldfastError } from '../../contract/errors.ts';
import type { Instant } from '../../contract/model/common.ts';
import { concatBytes } from '../digest/sha256.ts';
import type { Header } from './headers.ts';

/** Bytes that are kept elsewhere and can be read again and again. */
export interface StoredBody {
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** All bytes from the start. Each call reads anew. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A record before its digests and lengths are known. */
export interface RecordDraft {
  readonly type: 'warcinfo' | 'response' | 'resource' | 'request' | 'revisit';
  /** UUID. */
  readonly id: string;
  readonly date: Instant;
  /** The other named fields, in order, without digest and length of the block. Values may be attacker-controlled. */
  readonly fields: readonly Header[];
  /** What the block begins with: an HTTP header with its empty line, or the fields of a warcinfo. */
  readonly head: Uint8Array;
  /** The rest of the block. */
  readonly body: StoredBody | null;
}

/** What `measureRecord` found out. All numbers are bytes. */
export interface RecordMeasure {
  /** From 'WARC/1.1' to the empty line. */
  readonly header: Uint8Array;
  /** HTTP header and body. */
  readonly blockSize: number;
  /** Where the body begins, counted from the start of the record. */
  readonly bodyOffset: number;
  /** The whole record with its two closing line breaks. */
  readonly size: number;
}

/** Two line breaks end a record (section 4). */
export const recordEnd: Uint8Array = new TextEncoder().encode('\r\n\r\n');

/** `sha256:` and hexadecimal digits: the form that `sha256sum` prints, and that replay tools compare. */
export function labelledDigest(sha256: string): string {
  return `sha256:${sha256}`;
}

/** A body in memory. */
export function memoryBody(bytes: Uint8Array): StoredBody {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { size: bytes.length, sha256, open: () => [bytes] };
}

/**
 * First pass: hashes the block, and checks that the body is what it is said to be.
 *
 * @param seen is given each piece of the block, HTTP header included
 * @throws HoldfastError `archive-damaged` for a body of another size or digest
 */
export async function measureRecord(
  draft: RecordDraft,
  seen?: (piece: Uint8Array) => void,
): Promise<RecordMeasure> {
  const block = createHash('sha256').update(draft.head);
  seen?.(draft.head);
  const body = createHash('sha256');
  for await (const piece of checkedSize(draft)) {
    block.update(piece);
    body.update(piece);
    seen?.(piece);
  }
  const found = body.digest('hex');
  if (draft.body !== null && found !== draft.body.sha256) {
    throw new HoldfastError(
      'archive-damaged',
      `Expected a body with the SHA-256 ${draft.body.sha256} for the ${draft.type} record ${draft.id}; found ${found}.`,
    );
  }
  const blockSize = draft.head.length + (draft.body?.size ?? 0);
  const header = warcHeader(draft, block.digest('hex'), blockSize);
  return {
    header,
    blockSize,
    bodyOffset: header.length + draft.head.length,
    size: header.length + blockSize + recordEnd.length,
  };
}

/**
 * Second pass: the record's bytes. A piece may be overwritten when the next one is asked for.
 *
 * @throws HoldfastError `archive-damaged` for a body that has another size than in the first pass
 */
export async function* recordBytes(
  draft: RecordDraft,
  { header }: Pick<RecordMeasure, 'header'>,
): AsyncGenerator<Uint8Array> {
  yield concatBytes(header, draft.head);
  yield* checkedSize(draft);
  yield recordEnd;
}

async function* checkedSize({ body, type, id }: RecordDraft): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  let read = 0;
  for await (const piece of body.open()) {
    read += piece.length;
    // A byte too many would be read as part of the next record.
    if (read > body.size) break;
    yield piece;
  }
  if (read !== body.size) {
    const found = read > body.size ? 'more' : String(read);
    throw new HoldfastError(
      'archive-damaged',
      `Expected ${body.size} bytes of body for the ${type} record ${id}; found ${found}.`,
    );
  }
}

function warcHeader(draft: RecordDraft, blockSha256: string, blockSize: number): Uint8Array {
  const fields: Header[] = [
    ['WARC-Type', draft.type],
    ['WARC-Record-ID', `<urn:uuid:${draft.id}>`],
    ['WARC-Date', draft.date],
    ...draft.fields,
    ['WARC-Block-Digest', labelledDigest(blockSha256)],
    ['Content-Length', String(blockSize)],
  ];
  const lines = fields.map(([name, value]) => `${name}: ${oneLine(value)}\r\n`);
  return new TextEncoder().encode(`WARC/1.1\r\n${lines.join('')}\r\n`);
}

/** Control characters become spaces: a line break in a value would begin a field of the attacker's choice. */
function oneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return value.replace(/[\x00-\x1f\x7f]/g, ' ').trim();
}

/** The block of a warcinfo record (section 6.2): `application/warc-fields`. */
export function warcFields(fields: readonly Header[]): Uint8Array {
  return new TextEncoder().encode(fields.map(([name, value]) => `${name}: ${oneLine(value)}\r\n`).join(''));
}
