/** The index of a WACZ: one line an answer, sorted by searchable address and time (CDXJ 0.1.0). */
import type { ExchangeStart } from '../../contract/model/recording.ts';
import { contentType } from '../format/content-type.ts';
import { headerValue } from '../warc/headers.ts';
import { labelledDigest, type RecordDraft } from '../warc/write.ts';
import { isHttpAddress } from '../warc/write-address.ts';
import type { ExchangeRecords } from '../warc/write-exchange.ts';
import { addressWithQuery, requestQuery } from './request-query.ts';
import { surt } from './surt.ts';

/** An answer in the index, but for the digest of its record, which is known when it was written. */
export interface IndexEntry {
  /** Searchable address and time, with milliseconds. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Where a record lies in the WARC file, in bytes. */
export interface RecordPlace {
  readonly offset: number;
  readonly length: number;
}

/**
 * The entry of an answer; null for those that are not replayed: addresses that no server answers, answers out of a
 * cache other than 200, and 304, which would hide the answer that it confirms.
 */
export function indexEntry(
  start: ExchangeStart,
  { answer, uri }: ExchangeRecords,
  { offset, length }: RecordPlace,
  filename: string,
): IndexEntry | null {
  if (!isHttpAddress(uri) || start.status === 304) return null;
  if (start.from !== 'network' && start.status !== 200) return null;
  const query = requestQuery(start);
  const key = surt(query === null ? uri : addressWithQuery(uri, start.method, query));
  return {
    key: `${key} ${start.startedAt.replace(/\D/g, '')}`,
    fields: {
      url: uri,
      mime: mimeOf(start, answer),
      // Numbers as strings: every indexer in use writes them so, and one replay tool compares them so.
      status: String(start.status),
      digest: headerValue(answer.fields, 'WARC-Payload-Digest') ?? '',
      length: String(length),
      offset: String(offset),
      filename,
      ...(query === null ? {} : { method: start.method, requestBody: query }),
    },
  };
}

function mimeOf(start: ExchangeStart, answer: RecordDraft): string {
  if (answer.type === 'revisit') return 'warc/revisit';
  const declared = headerValue(start.responseHeaders, 'Content-Type');
  return declared === null ? 'unk' : contentType(declared).essence;
}

/** @param recordSha256 of the whole record, hexadecimal */
export function indexLine({ key, fields }: IndexEntry, recordSha256: string): string {
  return `${key} ${asciiJson({ ...fields, recordDigest: labelledDigest(recordSha256) })}\n`;
}

/** Lines in the order of their bytes: they are ASCII. */
export function sortedIndex(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode([...lines].sort().join(''));
}

/** ASCII, so that a line is as long as its string, and sorts as its bytes do. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
