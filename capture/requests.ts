/**
 * From the events of the Network domain to requests with their answers. An address that forwards to another one
 * is a request of its own, under the same id; what the network layer really sent and got comes in events of its
 * own, sooner or later than the rest.
 */
import type { CdpEventOf, CdpRequest, CdpResponse } from './cdp/events.ts';

/** Milliseconds that the raw headers may come later than the answer itself. */
const rawHeadersWait = 1000;

export interface RawAnswer {
  headers: Record<string, string>;
  /** Status line and headers as they came, where the protocol has such a form. */
  text: string | null;
}

/** One request, and its answer once there is one. */
export interface Hop {
  requestId: string;
  sessionId: string | null;
  loaderId: string;
  frameId: string | null;
  /** As the engine calls it: 'Document'. */
  type: string;
  request: CdpRequest;
  /** Seconds since 1970 by the browser's clock, and seconds by its monotonic one. */
  wallTime: number;
  timestamp: number;
  response: CdpResponse | null;
  /** Seconds by the monotonic clock; null: no answer yet. */
  answeredAt: number | null;
  isRedirect: boolean;
  /** Made from an answer that was held, because nothing was heard of the request itself. */
  isAssumed: boolean;
  /** The engine says that raw headers come for this answer. */
  hasRaw: boolean;
  rawRequest: Record<string, string> | null;
  rawAnswer: RawAnswer | null;
}

interface Trail {
  current: Hop;
  rawRequests: Record<string, string>[];
  rawAnswers: RawAnswer[];
  wake: () => void;
  /** Hops that were assumed, and of which nothing was heard yet; in the order of the chain. */
  unheard: Hop[];
  /** The hops of a chain take their raw headers one after the other. */
  turn: Promise<void>;
}

export class Requests {
  readonly #onAnswer: (hop: Hop) => void;
  readonly #trails = new Map<string, Trail>();
  /** Raw headers that came before their request. */
  readonly #early = new Map<string, Pick<Trail, 'rawRequests' | 'rawAnswers'>>();

  /** `onAnswer` is called in the order in which answers began; raw headers are there where the engine gives them. */
  constructor(onAnswer: (hop: Hop) => void) {
    this.#onAnswer = onAnswer;
  }

  hop(requestId: string): Hop | null {
    return this.#trails.get(requestId)?.current ?? null;
  }

  /**
   * `isAssumed`: nobody said that it was sent, but its answer is here. Gives the hop, which is not the current one where
   * the browser tells late of one that others follow already.
   */
  sent(event: CdpEventOf<'Network.requestWillBeSent'>, sessionId: string | null, isAssumed = false): Hop {
    const { requestId } = event;
    const trail = this.#trails.get(requestId);
    const hop = { ...hopOf(event, sessionId), isAssumed };
    if (trail === undefined) {
      const early = this.#early.get(requestId) ?? { rawRequests: [], rawAnswers: [] };
      this.#early.delete(requestId);
      const rest = { wake: () => undefined, turn: Promise.resolve(), unheard: isAssumed ? [hop] : [] };
      this.#trails.set(requestId, { current: hop, ...early, ...rest });
      return hop;
    }
    const [assumed] = trail.unheard;
    // It was assumed already, with its answer: only what was not known then is taken over.
    if (assumed !== undefined && !isAssumed && assumed.request.url === event.request.url) {
      trail.unheard.shift();
      const { wallTime, timestamp, request, loaderId, frameId, type } = hop;
      return Object.assign(assumed, { wallTime, timestamp, request, loaderId, frameId, type });
    }
    if (isAssumed) trail.unheard.push(hop);
    if (event.redirectResponse !== undefined) {
      this.#answered(trail, event.redirectResponse, event.timestamp, event.redirectHasExtraInfo, true);
    }
    trail.current = hop;
    return hop;
  }

  received(event: CdpEventOf<'Network.responseReceived'>): Hop | null {
    const trail = this.#trails.get(event.requestId);
    if (trail === undefined || trail.current.response !== null) return null;
    // Who missed the request does not know what it was for.
    if (!trail.current.isAssumed || event.type !== 'Other') trail.current.type = event.type;
    this.#answered(trail, event.response, event.timestamp, event.hasExtraInfo, false);
    return trail.current;
  }

  rawRequest(event: CdpEventOf<'Network.requestWillBeSentExtraInfo'>): void {
    this.#raw(event.requestId).rawRequests.push(event.headers);
    this.#trails.get(event.requestId)?.wake();
  }

  rawAnswer(event: CdpEventOf<'Network.responseReceivedExtraInfo'>): void {
    const { headers, headersText } = event;
    this.#raw(event.requestId).rawAnswers.push({ headers, text: headersText ?? null });
    this.#trails.get(event.requestId)?.wake();
  }

  /**
   * Gives the hop its raw headers: those of a chain come in the order of its hops. Waits a little for what is
   * still on its way.
   */
  complete(hop: Hop): Promise<void> {
    const trail = this.#trails.get(hop.requestId);
    if (trail === undefined || !hop.hasRaw) return Promise.resolve();
    trail.turn = trail.turn.then(async () => {
      await untilRaw(trail);
      hop.rawRequest = trail.rawRequests.shift() ?? null;
      hop.rawAnswer = trail.rawAnswers.shift() ?? null;
    });
    return trail.turn;
  }

  #raw(requestId: string): Pick<Trail, 'rawRequests' | 'rawAnswers'> {
    const known = this.#trails.get(requestId) ?? this.#early.get(requestId);
    if (known !== undefined) return known;
    const early = { rawRequests: [], rawAnswers: [] };
    this.#early.set(requestId, early);
    return early;
  }

  #answered(
    trail: Trail,
    response: CdpResponse,
    timestamp: number,
    hasRaw: boolean | undefined,
    isRedirect: boolean,
  ): void {
    const hop = trail.current;
    hop.response = response;
    hop.answeredAt = timestamp;
    hop.isRedirect = isRedirect;
    hop.hasRaw = hasRaw ?? false;
    this.#onAnswer(hop);
  }
}

function hopOf(event: CdpEventOf<'Network.requestWillBeSent'>, sessionId: string | null): Hop {
  const { requestId, loaderId, request, wallTime, timestamp } = event;
  return {
    requestId,
    sessionId,
    loaderId,
    frameId: event.frameId ?? null,
    type: event.type ?? 'Other',
    request,
    wallTime,
    timestamp,
    response: null,
    answeredAt: null,
    isRedirect: false,
    isAssumed: false,
    hasRaw: false,
    rawRequest: null,
    rawAnswer: null,
  };
}

function untilRaw(trail: Trail): Promise<void> {
  const isHere = (): boolean => trail.rawRequests.length > 0 && trail.rawAnswers.length > 0;
  if (isHere()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      trail.wake = () => undefined;
      resolve();
    };
    const timer = setTimeout(done, rawHeadersWait);
    trail.wake = () => {
      if (isHere()) done();
    };
  });
}
