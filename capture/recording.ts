/** One recording: turns what the browser says into exchanges for the archive. */
import type { CaptureSink, ExchangeEnd, KnownSecret } from '../contract/model/recording.ts';
import { requestHeadersOf, responseHeadersOf } from './answer-headers.ts';
import { Bodies, isForward } from './bodies.ts';
import { Body } from './body.ts';
import { type Ending, outcomeOf } from './body-outcome.ts';
import { BodyMemory } from './body-queue.ts';
import { send } from './cdp/commands.ts';
import {
  type CdpEventName,
  type CdpEventOf,
  type CdpResponse,
  cdpEvents,
  isKnownEvent,
} from './cdp/events.ts';
import type { CdpEvent, CdpSession } from './cdp-session.ts';
import type { Certificates } from './certificates.ts';
import { exchangeStart } from './exchange-start.ts';
import type { Reasons } from './reasons.ts';
import { type Hop, Requests } from './requests.ts';
import { learnFromHeaders } from './secrets/headers.ts';
import { KnownSecrets } from './secrets/known.ts';
import { hideInRequestBody } from './secrets/request-body.ts';
import { hideInUrl } from './secrets/url.ts';
import { ServerClock } from './server-clock.ts';

export interface RecordingOptions {
  session: CdpSession;
  sink: CaptureSink;
  certificates: Certificates;
  reasons: Reasons;
  canStream: boolean;
  randomBytes(length: number): Uint8Array;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Bytes of bodies that may wait in memory. */
  memory: number;
  /** Milliseconds without a byte after which an answer counts as hanging. */
  idle: number;
  /** Whether the page itself is asked for: whoever does that says what became of it. */
  isPage(hop: Hop): boolean;
  /** The sink refused, or something is wrong with the recorder itself. */
  onBroken(error: unknown): void;
}

/** A request that has not ended. */
export interface Open {
  hop: Hop;
  body: Body;
  /** Number of its exchange; null: no answer yet. */
  n: number | null;
  /** Resolves when the archive has the whole body. */
  stored: Promise<void>;
  /** When it was sent, and when something was last heard of it: milliseconds, monotonic. */
  sentAt: number;
  heardAt: number;
}

export class Recording {
  readonly #options: RecordingOptions;
  readonly #requests: Requests;
  readonly #open = new Map<string, Open>();
  readonly #bodies = new Map<string, Body>();
  /** Answers that were held, by request; of a chain all. */
  readonly #held = new Map<string, CdpEventOf<'Fetch.requestPaused'>[]>();
  /** One moment by our monotonic clock (milliseconds) and by the browser's two (seconds). */
  #clocks = { now: 0, wallTime: 0, timestamp: 0 };
  readonly #work = new Set<Promise<void>>();
  readonly #memory: BodyMemory;
  readonly bodies: Bodies;
  readonly secrets: KnownSecrets;
  readonly clock = new ServerClock();
  #captureId: string | null = null;
  #newSecrets: KnownSecret[] = [];
  #answers = 0;
  #broken = false;
  /** Bytes of bodies got so far. */
  bytes = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
    const { session, monotonic } = options;
    this.#memory = new BodyMemory(options.memory, (isHigh) =>
      isHigh ? session.pause?.() : session.resume?.(),
    );
    this.secrets = new KnownSecrets(options.randomBytes, (secret) => this.#tell(secret));
    this.#requests = new Requests((hop) => this.#answered(hop, monotonic()));
    this.bodies = new Bodies({
      session,
      secrets: this.secrets,
      memory: this.#memory,
      canStream: options.canStream,
      idle: options.idle,
      bodyOf: (networkId) => this.#bodyOf(networkId),
      onTaken: (networkId) => this.#answerFromHeld(networkId),
      sessionOf: (networkId) => this.#requests.hop(networkId)?.sessionId ?? null,
    });
  }

  /** The capture has begun: what is recorded belongs to it. */
  begin(captureId: string): void {
    this.#captureId = captureId;
    this.#tellSecrets();
  }

  get canStream(): boolean {
    return this.#options.canStream;
  }

  /** The most bytes that waited in memory at once. */
  get peakMemory(): number {
    return this.#memory.peak;
  }

  open(): IterableIterator<Open> {
    return this.#open.values();
  }

  /** Takes an event; what is not about requests is left alone. */
  event({ method, params, sessionId }: CdpEvent): void {
    if (this.#broken || !isKnownEvent(method)) return;
    switch (method) {
      case 'Network.requestWillBeSent':
        this.#with(method, params, (event) => this.#sent(event, sessionId));
        break;
      case 'Network.requestWillBeSentExtraInfo':
        this.#with(method, params, (event) => {
          learnFromHeaders(Object.entries(event.headers), this.secrets);
          this.#requests.rawRequest(event);
        });
        break;
      case 'Network.responseReceived':
        this.#with(method, params, (event) => this.#received(event, sessionId));
        break;
      case 'Network.responseReceivedExtraInfo':
        this.#with(method, params, (event) => {
          learnFromHeaders(Object.entries(event.headers), this.secrets);
          this.#requests.rawAnswer(event);
        });
        break;
      case 'Network.dataReceived':
        this.#with(method, params, (event) => this.#data(event));
        break;
      case 'Network.requestServedFromCache':
        this.#with(method, params, ({ requestId }) => this.#forget(requestId));
        break;
      case 'Network.loadingFinished':
        this.#with(method, params, ({ requestId, timestamp, encodedDataLength }) => {
          const open = this.#open.get(requestId);
          const header = open?.hop.response?.encodedDataLength;
          if (open !== undefined && header !== undefined) open.body.wire = encodedDataLength - header;
          this.#end(requestId, { how: 'finished', error: '', byPage: false, timestamp });
        });
        break;
      case 'Network.loadingFailed':
        this.#with(method, params, (event) => this.#failed(event));
        break;
      case 'Fetch.requestPaused':
        this.#with(method, params, (event) => this.#paused(event, sessionId));
        break;
      default:
    }
  }

  /** Ends what is still open: the recording is over. Resolves when everything that arrived is in the archive. */
  async close(why: (open: Open) => Ending): Promise<void> {
    for (const [requestId, open] of [...this.#open]) this.#end(requestId, why(open));
    while (this.#work.size > 0) await Promise.all(this.#work);
    this.#tellSecrets();
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Lets go of everything: the archive takes nothing any more. */
  abandon(): void {
    this.#broken = true;
    for (const body of this.#bodies.values()) body.queue.discard();
  }

  #with<N extends CdpEventName>(method: N, params: unknown, handle: (event: CdpEventOf<N>) => void): void {
    const parsed = cdpEvents[method].safeParse(params);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      this.#options.reasons.add(
        'body-not-recorded',
        `The browser sent a ${method} message that was not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}).`,
      );
      return;
    }
    // The schema of this very method made it; the compiler does not follow a lookup by a type parameter.
    handle(parsed.data as CdpEventOf<N>);
  }

  #sent(event: CdpEventOf<'Network.requestWillBeSent'>, sessionId: string | null, isAssumed = false): void {
    if (!/^https?:/i.test(event.request.url)) return;
    const now = this.#options.monotonic();
    if (!isAssumed) this.#clocks = { now, wallTime: event.wallTime, timestamp: event.timestamp };
    const { request } = event;
    learnFromHeaders(Object.entries(request.headers), this.secrets);
    hideInUrl(request.url, this.secrets);
    const hop = this.#requests.sent(event, sessionId, isAssumed);
    this.#learnFromBody(hop);
    if (this.#open.get(event.requestId)?.hop === hop) return;
    this.#open.set(event.requestId, {
      hop,
      body: this.#bodyOf(event.requestId),
      n: null,
      stored: Promise.resolve(),
      sentAt: now,
      heardAt: now,
    });
  }

  #learnFromBody({ request }: Hop): void {
    if (request.hasPostData !== true) return;
    const bytes = Buffer.concat(
      (request.postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64')),
    );
    const [, type = ''] =
      Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
    hideInRequestBody(bytes, type, request.url, this.secrets);
  }

  #received(event: CdpEventOf<'Network.responseReceived'>, sessionId: string | null): void {
    if (this.#requests.hop(event.requestId) === null) this.#assume(event.requestId, sessionId);
    const hop = this.#requests.received(event);
    const body = this.#bodies.get(event.requestId);
    if (hop === null || body === undefined) return;
    hop.sessionId = sessionId;
    void this.bodies.received(event.requestId, body, sessionId);
  }

  /**
   * Electron up to 35 drops what the page's process has to say whenever a frame gets a new process, also of
   * requests of the page itself. What is held comes from elsewhere: the requests are put together from that.
   */
  #assume(requestId: string, sessionId: string | null): void {
    const held = this.#held.get(requestId) ?? [];
    const first = this.#requests.hop(requestId) === null ? 0 : held.length - 1;
    for (let n = first; n < held.length; n += 1) {
      const [before, event] = [held[n - 1], held[n]];
      const hop = this.#requests.hop(requestId);
      if (event === undefined || (hop !== null && hop.request.url === event.request.url)) continue;
      const passed = (this.#options.monotonic() - this.#clocks.now) / 1000;
      const timestamp = this.#clocks.timestamp + passed;
      const sent = {
        requestId,
        loaderId: '',
        request: event.request,
        timestamp,
        wallTime: this.#clocks.wallTime + passed,
        type: event.resourceType,
        frameId: event.frameId,
      };
      const forwarded = before === undefined ? {} : { redirectResponse: responseOf(before) };
      this.#sent({ ...sent, ...forwarded, redirectHasExtraInfo: true }, sessionId, true);
    }
  }

  /** Begins an exchange from what is held: address and certificate of the server are not told there. */
  #answerFromHeld(requestId: string): void {
    const event = this.#held.get(requestId)?.at(-1);
    if (event === undefined) return;
    this.#assume(requestId, null);
    const open = this.#open.get(requestId);
    if (open === undefined || open.n !== null) return;
    const passed = (this.#options.monotonic() - open.sentAt) / 1000;
    const timestamp = open.hop.timestamp + passed;
    const { type } = open.hop;
    this.#requests.received({ requestId, timestamp, type, hasExtraInfo: true, response: responseOf(event) });
  }

  #answered(hop: Hop, now: number): void {
    const open = this.#open.get(hop.requestId);
    const { response } = hop;
    if (open === undefined || open.hop !== hop || response === null) return;
    const n = this.#answers++;
    open.n = n;
    open.heardAt = now;
    if (hop.isRedirect) {
      // The answer that forwards has no body; the one that follows has its own.
      open.body = new Body(this.#memory, this.secrets);
      open.body.mode = 'none';
      open.body.end();
    }
    open.stored = this.#store(open, n);
    this.#later(open.stored);
    if (hop.isRedirect) {
      this.#finish(open, n, { how: 'finished', error: '', byPage: false, timestamp: hop.answeredAt });
    }
  }

  async #store(open: Open, n: number): Promise<void> {
    const { sink, certificates } = this.#options;
    const { hop, body } = open;
    await this.#requests.complete(hop);
    const captureId = this.#captureId;
    if (hop.response === null || captureId === null || this.#broken) return;
    learnFromHeaders(requestHeadersOf(hop), this.secrets);
    learnFromHeaders(responseHeadersOf(hop), this.secrets);
    this.clock.read(hop);
    const start = await exchangeStart(hop, hop.response, n, this.secrets, certificates);
    await sink.exchange(captureId, start, body.queue);
  }

  #data(event: CdpEventOf<'Network.dataReceived'>): void {
    const open = this.#open.get(event.requestId);
    if (open !== undefined) open.heardAt = this.#options.monotonic();
    const body = this.#bodies.get(event.requestId);
    if (body === undefined) return;
    body.count(event.dataLength, event.encodedDataLength);
    if (event.data === undefined) return;
    const bytes = Buffer.from(event.data, 'base64');
    this.bytes += bytes.length;
    body.push(bytes);
  }

  #paused(event: CdpEventOf<'Fetch.requestPaused'>, sessionId: string | null): void {
    const open = this.#open.get(event.networkId ?? '');
    if (open !== undefined) open.heardAt = this.#options.monotonic();
    const { requestId } = event;
    if (event.networkId !== undefined && event.responseStatusCode !== undefined) {
      const held = this.#held.get(event.networkId);
      if (held === undefined) this.#held.set(event.networkId, [event]);
      else held.push(event);
      // An engine that streams tells of requests reliably, if a moment later.
      if (!this.#options.canStream && !isForward(event)) this.#assume(event.networkId, sessionId);
    }
    // Not waited for when the recording closes: a body that hangs never comes.
    this.bodies.paused(event, sessionId).catch(() => {
      // Let go without its body, which the comparison of bytes then tells; or page and session are gone.
      const { session } = this.#options;
      send(session, 'Fetch.continueRequest', { requestId }, sessionId).catch(() => undefined);
    });
  }

  #failed(event: CdpEventOf<'Network.loadingFailed'>): void {
    const byPage = event.canceled === true || event.corsErrorStatus !== undefined;
    const isBlocked = event.blockedReason !== undefined && event.blockedReason !== 'inspector';
    this.#end(event.requestId, {
      how: 'failed',
      error: event.errorText,
      byPage: byPage || isBlocked,
      timestamp: event.timestamp,
    });
  }

  #forget(requestId: string): void {
    // An earlier answer of this recording, used once more.
    this.#open.delete(requestId);
    this.#bodies.delete(requestId);
  }

  #end(requestId: string, ending: Ending): void {
    const open = this.#open.get(requestId);
    if (open === undefined) return;
    // The answer is here, but nothing was heard of it.
    if (open.n === null && open.body.isHere) this.#answerFromHeld(requestId);
    this.#open.delete(requestId);
    this.#bodies.delete(requestId);
    this.#held.delete(requestId);
    if (open.n !== null) {
      this.#finish(open, open.n, ending);
      return;
    }
    open.body.queue.discard();
    if (ending.byPage || (ending.how === 'failed' && this.#options.isPage(open.hop))) return;
    const { text } = hideInUrl(open.hop.request.url, this.secrets);
    if (ending.how === 'failed') {
      this.#options.reasons.add('response-failed', `No answer came from ${text} (${ending.error}).`);
    } else if (ending.how === 'hangs') {
      this.#options.reasons.add('response-hangs', `No answer had come from ${text} when the capture ended.`);
    }
  }

  #finish(open: Open, n: number, ending: Ending): void {
    this.#later(this.#storeEnd(open, n, ending));
  }

  async #storeEnd(open: Open, n: number, ending: Ending): Promise<void> {
    const { body, hop } = open;
    const untilNow = this.#options.monotonic() - open.sentAt;
    if (ending.how === 'finished' && body.mode !== 'none' && body.received === 0)
      await this.#rescue(hop, body);
    const withheld = body.end();
    await open.stored;
    const { sink, reasons } = this.#options;
    if (this.#captureId === null || this.#broken) return;
    if (body.mode === 'whole' || body.mode === 'taken') this.bytes += body.received;
    const outcome = outcomeOf(body, hop, ending);
    if (outcome.code !== null) {
      const { text } = hideInUrl(hop.request.url, this.secrets);
      reasons.add(outcome.code, `${text}: ${outcome.reason ?? ''}`);
    }
    const end: ExchangeEnd = {
      n,
      body: outcome.body,
      counted: body.counted,
      encoded: body.encoded,
      reason: outcome.reason,
      milliseconds: Math.max(
        0,
        ending.timestamp === null ? untilNow : (ending.timestamp - hop.timestamp) * 1000,
      ),
      withheld,
    };
    await sink.exchangeEnd(this.#captureId, end);
  }

  /**
   * An answer that was never held. What the engine kept of it counts only where it cannot have been decoded and
   * encoded again: as many bytes as the network layer counted, and no letter beyond ASCII in text.
   */
  async #rescue(hop: Hop, body: Body): Promise<void> {
    if (body.mode !== 'undecided' && body.mode !== 'unrecorded') return;
    try {
      const { requestId, sessionId } = hop;
      const kept = await send(this.#options.session, 'Network.getResponseBody', { requestId }, sessionId);
      const bytes = Buffer.from(kept.body, kept.base64Encoded ? 'base64' : 'utf8');
      const isExact = kept.base64Encoded || bytes.every((byte) => byte < 0x80);
      if (!isExact || bytes.length !== (body.counted ?? 0)) return;
      body.whole(bytes);
      body.mode = 'whole';
    } catch {
      // It keeps none: the exchange says that its body is missing.
    }
  }

  #bodyOf(requestId: string): Body {
    const known = this.#bodies.get(requestId);
    if (known !== undefined) return known;
    const body = new Body(this.#memory, this.secrets);
    this.#bodies.set(requestId, body);
    return body;
  }

  #tell(secret: KnownSecret): void {
    this.#newSecrets.push(secret);
    // Those of one answer go together.
    queueMicrotask(() => this.#tellSecrets());
  }

  #tellSecrets(): void {
    if (this.#captureId === null || this.#newSecrets.length === 0 || this.#broken) return;
    this.#later(this.#options.sink.secrets(this.#captureId, this.#newSecrets.splice(0)));
  }

  #later(work: Promise<void>): void {
    const guarded = work
      .catch((error: unknown) => {
        if (!this.#broken) this.#options.onBroken(error);
      })
      .finally(() => this.#work.delete(guarded));
    this.#work.add(guarded);
  }
}

/** What is known of an answer while it is held. */
function responseOf(event: CdpEventOf<'Fetch.requestPaused'>): CdpResponse {
  const headers = (event.responseHeaders ?? []).map(({ name, value }): [string, string] => [name, value]);
  return {
    url: event.request.url,
    status: event.responseStatusCode ?? 0,
    statusText: event.responseStatusText ?? '',
    headers: Object.fromEntries(headers),
    mimeType: '',
  };
}
