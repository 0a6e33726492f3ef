/** One recording: turns what the browser says into requests with answers and bodies, and has them written. */
import type { CaptureSink } from '../contract/model/recording.ts';
import { Bodies, isForward } from './bodies.ts';
import { Body } from './body.ts';
import type { Ending } from './body-outcome.ts';
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
import type { LookOnly } from './circumstances.ts';
import { ExchangeWriter, type Open } from './exchange-writer.ts';
import { rulingOf } from './look-only/look-only.ts';
import { sentText } from './look-only/sent-text.ts';
import { PartialMedia } from './partial-media.ts';
import type { Reasons } from './reasons.ts';
import { type Hop, Requests } from './requests.ts';
import { learnFromHeaders } from './secrets/headers.ts';
import { KnownSecrets } from './secrets/known.ts';
import { hideInRequestBody } from './secrets/request-body.ts';
import { hideInUrl } from './secrets/url.ts';
import { WebSockets } from './web-sockets.ts';

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
  /** Null: everything is sent. */
  lookOnly: LookOnly | null;
  /** The servers' own addresses are not known: those of a proxy are. */
  hasProxy: boolean;
  /** Whether the page itself is asked for: whoever does that says what became of it. */
  isPage(hop: Hop): boolean;
  /** Whether this session is that of a service worker. */
  isServiceWorker(sessionId: string | null): boolean;
  /** A request that is not to be sent, because the page would be left. */
  refuses(event: CdpEventOf<'Fetch.requestPaused'>): boolean;
  /** The sink refused, or something is wrong with the recorder itself. */
  onBroken(error: unknown): void;
}

type Handlers = { [N in CdpEventName]?: (event: CdpEventOf<N>, sessionId: string | null) => void };

export class Recording {
  readonly #options: RecordingOptions;
  readonly #requests: Requests;
  readonly #open = new Map<string, Open>();
  readonly #bodies = new Map<string, Body>();
  /** Answers that were held, by request; of a chain all. */
  readonly #held = new Map<string, CdpEventOf<'Fetch.requestPaused'>[]>();
  /** One moment by our monotonic clock (milliseconds) and by the browser's two (seconds). */
  #clocks = { now: 0, wallTime: 0, timestamp: 0 };
  readonly #memory: BodyMemory;
  readonly #handlers: Handlers;
  #isAbandoned = false;
  readonly bodies: Bodies;
  readonly secrets: KnownSecrets;
  readonly writer: ExchangeWriter;
  readonly sockets: WebSockets;
  readonly #media: PartialMedia;

  constructor(options: RecordingOptions) {
    this.#options = options;
    const { session, canStream, idle } = options;
    this.#memory = new BodyMemory(options.memory, (isHigh) => {
      if (isHigh) session.pause?.();
      else session.resume?.();
    });
    this.secrets = new KnownSecrets(options.randomBytes, (secret) => this.writer.tell(secret));
    this.#requests = new Requests((hop) => this.#answered(hop));
    this.writer = new ExchangeWriter({
      ...options,
      requests: this.#requests,
      secrets: this.secrets,
      onAnswer: (hop, outcome) => this.#media.note(hop, outcome),
    });
    const { secrets, writer } = this;
    const wallTime = () => this.#clocks.wallTime + this.#passed();
    const shared = { ...options, writer, secrets, memory: this.#memory, wallTime };
    this.#media = new PartialMedia(shared);
    this.sockets = new WebSockets(shared);
    this.bodies = new Bodies({
      session,
      secrets: this.secrets,
      memory: this.#memory,
      canStream,
      idle,
      isServiceWorker: options.isServiceWorker,
      bodyOf: (networkId) => this.#bodyOf(networkId),
      onTaken: (networkId) => this.#answerFromHeld(networkId),
      onPiece: (networkId, bytes) => this.#heard(networkId, bytes),
      sessionOf: (networkId) => this.#requests.hop(networkId)?.sessionId ?? null,
    });
    this.#handlers = this.#handle();
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
    if (!this.#isAbandoned && isKnownEvent(method)) this.#dispatch(method, params, sessionId);
  }

  /** Ends what is still open: the recording is over. Resolves when everything that arrived is in the archive. */
  async close(why: (open: Open) => Ending): Promise<void> {
    for (const [requestId, open] of [...this.#open]) this.#end(requestId, why(open));
    this.sockets.close();
    await this.writer.close();
    this.#media.tell();
  }

  /** Fetches films whole of which the page, with its main frame `frameId`, asked for parts only. */
  async completeMedia(frameId: string, isStopped: () => boolean): Promise<void> {
    for (const { hop } of this.open()) this.#media.note(hop, null);
    await this.#media.complete(frameId, isStopped);
  }

  /** Lets go of everything: the archive takes nothing any more. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const body of this.#bodies.values()) body.queue.discard();
    this.sockets.abandon();
    this.writer.abandon();
    this.#options.session.resume?.();
  }

  #handle(): Handlers {
    const learn = (headers: Record<string, string>): void =>
      learnFromHeaders(Object.entries(headers), this.secrets);
    return {
      'Network.requestWillBeSent': (event, sessionId) => this.#sent(event, sessionId),
      'Network.requestWillBeSentExtraInfo': (event) => {
        learn(event.headers);
        this.#requests.rawRequest(event);
        this.#noteSharedWorker(event);
      },
      'Network.responseReceived': (event, sessionId) => this.#received(event, sessionId),
      'Network.responseReceivedExtraInfo': (event) => {
        learn(event.headers);
        this.#requests.rawAnswer(event);
      },
      'Network.dataReceived': (event) => this.#data(event),
      'Network.requestServedFromCache': ({ requestId }) => this.#forget(requestId),
      'Network.loadingFinished': ({ requestId, timestamp }) =>
        this.#end(requestId, { how: 'finished', error: '', byPage: false, timestamp }),
      'Network.loadingFailed': (event) => this.#failed(event),
      'Fetch.requestPaused': (event, sessionId) => this.#paused(event, sessionId),
      'Network.webSocketCreated': (event) => this.sockets.created(event),
      'Network.webSocketWillSendHandshakeRequest': (event) => this.sockets.asked(event),
      'Network.webSocketHandshakeResponseReceived': (event) => this.sockets.opened(event),
      'Network.webSocketFrameReceived': (event) => this.sockets.message('receive', event),
      'Network.webSocketFrameSent': (event) => this.sockets.message('send', event),
      'Network.webSocketFrameError': (event) => this.sockets.failed(event),
      'Network.webSocketClosed': (event) => this.sockets.closed(event),
    };
  }

  /** It belongs to no page, and no session is told of what it asks for. */
  #noteSharedWorker({ requestId, headers }: CdpEventOf<'Network.requestWillBeSentExtraInfo'>): void {
    const isShared = Object.entries(headers).some(
      ([name, value]) => name.toLowerCase() === 'sec-fetch-dest' && value === 'sharedworker',
    );
    if (!isShared) return;
    const url = this.#requests.hop(requestId)?.request.url ?? '';
    const { text } = hideInUrl(url, this.secrets);
    this.#options.reasons.add(
      'body-not-recorded',
      `What the shared worker ${text} asks for is not recorded.`,
    );
  }

  #dispatch<N extends CdpEventName>(method: N, params: unknown, sessionId: string | null): void {
    const handler: ((event: CdpEventOf<N>, sessionId: string | null) => void) | undefined =
      this.#handlers[method];
    if (handler === undefined) return;
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
    handler(parsed.data as CdpEventOf<N>, sessionId);
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
    // Of a hop of a chain that others follow already, or that is open: nothing more is to come of it.
    if (this.#requests.hop(event.requestId) !== hop || this.#open.get(event.requestId)?.hop === hop) return;
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
    const current = this.#requests.hop(requestId)?.request.url;
    const reached = held.findLastIndex(({ request }) => request.url === current);
    // Answers of a chain are held in its order: what follows on the hop that is known is still to be put together.
    const first = current === undefined ? 0 : reached < 0 ? held.length - 1 : reached + 1;
    for (let n = first; n < held.length; n += 1) {
      const [before, event] = [held[n - 1], held[n]];
      const hop = this.#requests.hop(requestId);
      if (event === undefined || (hop !== null && hop.request.url === event.request.url)) continue;
      const passed = this.#passed();
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

  /** Seconds since the moment that both clocks are known of. */
  #passed(): number {
    return (this.#options.monotonic() - this.#clocks.now) / 1000;
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

  #answered(hop: Hop): void {
    const open = this.#open.get(hop.requestId);
    if (open === undefined || open.hop !== hop || hop.response === null) return;
    open.heardAt = this.#options.monotonic();
    if (hop.isRedirect) {
      // The answer that forwards has no body; the one that follows has its own.
      open.body = new Body(this.#memory, this.secrets);
      open.body.mode = 'none';
      open.body.end();
    }
    this.writer.start(open);
    if (!hop.isRedirect) return;
    this.writer.end(open, { how: 'finished', error: '', byPage: false, timestamp: hop.answeredAt });
  }

  /** Something came of a request, so many bytes of its body maybe. */
  #heard(requestId: string, bytes: number): void {
    const open = this.#open.get(requestId);
    if (open !== undefined) open.heardAt = this.#options.monotonic();
    this.writer.bytes += bytes;
  }

  #data(event: CdpEventOf<'Network.dataReceived'>): void {
    this.#heard(event.requestId, 0);
    const body = this.#bodies.get(event.requestId);
    if (body === undefined) return;
    body.count(event.dataLength, event.encodedDataLength);
    // Asked for as a whole because nobody had answered that it streams: now it comes twice.
    if (event.data === undefined || body.mode === 'whole') return;
    const bytes = Buffer.from(event.data, 'base64');
    this.writer.bytes += bytes.length;
    body.push(bytes);
  }

  #paused(event: CdpEventOf<'Fetch.requestPaused'>, sessionId: string | null): void {
    this.#heard(event.networkId ?? '', 0);
    const { requestId } = event;
    if (this.#options.refuses(event)) {
      const refused = { requestId, errorReason: 'Aborted' };
      send(this.#options.session, 'Fetch.failRequest', refused, sessionId).catch(() => undefined);
      return;
    }
    if (this.#isToBlock(event)) {
      const { session } = this.#options;
      const blocked = { requestId, errorReason: 'BlockedByClient' };
      send(session, 'Fetch.failRequest', blocked, sessionId).catch(() => undefined);
      return;
    }
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

  /** Of a request that is held before it is sent: whether it would do something. Counts it. */
  #isToBlock({
    request,
    responseStatusCode,
    responseErrorReason,
  }: CdpEventOf<'Fetch.requestPaused'>): boolean {
    const { lookOnly } = this.#options;
    if (lookOnly?.by !== 'recorder') return false;
    if (responseStatusCode !== undefined || responseErrorReason !== undefined) return false;
    const { method, url } = request;
    const ruling = rulingOf({ method, url, body: sentText(request) });
    if (ruling !== null) lookOnly.blocked.add(ruling, method, url);
    return ruling !== null;
  }

  #failed(event: CdpEventOf<'Network.loadingFailed'>): void {
    const byPage = event.canceled === true || event.corsErrorStatus !== undefined;
    const isOurs = this.#options.lookOnly !== null && /ERR_BLOCKED_BY_CLIENT/.test(event.errorText);
    const isBlocked = isOurs || (event.blockedReason !== undefined && event.blockedReason !== 'inspector');
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
    if (open.body.mode === 'whole' || open.body.mode === 'taken') this.writer.bytes += open.body.received;
    if (open.n !== null) this.writer.end(open, ending);
    else this.#noAnswer(open, ending);
  }

  #noAnswer({ hop, body }: Open, ending: Ending): void {
    body.queue.discard();
    if (ending.byPage || (ending.how === 'failed' && this.#options.isPage(hop))) return;
    const { text } = hideInUrl(hop.request.url, this.secrets);
    const { reasons } = this.#options;
    if (ending.how === 'failed')
      reasons.add('response-failed', `No answer came from ${text} (${ending.error}).`);
    else if (ending.how === 'hangs') {
      reasons.add('response-hangs', `No answer had come from ${text} when the capture ended.`);
    }
  }

  #bodyOf(requestId: string): Body {
    const known = this.#bodies.get(requestId);
    if (known !== undefined) return known;
    const body = new Body(this.#memory, this.secrets);
    this.#bodies.set(requestId, body);
    return body;
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
