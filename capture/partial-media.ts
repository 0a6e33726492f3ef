/**
 * Films and sounds of which the page asked for parts only: each is fetched once more, whole and in one request, with
 * the cookies of the page. Such an exchange says that the recorder asked for it.
 */
import type { ExchangeStart } from '../contract/model/recording.ts';
import { headerOf, responseHeadersOf } from './answer-headers.ts';
import { Body } from './body.ts';
import type { Outcome } from './body-outcome.ts';
import type { BodyMemory } from './body-queue.ts';
import { send, sendWithin } from './cdp/commands.ts';
import type { CdpSession } from './cdp-session.ts';
import type { ExchangeWriter } from './exchange-writer.ts';
import type { Reasons } from './reasons.ts';
import type { Hop } from './requests.ts';
import { hideInHeaders } from './secrets/headers.ts';
import type { KnownSecrets } from './secrets/known.ts';
import { hideInUrl } from './secrets/url.ts';

/** Bytes of one that is fetched: the browser has all of it in memory before it gives the first. */
const mostBytes = 128 * 1024 * 1024;
const mostFiles = 20;
/** Milliseconds for one. */
const timeLimit = 120_000;
const pieceSize = 768 * 1024;

interface Medium {
  /** Bytes of the whole; null: no answer says. */
  total: number | null;
  /** An answer holds all of it. */
  isWhole: boolean;
}

/** The range of an answer (RFC 9110, 14.4): whether it is all there is, and how much that is. */
function rangeOf(hop: Hop): { total: number | null; isAll: boolean } {
  const headers = responseHeadersOf(hop);
  const [, first, last, length] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerOf(headers, 'content-range') ?? '') ?? [];
  if (hop.response?.status === 206) {
    const total = length === undefined ? null : Number(length);
    return { total, isAll: total !== null && Number(first) === 0 && Number(last) === total - 1 };
  }
  const declared = Number.parseInt(headerOf(headers, 'content-length') ?? '', 10);
  return { total: Number.isSafeInteger(declared) ? declared : null, isAll: hop.response?.status === 200 };
}

export interface PartialMediaOptions {
  session: CdpSession;
  writer: ExchangeWriter;
  memory: BodyMemory;
  secrets: KnownSecrets;
  reasons: Reasons;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Seconds since 1970, by the browser's clock. */
  wallTime(): number;
}

export class PartialMedia {
  readonly #options: PartialMediaOptions;
  readonly #media = new Map<string, Medium>();

  constructor(options: PartialMediaOptions) {
    this.#options = options;
  }

  /** An answer that was a part of a film, or could be: it has ended, or is still open. Gives whether it was one. */
  note(hop: Hop, outcome: Pick<Outcome, 'body'> | null): boolean {
    const status = hop.response?.status;
    if (hop.request.method !== 'GET' || (status !== 206 && (hop.type !== 'Media' || status !== 200)))
      return false;
    const known = this.#media.get(hop.request.url) ?? { total: null, isWhole: false };
    const { total, isAll } = rangeOf(hop);
    known.total ??= total;
    known.isWhole ||= isAll && outcome?.body === 'whole';
    this.#media.set(hop.request.url, known);
    return true;
  }

  /** Fetches what is there in parts only. Never rejects for what servers answer; `isStopped` ends it. */
  async complete(frameId: string, isStopped: () => boolean): Promise<void> {
    const partial = [...this.#media].filter(([, { isWhole }]) => !isWhole);
    for (const [url, medium] of partial.slice(0, mostFiles)) {
      if (isStopped()) return;
      if (medium.total === null || medium.total <= mostBytes)
        medium.isWhole = await this.#fetch(frameId, url, medium.total).catch(() => false);
    }
  }

  /** What is still there in parts only is told; to be called when every answer has been noted. */
  tell(): void {
    for (const [address, { isWhole, total }] of this.#media) {
      if (isWhole) continue;
      const { text } = hideInUrl(address, this.#options.secrets);
      const of = total === null ? '' : ` (${total} bytes in all)`;
      this.#options.reasons.add('media-missing', `${text}: only parts of it are recorded${of}.`);
    }
  }

  async #fetch(frameId: string, url: string, total: number | null): Promise<boolean> {
    const { session, writer, memory, secrets, monotonic, wallTime } = this.#options;
    const began = monotonic();
    const startedAt = new Date(wallTime() * 1000).toISOString();
    const { resource } = await sendWithin(timeLimit, session, 'Network.loadNetworkResource', {
      frameId,
      url,
      options: { disableCache: true, includeCredentials: true },
    });
    const { stream: handle, httpStatusCode, headers = {} } = resource;
    if (!resource.success || handle === undefined) return false;
    if (httpStatusCode !== 200) {
      await send(session, 'IO.close', { handle }).catch(() => undefined);
      return false;
    }
    const body = new Body(memory, secrets);
    const start = startOf(url, startedAt, headers, secrets);
    body.mediaType = headerOf(start.responseHeaders, 'content-type')?.toLowerCase() ?? '';
    const stream = writer.open((n) => ({ ...start, n }), body.queue);
    let broken: string | null = 'it could not be read to its end';
    try {
      for (;;) {
        const piece = await sendWithin(timeLimit, session, 'IO.read', { handle, size: pieceSize });
        const bytes = Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'utf8');
        body.push(bytes);
        writer.bytes += bytes.length;
        if (piece.eof) break;
        await memory.room();
      }
      broken = total === null || total === body.received ? null : `got ${body.received} of ${total} bytes`;
    } finally {
      stream.end({
        body: broken === null ? 'whole' : 'truncated',
        counted: null,
        encoded: null,
        reason: broken,
        milliseconds: monotonic() - began,
        withheld: body.end(),
      });
      await send(session, 'IO.close', { handle }).catch(() => undefined);
    }
    return broken === null;
  }
}

function startOf(
  url: string,
  startedAt: string,
  headers: Record<string, string>,
  secrets: KnownSecrets,
): Omit<ExchangeStart, 'n'> {
  const answered = Object.entries(headers).flatMap(([name, value]) =>
    value.split('\n').map((one): [string, string] => [name, one]),
  );
  const address = hideInUrl(url, secrets);
  const got = hideInHeaders(answered, 'response-header', secrets);
  return {
    url: address.text,
    method: 'GET',
    resourceType: 'media',
    askedBy: 'recorder',
    requestHeaders: [],
    requestBody: null,
    requestBodySize: 0,
    status: 200,
    statusText: 'OK',
    protocol: '',
    responseHeaders: got.headers,
    from: 'network',
    server: null,
    tls: null,
    startedAt,
    withheld: [...address.withheld, ...got.withheld],
  };
}
