/** Hands exchanges to the archive: each begins with its answer, and ends when its whole body is there. */
import type { CaptureSink, ExchangeEnd, ExchangeStart, KnownSecret } from '../contract/model/recording.ts';
import { requestHeadersOf, responseHeadersOf } from './answer-headers.ts';
import type { Body } from './body.ts';
import { type Ending, type Outcome, outcomeOf } from './body-outcome.ts';
import type { BodyQueue } from './body-queue.ts';
import { send } from './cdp/commands.ts';
import type { CdpSession } from './cdp-session.ts';
import type { Certificates } from './certificates.ts';
import { exchangeStart } from './exchange-start.ts';
import { withoutProxy } from './persona/without-proxy.ts';
import type { Reasons } from './reasons.ts';
import type { Hop, Requests } from './requests.ts';
import { learnFromHeaders } from './secrets/headers.ts';
import type { KnownSecrets } from './secrets/known.ts';
import { hideInUrl } from './secrets/url.ts';
import { ServerClock } from './server-clock.ts';

export interface WriterOptions {
  session: CdpSession;
  sink: CaptureSink;
  certificates: Certificates;
  reasons: Reasons;
  requests: Requests;
  secrets: KnownSecrets;
  /** Who is connected to is a proxy, of which nothing is told. */
  hasProxy: boolean;
  /** An answer has ended: true where somebody else says what is missing of it. */
  onAnswer(hop: Hop, outcome: Outcome): boolean;
  /** Milliseconds, monotonic. */
  monotonic(): number;
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

/** An exchange that goes on until it is ended. */
export interface OpenStream {
  end(end: Omit<ExchangeEnd, 'n'>): void;
}

export class ExchangeWriter {
  readonly #options: WriterOptions;
  readonly #work = new Set<Promise<void>>();
  readonly #queues = new Set<BodyQueue>();
  readonly clock = new ServerClock();
  #captureId: string | null = null;
  #newSecrets: KnownSecret[] = [];
  #answers = 0;
  #isAbandoned = false;
  /** Bytes of bodies got so far. */
  bytes = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** The capture has begun: what is written belongs to it. */
  begin(captureId: string): void {
    this.#captureId = captureId;
    this.#tellSecrets();
  }

  /** The answer of `open` has begun. */
  start(open: Open): void {
    const n = this.#answers++;
    open.n = n;
    open.stored = this.#store(open, n);
    this.#later(open.stored);
  }

  /** Nothing more comes of `open`, which has begun. */
  end(open: Open, ending: Ending): void {
    if (open.n !== null) this.#later(this.#storeEnd(open, open.n, ending));
  }

  /** Begins an exchange that is no answer to a request; what it says comes out of `queue`. */
  open(start: (n: number) => ExchangeStart, queue: BodyQueue): OpenStream {
    const n = this.#answers++;
    const { sink, hasProxy, secrets } = this.#options;
    const begun = hasProxy ? withoutProxy(start(n), secrets) : start(n);
    this.#queues.add(queue);
    const withCapture = async (act: (captureId: string) => Promise<void>): Promise<void> => {
      if (this.#captureId !== null && !this.#isAbandoned) await act(this.#captureId);
    };
    const stored = withCapture((captureId) => sink.exchange(captureId, begun, queue)).finally(() =>
      this.#queues.delete(queue),
    );
    this.#later(stored);
    return {
      end: (end) =>
        this.#later(
          stored.then(() => withCapture((captureId) => sink.exchangeEnd(captureId, { ...end, n }))),
        ),
    };
  }

  /** The archive is told of a secret, together with others that are found at the same time. */
  tell(secret: KnownSecret): void {
    this.#newSecrets.push(secret);
    queueMicrotask(() => this.#tellSecrets());
  }

  /** Resolves when everything is in the archive. */
  async close(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
    this.#tellSecrets();
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Lets go of everything: the archive takes nothing any more. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const queue of this.#queues) queue.discard();
  }

  async #store({ hop, body }: Open, n: number): Promise<void> {
    const { sink, certificates, requests, secrets } = this.#options;
    this.#queues.add(body.queue);
    await requests.complete(hop);
    if (hop.response === null || this.#captureId === null || this.#isAbandoned) return;
    learnFromHeaders(requestHeadersOf(hop), secrets);
    learnFromHeaders(responseHeadersOf(hop), secrets);
    this.clock.read(hop);
    const start = await exchangeStart(hop, hop.response, n, secrets, certificates);
    const told = this.#options.hasProxy ? withoutProxy(start, secrets) : start;
    await sink.exchange(this.#captureId, told, body.queue);
    this.#queues.delete(body.queue);
  }

  async #storeEnd(open: Open, n: number, ending: Ending): Promise<void> {
    const { body, hop } = open;
    const untilNow = this.#options.monotonic() - open.sentAt;
    if (ending.how === 'finished') await this.#rescue(hop, body);
    const withheld = body.end();
    await open.stored;
    const { sink, reasons, secrets } = this.#options;
    if (this.#captureId === null || this.#isAbandoned) return;
    const outcome = outcomeOf(body, hop, ending);
    const isMedium = this.#options.onAnswer(hop, outcome);
    if (outcome.code !== null && !isMedium) {
      const { text } = hideInUrl(hop.request.url, secrets);
      reasons.add(outcome.code, `${text}: ${outcome.reason ?? ''}`);
    }
    const took = ending.timestamp === null ? untilNow : (ending.timestamp - hop.timestamp) * 1000;
    const end: ExchangeEnd = {
      n,
      body: outcome.body,
      counted: body.counted,
      encoded: body.encoded,
      reason: outcome.reason,
      milliseconds: Math.max(0, took),
      withheld,
    };
    await sink.exchangeEnd(this.#captureId, end);
  }

  /**
   * An answer that was never held. What the engine kept of it counts only where it cannot have been decoded and
   * encoded again: as many bytes as the network layer counted, and no letter beyond ASCII in text.
   */
  async #rescue(hop: Hop, body: Body): Promise<void> {
    if (body.received > 0 || (body.mode !== 'undecided' && body.mode !== 'unrecorded')) return;
    try {
      const { requestId, sessionId } = hop;
      const kept = await send(this.#options.session, 'Network.getResponseBody', { requestId }, sessionId);
      const bytes = Buffer.from(kept.body, kept.base64Encoded ? 'base64' : 'utf8');
      const isExact = kept.base64Encoded || bytes.every((byte) => byte < 0x80);
      if (!isExact || bytes.length !== (body.counted ?? 0)) return;
      body.whole(bytes);
      body.mode = 'whole';
      this.bytes += bytes.length;
    } catch {
      // It keeps none: the exchange says that its body is missing.
    }
  }

  #tellSecrets(): void {
    if (this.#captureId === null || this.#newSecrets.length === 0 || this.#isAbandoned) return;
    this.#later(this.#options.sink.secrets(this.#captureId, this.#newSecrets.splice(0)));
  }

  #later(work: Promise<void>): void {
    const guarded = work
      .catch((error: unknown) => {
        if (!this.#isAbandoned) this.#options.onBroken(error);
      })
      .finally(() => this.#work.delete(guarded));
    this.#work.add(guarded);
  }
}
