/**
 * Web sockets: each is an exchange whose body is one line of JSON for everything that was said, in its order. The form
 * of a message is that of HAR files as browsers write them: `type`, `time` (seconds since 1970), `opcode`, `data`
 * (text; base64 for anything else). Two lines before them say how the socket was opened.
 */
import { type ExchangeStart, type Withheld, webSocketMediaType } from '../contract/model/recording.ts';
import { Body } from './body.ts';
import type { BodyMemory } from './body-queue.ts';
import type { CdpEventOf } from './cdp/events.ts';
import type { ExchangeWriter, OpenStream } from './exchange-writer.ts';
import type { Reasons } from './reasons.ts';
import { hideInHeaders, learnFromHeaders } from './secrets/headers.ts';
import { distinct, type KnownSecrets } from './secrets/known.ts';
import { hideInRequestBody } from './secrets/request-body.ts';
import { hideInUrl } from './secrets/url.ts';

/** Milliseconds in which the first message of a socket is waited for. */
const firstMessage = 2000;
/** RFC 6455, 5.2. */
const textOpcode = 1;

type Handshake = CdpEventOf<'Network.webSocketHandshakeResponseReceived'>['response'];

export interface WebSocketsOptions {
  writer: ExchangeWriter;
  memory: BodyMemory;
  secrets: KnownSecrets;
  reasons: Reasons;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Seconds since 1970, by the browser's clock as far as it was heard. */
  wallTime(): number;
  /** Milliseconds in which the server answers. */
  idle: number;
}

interface Socket {
  url: string;
  /** Milliseconds, monotonic. */
  createdAt: number;
  heardAt: number;
  /** One moment by the browser's two clocks, in seconds. */
  wallTime: number;
  timestamp: number;
  requestHeaders: Record<string, string>;
  body: Body;
  /** Null: the server has not answered yet. */
  stream: OpenStream | null;
  received: number;
  withheld: Withheld[];
}

export class WebSockets {
  readonly #options: WebSocketsOptions;
  /** Those that are open or being opened. */
  readonly #sockets = new Map<string, Socket>();

  constructor(options: WebSocketsOptions) {
    this.#options = options;
  }

  /** Whether something is to be expected soon: an answer of the server, or what it has to say first. */
  get isBusy(): boolean {
    const now = this.#options.monotonic();
    return [...this.#sockets.values()].some(({ stream, received, createdAt, heardAt }) =>
      stream === null
        ? now - createdAt < this.#options.idle
        : received === 0 && now - heardAt < Math.min(firstMessage, this.#options.idle),
    );
  }

  created({ requestId, url }: CdpEventOf<'Network.webSocketCreated'>): void {
    const { secrets, memory, monotonic } = this.#options;
    hideInUrl(url, secrets);
    const body = new Body(memory, secrets);
    body.mediaType = webSocketMediaType;
    const now = monotonic();
    this.#sockets.set(requestId, {
      ...{ url, body, createdAt: now, heardAt: now },
      ...{ wallTime: this.#options.wallTime(), timestamp: 0, requestHeaders: {} },
      ...{ stream: null, received: 0, withheld: [] },
    });
  }

  asked({ requestId, ...event }: CdpEventOf<'Network.webSocketWillSendHandshakeRequest'>): void {
    const socket = this.#sockets.get(requestId);
    if (socket === undefined) return;
    learnFromHeaders(Object.entries(event.request.headers), this.#options.secrets);
    const { wallTime, timestamp } = event;
    Object.assign(socket, { wallTime, timestamp, requestHeaders: event.request.headers });
  }

  opened({ requestId, response }: CdpEventOf<'Network.webSocketHandshakeResponseReceived'>): void {
    const socket = this.#sockets.get(requestId);
    if (socket === undefined || socket.stream !== null) return;
    const { secrets, writer, monotonic } = this.#options;
    socket.heardAt = monotonic();
    learnFromHeaders(Object.entries(response.headers), secrets);
    const start = startOf(socket, response, secrets);
    const { method, url, requestHeaders, status, statusText, responseHeaders } = start;
    socket.stream = writer.open((n) => ({ ...start, n }), socket.body.queue);
    this.#say(socket, { type: 'request', method, url, headers: requestHeaders });
    this.#say(socket, { type: 'response', status, statusText, headers: responseHeaders });
  }

  /** `type`: 'send' for what the page says, 'receive' for what the server does. */
  message(type: 'send' | 'receive', event: CdpEventOf<'Network.webSocketFrameReceived'>): void {
    const socket = this.#sockets.get(event.requestId);
    if (socket === undefined) return;
    const { opcode, payloadData } = event.response;
    const time = socket.wallTime + (socket.timestamp === 0 ? 0 : event.timestamp - socket.timestamp);
    const isText = opcode === textOpcode;
    const data = type === 'send' && isText ? this.#withoutSecrets(socket, payloadData) : payloadData;
    if (type === 'receive') socket.received += 1;
    this.#say(socket, { type, time, opcode, data });
  }

  /** Something is wrong: the socket could not be opened, or what it says breaks the rules. */
  failed({ requestId, errorMessage }: CdpEventOf<'Network.webSocketFrameError'>): void {
    const socket = this.#sockets.get(requestId);
    if (socket === undefined) return;
    const { text } = hideInUrl(socket.url, this.#options.secrets);
    const what = socket.stream === null ? 'was not opened' : 'broke off';
    const code = socket.stream === null ? 'response-failed' : 'response-truncated';
    this.#options.reasons.add(code, `The web socket ${text} ${what} (${errorMessage.slice(0, 200)}).`);
    this.#end(requestId, socket, `it ${what}`);
  }

  closed({ requestId }: CdpEventOf<'Network.webSocketClosed'>): void {
    const socket = this.#sockets.get(requestId);
    if (socket !== undefined) this.#end(requestId, socket, null);
  }

  /** The recording is over: what is still open is recorded until now. */
  close(): void {
    for (const [requestId, socket] of this.#sockets)
      this.#end(requestId, socket, 'the socket was open; recorded until the capture ended');
  }

  abandon(): void {
    for (const { body } of this.#sockets.values()) body.queue.discard();
  }

  #say({ body }: Socket, line: Record<string, unknown>): void {
    body.push(Buffer.from(`${JSON.stringify(line)}\n`));
  }

  /** A page's first message is often a sign-in. */
  #withoutSecrets(socket: Socket, data: string): string {
    const { secrets } = this.#options;
    const type = /^\s*[[{]/.test(data) ? 'application/json' : 'text/plain';
    const hidden = hideInRequestBody(Buffer.from(data), type, socket.url, secrets);
    if (hidden.withheld.length === 0) return data;
    socket.withheld.push(...hidden.withheld);
    return Buffer.from(hidden.bytes).toString('utf8');
  }

  /** `reason` null: it was closed in order. */
  #end(requestId: string, { body, stream, withheld, createdAt }: Socket, reason: string | null): void {
    this.#sockets.delete(requestId);
    const inBody = body.end();
    if (stream === null) {
      body.queue.discard();
      return;
    }
    stream.end({
      body: reason === null ? 'whole' : 'truncated',
      counted: body.received,
      encoded: null,
      reason,
      milliseconds: this.#options.monotonic() - createdAt,
      withheld: distinct([...withheld, ...inBody]),
    });
  }
}

function startOf(socket: Socket, response: Handshake, secrets: KnownSecrets): Omit<ExchangeStart, 'n'> {
  const asked = Object.entries(response.requestHeaders ?? socket.requestHeaders);
  const answered = Object.entries(response.headers).flatMap(([name, value]) =>
    value.split('\n').map((one): [string, string] => [name, one]),
  );
  const url = hideInUrl(socket.url, secrets);
  const sent = hideInHeaders(asked, 'request-header', secrets);
  const got = hideInHeaders(answered, 'response-header', secrets);
  return {
    url: url.text,
    method: 'GET',
    resourceType: 'websocket',
    requestHeaders: sent.headers,
    requestBody: null,
    requestBodySize: 0,
    status: Math.trunc(response.status),
    statusText: response.statusText,
    protocol: 'websocket',
    responseHeaders: got.headers,
    from: 'network',
    server: null,
    tls: null,
    startedAt: new Date(socket.wallTime * 1000).toISOString(),
    withheld: distinct([...url.withheld, ...sent.withheld, ...got.withheld]),
  };
}
