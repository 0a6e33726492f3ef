/** From a WARC record to what a site reader reads: the body of an answer, its codings undone. */
import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip,
  inflate,
  inflateRaw,
  type ZlibOptions,
  zstdDecompress,
} from 'node:zlib';
import type { RecordedExchange } from '../../contract/reading.ts';
import { concatBytes } from '../digest/sha256.ts';
import { contentType } from '../format/content-type.ts';
import { ChunkedDecoder } from './chunked.ts';
import { headerValue } from './headers.ts';
import type { WarcRecord, WarcWarning, WarcWarningCode } from './record.ts';

/** Bytes of a body, as sent and as decoded, that are still read from. */
export const MAX_BODY = 64 * 1024 * 1024;
/** How far a body may grow when it is decompressed, beyond a first MiB. */
const MAX_RATIO = 1000;
const MAX_CODINGS = 3;

export interface ReadExchange {
  /** Null where the record is no answer of a server, or its body cannot be read from. */
  exchange: RecordedExchange | null;
  warnings: WarcWarning[];
}

type Decompress = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const decompressors: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', (bytes, { maxOutputLength = MAX_BODY }) => promisify(brotliDecompress)(bytes, { maxOutputLength })],
  ['zstd', (bytes, { maxOutputLength = MAX_BODY }) => promisify(zstdDecompress)(bytes, { maxOutputLength })],
  [
    'deflate',
    (bytes, options) => promisify((bytes[0] ?? 0) % 16 === 8 ? inflate : inflateRaw)(bytes, options),
  ],
]);

class Unreadable extends Error {
  readonly code: WarcWarningCode;
  constructor(code: WarcWarningCode, message: string) {
    super(message);
    this.code = code;
  }
}

const tooLarge = () => new Unreadable('warc-body-too-large', 'its body is too large to read from');

/** Control characters at the start of what should be text: still compressed, not decoded by its recorder. */
function looksEncoded(bytes: Uint8Array, type: string | null): boolean {
  if (!/text|json|xml|javascript/i.test(type ?? '')) return false;
  return bytes.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

/** What one record's body went through. */
class Body {
  readonly record: WarcRecord;
  readonly warnings: WarcWarning[] = [];

  constructor(record: WarcRecord) {
    this.record = record;
  }

  warn(code: WarcWarningCode, message: string): void {
    this.warnings.push({ code, message: `Record at byte ${this.record.offset}: ${message}.` });
  }

  header(name: string): string | null {
    return headerValue(this.record.http?.headers ?? [], name);
  }

  async sent(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of this.record.payload()) {
      size += part.length;
      if (size > MAX_BODY) throw tooLarge();
      parts.push(part);
    }
    return concatBytes(...parts);
  }

  /** Undoes `Transfer-Encoding: chunked`, where it is there. */
  withoutTransferCoding(bytes: Uint8Array): Uint8Array {
    if (!/\bchunked\b/i.test(this.header('Transfer-Encoding') ?? '')) return this.checkedLength(bytes);
    const decoder = new ChunkedDecoder();
    const parts = decoder.push(bytes);
    if (!decoder.proven) {
      if (bytes.length > 0)
        this.warn('warc-body-unreadable', 'it declares chunks and has none; read as it stands');
      return bytes;
    }
    if (decoder.state === 'reading') this.warn('warc-body-cut', 'its body ends before its last chunk');
    if (decoder.state === 'broken')
      this.warn('warc-body-cut', 'its chunks break off; read as far as they go');
    return concatBytes(...parts);
  }

  checkedLength(bytes: Uint8Array): Uint8Array {
    const declared = this.header('Content-Length');
    if (
      declared !== null &&
      /^\d{1,15}$/.test(declared) &&
      Number(declared) > bytes.length &&
      this.record.type !== 'revisit'
    ) {
      this.warn(
        'warc-body-cut',
        `the server announced ${declared} bytes of body, and ${bytes.length} are here`,
      );
    }
    return bytes;
  }

  /** Undoes the content codings, the last one first (RFC 9110, section 8.4). */
  async withoutContentCodings(bytes: Uint8Array): Promise<Uint8Array> {
    const codings = (this.header('Content-Encoding') ?? '')
      .split(',')
      .map((coding) => coding.trim().toLowerCase())
      .filter((coding) => coding !== '' && coding !== 'identity');
    if (codings.length > MAX_CODINGS) {
      throw new Unreadable('warc-body-unreadable', `its body has ${codings.length} content codings`);
    }
    let decoded = bytes;
    for (const coding of codings.reverse()) decoded = await this.#without(coding, decoded);
    return decoded;
  }

  async #without(coding: string, bytes: Uint8Array): Promise<Uint8Array> {
    const decompress = decompressors.get(coding);
    if (decompress === undefined) {
      throw new Unreadable(
        'warc-body-unreadable',
        `its content coding '${coding.slice(0, 40)}' is not known`,
      );
    }
    if (bytes.length === 0) return bytes;
    const maxOutputLength = Math.min(MAX_BODY, 1024 * 1024 + bytes.length * MAX_RATIO);
    try {
      return await decompress(bytes, { maxOutputLength });
    } catch (error) {
      return this.#rescued(coding, bytes, maxOutputLength, error);
    }
  }

  /** Bodies that end early give what they hold; bodies that were decoded by their recorder stay as they are. */
  async #rescued(
    coding: string,
    bytes: Uint8Array,
    maxOutputLength: number,
    cause: unknown,
  ): Promise<Uint8Array> {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    if (code === 'Z_BUF_ERROR' && coding !== 'br' && coding !== 'zstd') {
      const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
      const start = await decompressors
        .get(coding)?.(bytes, options)
        .catch(() => null);
      if (start && start.length > 0) {
        this.warn('warc-body-cut', `its ${coding} body ends before its end; read as far as it goes`);
        return start;
      }
    }
    if (looksEncoded(bytes, this.header('Content-Type'))) {
      throw new Unreadable('warc-body-unreadable', `its body could not be decoded from ${coding}`);
    }
    this.warn('warc-body-unreadable', `it declares the coding ${coding} and is not in it; read as it stands`);
    return bytes;
  }
}

function exchangeOf(record: WarcRecord, body: Uint8Array): RecordedExchange | null {
  const status = record.http === null ? 200 : record.http.status;
  if (status === null || record.targetUri === null) return null;
  const declared = record.http ? headerValue(record.http.headers, 'Content-Type') : record.contentType;
  const type = contentType(declared);
  return {
    url: record.targetUri,
    status,
    mediaType: type.essence,
    charset: type.parameters.get('charset')?.toLowerCase() ?? null,
    body,
  };
}

/** Whether the record is the answer of a server, or a resource without one (WARC 1.1, 6.3 and 6.4). */
function isAnswer(record: WarcRecord): boolean {
  return (record.type === 'response' && record.http !== null) || record.type === 'resource';
}

/**
 * Reads a record's body and undoes its codings: chunked, gzip, deflate, br, zstd. A 'resource' counts as an
 * answer with status 200. Takes the record's content; `finish` can still be called.
 *
 * Bodies over 64 MiB, as sent or as decoded, and ones that grow more than a thousandfold are not read from:
 * the warning says so, and the record itself is untouched.
 *
 * @throws only what reading the file throws
 */
export async function readExchange(record: WarcRecord): Promise<ReadExchange> {
  if (!isAnswer(record)) return { exchange: null, warnings: [] };
  const body = new Body(record);
  try {
    const sent = await body.sent();
    const decoded =
      record.http === null ? sent : await body.withoutContentCodings(body.withoutTransferCoding(sent));
    return { exchange: exchangeOf(record, decoded), warnings: body.warnings };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    body.warn(error.code, error.message);
    return { exchange: null, warnings: body.warnings };
  }
}
