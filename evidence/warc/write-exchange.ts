/** From a recorded exchange to its records: what the server answered, and what it had been asked. */
import type { Id } from '../../contract/model/common.ts';
import { type ExchangeEnd, type ExchangeStart, webSocketMediaType } from '../../contract/model/recording.ts';
import { contentType } from '../format/content-type.ts';
import { type Header, headerValue } from './headers.ts';
import { labelledDigest, memoryBody, type RecordDraft, type StoredBody } from './write.ts';
import { isHttpAddress, targetUri } from './write-address.ts';
import { hasNoBody, requestHead, responseHead } from './write-http.ts';
import { recordId } from './write-id.ts';

/** One exchange as the archive holds it. */
export interface StoredExchange {
  readonly start: ExchangeStart;
  /** Null: recording stopped before its end. */
  readonly end: ExchangeEnd | null;
  /** Null: no body was recorded. */
  readonly body: StoredBody | null;
}

export interface ExchangeRecords {
  /** 'response' or 'revisit' for what a server said, 'resource' for what came from elsewhere. */
  readonly answer: RecordDraft;
  readonly request: RecordDraft | null;
  /** WARC-Target-URI. */
  readonly uri: string;
  /** `n` of the exchange in whose record the body stands: this one, or an earlier one. Null without a body. */
  readonly bodyIn: number | null;
}

/** A record in which a body was written. */
interface Written {
  readonly n: number;
  readonly id: string;
  readonly uri: string;
  readonly date: string;
  /** Replay finds the body of a revisit by the address of this record: only answers to GET are kept under theirs. */
  readonly found: boolean;
}

const revisitProfile = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest';
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Drafts the records of one file, in order. The same exchanges give the same drafts. */
export class ExchangeWriter {
  readonly #capture: Id;
  readonly #warcinfoId: Id;
  /** By SHA-256 of the body. */
  readonly #written = new Map<string, Written>();

  constructor(capture: Id, warcinfoId: Id) {
    this.#capture = capture;
    this.#warcinfoId = warcinfoId;
  }

  /**
   * The records of the next exchange. A body that already stands in the file under an address where replay finds it
   * is not written again: a revisit (section 6.7.2) refers to it.
   */
  records(exchange: StoredExchange): ExchangeRecords {
    const { start, body } = exchange;
    const id = (name: string) => recordId(this.#capture, `${start.n}/${name}`, start.startedAt);
    const ids = { answer: id('answer'), request: id('request') };
    const uri = targetUri(start.url, body?.sha256 ?? null);
    const asked = isFromServer(start);
    const answer = this.#answer(exchange, { id: ids.answer, uri, concurrent: asked ? ids.request : null });
    return {
      answer: answer.draft,
      request: asked ? this.#request(start, { id: ids.request, uri, concurrent: ids.answer }) : null,
      uri,
      bodyIn: body === null ? null : (answer.original?.n ?? start.n),
    };
  }

  #answer(exchange: StoredExchange, place: Place): { draft: RecordDraft; original: Written | null } {
    const { start, body } = exchange;
    const original = this.#originalOf(exchange);
    const fromServer = isFromServer(start);
    if (body !== null && body.size > 0 && original === null) {
      const found = fromServer && start.method === 'GET' && start.status === 200 && isWhole(exchange);
      this.#written.set(body.sha256, {
        n: start.n,
        id: place.id,
        uri: place.uri,
        date: start.startedAt,
        found,
      });
    }
    const type = original !== null ? 'revisit' : fromServer ? 'response' : 'resource';
    const draft: RecordDraft = {
      type,
      id: place.id,
      date: start.startedAt,
      fields: [
        ...this.#common(start, place),
        ...(isWhole(exchange) ? [] : [['WARC-Truncated', 'unspecified'] as const]),
        ...(original === null ? [] : revisitFields(original)),
        ['WARC-Payload-Digest', labelledDigest(body?.sha256 ?? emptySha256)],
        ...answerType(start, type),
      ],
      head: fromServer ? responseHead(start, body?.size ?? 0) : new Uint8Array(),
      body: original === null ? body : null,
    };
    return { draft, original };
  }

  #originalOf({ start, body }: StoredExchange): Written | null {
    const written = this.#written.get(body?.sha256 ?? emptySha256);
    if (written === undefined) return null;
    // What came from elsewhere is not looked up by address: any record that holds its bytes will do.
    return written.found || !isFromServer(start) ? written : null;
  }

  #request(start: ExchangeStart, place: Place): RecordDraft {
    const bytes = Buffer.from(start.requestBody ?? '', 'base64');
    const body = memoryBody(bytes);
    return {
      type: 'request',
      id: place.id,
      date: start.startedAt,
      fields: [
        ...this.#common(start, place),
        ...(bytes.length < start.requestBodySize ? [['WARC-Truncated', 'length'] as const] : []),
        ['WARC-Payload-Digest', labelledDigest(body.sha256)],
        ['Content-Type', 'application/http; msgtype=request'],
      ],
      head: requestHead(start),
      body,
    };
  }

  #common(start: ExchangeStart, { uri, concurrent }: Place): Header[] {
    const address = isFromServer(start) ? (start.server?.address.replace(/^\[(.*)\]$/, '$1') ?? '') : '';
    return [
      ['WARC-Target-URI', uri],
      ...(concurrent === null ? [] : [['WARC-Concurrent-To', `<urn:uuid:${concurrent}>`] as const]),
      ['WARC-Warcinfo-ID', `<urn:uuid:${this.#warcinfoId}>`],
      ...(isIpAddress(address) ? [['WARC-IP-Address', address] as const] : []),
      ...(isFromServer(start) ? protocols(start) : []),
      ...(start.askedBy === undefined ? [] : [['X-Holdfast-Asked-By', start.askedBy] as const]),
      ...(start.from === 'network' ? [] : [['X-Holdfast-Answered-By', start.from] as const]),
    ];
  }
}

interface Place {
  readonly id: Id;
  readonly uri: string;
  readonly concurrent: Id | null;
}

/** Only what came over the network from an address of a server is written as a server's answer. */
function isFromServer({ from, url }: ExchangeStart): boolean {
  return from === 'network' && isHttpAddress(url);
}

/** Whether the record holds what the server sent; false where the header announces a body and none was recorded. */
function isWhole({ start, end, body }: StoredExchange): boolean {
  if (end === null || end.body === 'truncated' || end.body === 'failed') return false;
  if (end.body === 'whole' || body !== null || hasNoBody(start)) return true;
  return !/^0*[1-9]/.test(headerValue(start.responseHeaders, 'Content-Length') ?? '');
}

function revisitFields({ id, uri, date }: Written): Header[] {
  return [
    ['WARC-Profile', revisitProfile],
    ['WARC-Refers-To', `<urn:uuid:${id}>`],
    ['WARC-Refers-To-Target-URI', uri],
    ['WARC-Refers-To-Date', date],
  ];
}

function answerType(start: ExchangeStart, type: RecordDraft['type']): Header[] {
  if (isFromServer(start)) return [['Content-Type', 'application/http; msgtype=response']];
  // The block of such a revisit is empty, and an empty block has no type.
  if (type === 'revisit') return [];
  if (start.resourceType === 'websocket') return [['Content-Type', webSocketMediaType]];
  const declared = headerValue(start.responseHeaders, 'Content-Type');
  const { essence, parameters } = contentType(declared);
  const charset = parameters.get('charset');
  const named = charset !== undefined && /^[\w.:-]+$/.test(charset) ? `; charset=${charset}` : '';
  return [
    [
      'Content-Type',
      /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(essence) ? `${essence}${named}` : 'application/octet-stream',
    ],
  ];
}

function isIpAddress(text: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return true;
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`);
}

/** WARC-Protocol, a field in use since 2018 and proposed to the standard, once a protocol: 'h2', 'tls/1.3'. */
function protocols({ protocol, tls }: ExchangeStart): Header[] {
  const http = /^(http\/[01]\.[0-9]|h2c?|h3)$/.exec(protocol.toLowerCase())?.[1];
  const version = /^TLS 1\.([0-3])$/.exec(tls?.protocol ?? '')?.[1];
  return [http, version && `tls/1.${version}`].flatMap((name) =>
    name === undefined ? [] : [['WARC-Protocol', name] as const],
  );
}
