/** One WARC record (WARC 1.1, sections 4 to 6), its block read once, as a stream, and checked on the way. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { ChunkedDecoder } from './chunked.ts';
import { DeclaredDigest, type DigestCheck } from './digest.ts';
import { type Header, type HttpHead, headerValue } from './headers.ts';
import type { WarcTools } from './tools.ts';

export interface WarcWarning {
  code: WarcWarningCode;
  message: string;
}

export type WarcWarningCode =
  | 'warc-record-damaged'
  | 'warc-record-cut'
  | 'warc-length-wrong'
  | 'warc-digest-differs'
  | 'warc-found-by-search'
  | 'warc-whole-file-gzip'
  | 'warc-not-joined'
  | 'warc-truncated'
  | 'warc-header-unusual'
  | 'warc-body-too-large'
  | 'warc-body-unreadable'
  | 'warc-body-cut'
  | 'warc-stopped'
  | 'warc-more-warnings';

/** What is known of a record once it was read to its end. */
export interface WarcRecordEnd {
  /**
   * Bytes from `offset` to the end of the record in the file, its closing line breaks included; for a gzip
   * member its compressed length. Null where the member holds other records as well.
   */
  length: number | null;
  blockDigest: DigestCheck;
  payloadDigest: DigestCheck;
  /** Why the record is not whole; null where it is. */
  damage: string | null;
  warnings: WarcWarning[];
}

export interface WarcRecordFacts {
  version: string;
  headers: readonly Header[];
  /** Where the record begins in the file, or its gzip member, in bytes. */
  offset: number;
  /** Where it begins inside the decompressed member; 0 in files that are not compressed. */
  offsetInMember: number;
  /** Bytes of the block as the record declares them. */
  contentLength: number;
  http: HttpHead | null;
  /** It was found by searching behind a damaged place: it could be part of another record's content. */
  foundBySearch: boolean;
}

const BLOCK_CHUNK = 64 * 1024;

export class WarcRecord {
  readonly version: string;
  /** Lower case: 'response'. '' where the record names none. */
  readonly type: string;
  /** As written, without its angle brackets. */
  readonly id: string | null;
  /** As written, without the angle brackets that wget puts around it. */
  readonly targetUri: string | null;
  /** WARC-Date as written. */
  readonly date: string | null;
  /** Content-Type of the block, as written. */
  readonly contentType: string | null;
  readonly headers: readonly Header[];
  readonly offset: number;
  readonly offsetInMember: number;
  readonly contentLength: number;
  readonly http: HttpHead | null;
  readonly foundBySearch: boolean;
  readonly warnings: WarcWarning[] = [];

  readonly #source: ByteSource;
  readonly #head: Uint8Array;
  readonly #blockDigest: DeclaredDigest;
  readonly #payloadDigest: DeclaredDigest;
  /** The standard's payload has no transfer coding; most tools hash what they received. Both are accepted. */
  readonly #decodedDigest: DeclaredDigest | null;
  readonly #chunked = new ChunkedDecoder();
  #left: number;
  #started = false;
  #cut = false;
  #end: WarcRecordEnd | null = null;
  readonly #finish: (record: WarcRecord, cut: boolean) => Promise<WarcRecordEnd>;

  /**
   * For the reader alone.
   *
   * @param head bytes of the block that were taken already, to find the HTTP header
   * @param finish what the reader does behind the block, once
   */
  constructor(
    facts: WarcRecordFacts,
    source: ByteSource,
    head: Uint8Array,
    tools: Pick<WarcTools, 'hash'>,
    finish: (record: WarcRecord, cut: boolean) => Promise<WarcRecordEnd>,
  ) {
    this.version = facts.version;
    this.headers = facts.headers;
    this.type = (headerValue(facts.headers, 'WARC-Type') ?? '').toLowerCase();
    this.id = headerValue(facts.headers, 'WARC-Record-ID')?.replace(/^<(.*)>$/, '$1') ?? null;
    this.targetUri = headerValue(facts.headers, 'WARC-Target-URI')?.replace(/^<(.*)>$/, '$1') ?? null;
    this.date = headerValue(facts.headers, 'WARC-Date');
    this.contentType = headerValue(facts.headers, 'Content-Type');
    this.offset = facts.offset;
    this.offsetInMember = facts.offsetInMember;
    this.contentLength = facts.contentLength;
    this.http = facts.http;
    this.foundBySearch = facts.foundBySearch;
    this.#source = source;
    this.#head = head;
    this.#left = facts.contentLength - head.length;
    this.#finish = finish;
    const payload = headerValue(facts.headers, 'WARC-Payload-Digest');
    const chunked = /\bchunked\b/i.test(headerValue(facts.http?.headers ?? [], 'Transfer-Encoding') ?? '');
    this.#blockDigest = new DeclaredDigest(headerValue(facts.headers, 'WARC-Block-Digest'), tools);
    this.#payloadDigest = new DeclaredDigest(payload, tools);
    this.#decodedDigest = chunked && payload !== null ? new DeclaredDigest(payload, tools) : null;
  }

  /**
   * The whole block, HTTP header included, in pieces of at most 64 KiB. A record can be read once: by
   * `block` or by `payload`.
   */
  async *block(): AsyncGenerator<Uint8Array> {
    this.#start();
    this.#hash(this.#head);
    if (this.#head.length > 0) yield this.#head;
    yield* this.#rest();
  }

  /** The block without its HTTP header: bodies as they were sent, codings and all. */
  async *payload(): AsyncGenerator<Uint8Array> {
    this.#start();
    this.#hash(this.#head);
    const body = this.#head.subarray(this.http?.length ?? 0);
    if (body.length > 0) yield body;
    yield* this.#rest();
  }

  #start(): void {
    if (this.#started) {
      throw new HoldfastError('internal', 'A WARC record was read twice; it can be read only once.');
    }
    this.#started = true;
  }

  async *#rest(): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const chunk = await this.#source.take(Math.min(this.#left, BLOCK_CHUNK));
      if (chunk === null) {
        this.#cut = true;
        return;
      }
      this.#left -= chunk.length;
      this.#hash(chunk);
      yield chunk;
    }
  }

  #hash(bytes: Uint8Array): void {
    this.#blockDigest.update(bytes);
    const payload = bytes === this.#head ? bytes.subarray(this.http?.length ?? 0) : bytes;
    this.#payloadDigest.update(payload);
    if (this.#decodedDigest !== null) {
      for (const part of this.#chunked.push(payload)) this.#decodedDigest.update(part);
    }
  }

  /** Reads what is left of the record, and says how it came out. Can be called again; the answer is the same. */
  async finish(): Promise<WarcRecordEnd> {
    if (this.#end !== null) return this.#end;
    if (!this.#started) {
      this.#started = true;
      this.#hash(this.#head);
    }
    for await (const _ of this.#rest());
    this.#end = await this.#finish(this, this.#cut);
    return this.#end;
  }

  /** For the reader alone: the digests, once the block was read to its end. */
  checkDigests(whole: boolean): Pick<WarcRecordEnd, 'blockDigest' | 'payloadDigest'> {
    const elsewhere =
      this.type === 'revisit' || headerValue(this.headers, 'WARC-Segment-Number') !== null || !whole;
    const block = whole || !this.#blockDigest.declared ? this.#blockDigest.check() : 'not-checkable';
    if (elsewhere && this.#payloadDigest.declared) {
      return { blockDigest: block, payloadDigest: 'not-checkable' };
    }
    const payload = this.#payloadDigest.check();
    const decoded = this.#decodedDigest?.check();
    return { blockDigest: block, payloadDigest: decoded === 'ok' ? 'ok' : payload };
  }
}
