/**
 * The trail of a page: which addresses it showed, when, from where, and the SHA-256 of each document. Only what is
 * certain is said: a digest stands there where the engine's bytes are known to be the server's.
 */
import { createHash } from 'node:crypto';
import { HoldfastError } from '../../contract/errors.ts';
import { sendWithin } from '../cdp/commands.ts';
import { type CdpEventOf, cdpEvents } from '../cdp/events.ts';
import type { CdpEvent, CdpSession } from '../cdp-session.ts';

export interface TrailPage {
  /** An instant, in UTC. */
  at: string;
  url: string;
  referrer: string | null;
  /** Null: not known, or the page went on without a document of its own. */
  sha256: string | null;
}

const limit = 10_000;
/** Milliseconds in which a document that is shown has come to its end; then it is noted without a digest. */
const patience = 10_000;
/** Bytes of a document that is hashed. */
const mostBytes = 32 * 1024 * 1024;

interface Loading {
  at: string;
  url: string;
  referrer: string | null;
  bytes: number;
  /** The page shows it: no download, and no answer without a document. */
  shown: boolean;
  late: NodeJS.Timeout | null;
}

/** 'off': none is kept, here and of this persona. */
export type TrailState = 'off' | 'on' | 'paused';

export interface TrailOptions {
  session: CdpSession;
  clock(): Date;
  state: TrailState;
  /** A page was visited; null: nothing more is to be known of it. */
  onPage(page: TrailPage | null): void;
}

/** Errors: `not-allowed` where none is kept. */
export function switchedTrail(state: TrailState, on: boolean): TrailState {
  if (state === 'off')
    throw new HoldfastError(
      'not-allowed',
      'A trail is kept under a persona, in an encrypted archive. Choose a persona first.',
    );
  return on ? 'on' : 'paused';
}

export class Trail {
  readonly #options: TrailOptions;
  readonly #loading = new Map<string, Loading>();
  readonly #stop: () => void;
  #state: TrailState;
  #frameId: string | null = null;
  #url: string | null = null;
  #isPaused = false;
  /** The page that the next one comes from is not to be known. */
  #hidesReferrer = false;

  private constructor(options: TrailOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#stop = options.session.on((event) => this.#event(event));
  }

  /** Follows a page from now on. Rejects with a CdpError where the engine refuses to tell. */
  static async follow(options: TrailOptions): Promise<Trail> {
    const trail = new Trail(options);
    try {
      const url = await trail.#listen();
      // Of a page that was there before anybody followed it, nothing else is known.
      if (/^https?:/i.test(url)) trail.#notes(url, null);
      return trail;
    } catch (error) {
      trail.end();
      throw error;
    }
  }

  /** While the recorder has the page. */
  pause(): void {
    this.#isPaused = true;
    this.#flush();
  }

  /** Never rejects: a page that is gone is not followed any more. */
  async resume(): Promise<void> {
    this.#isPaused = false;
    await this.#listen().catch(() => undefined);
  }

  /**
   * Notes what is visited from now on, or does not. What was begun and shown while it did not is forgotten, also as what the
   * next page comes from.
   */
  keep(state: TrailState): void {
    if (state === 'on') this.#forget();
    else this.#flush();
    this.#state = state;
  }

  end(): void {
    this.#flush();
    this.#stop();
  }

  #forget(): void {
    for (const { late } of this.#loading.values()) if (late !== null) clearTimeout(late);
    this.#loading.clear();
    this.#url = null;
    this.#hidesReferrer = true;
  }

  /** `state`: as it was when the page was visited. */
  #tell(page: TrailPage, state = this.#state): void {
    this.#options.onPage(state === 'on' ? page : null);
  }

  /** Gives the address that the page shows. */
  async #listen(): Promise<string> {
    const { session } = this.#options;
    await sendWithin(limit, session, 'Page.enable', {});
    const { frameTree } = await sendWithin(limit, session, 'Page.getFrameTree', {});
    this.#frameId = frameTree.frame.id;
    await sendWithin(limit, session, 'Network.enable', { maxPostDataSize: 0 });
    return frameTree.frame.url;
  }

  #event({ method, params, sessionId }: CdpEvent): void {
    if (this.#isPaused || sessionId !== null) return;
    if (method === 'Network.requestWillBeSent') {
      const sent = cdpEvents[method].safeParse(params).data;
      if (sent !== undefined) this.#asks(sent);
    } else if (method === 'Page.frameNavigated') {
      const frame = cdpEvents[method].safeParse(params).data?.frame;
      if (frame !== undefined && frame.id === this.#frameId) this.#shows(frame.loaderId, frame.url);
    } else if (method === 'Network.dataReceived') {
      const received = cdpEvents[method].safeParse(params).data;
      const loading = this.#loading.get(received?.requestId ?? '');
      if (loading !== undefined) loading.bytes += received?.dataLength ?? 0;
    } else if (method === 'Network.loadingFinished' || method === 'Network.loadingFailed') {
      const requestId = cdpEvents[method].safeParse(params).data?.requestId ?? '';
      const loading = this.#loading.get(requestId);
      this.#loading.delete(requestId);
      if (loading?.late != null) clearTimeout(loading.late);
      if (loading?.shown === true)
        void this.#visited(requestId, loading, method === 'Network.loadingFinished');
    } else if (method === 'Page.navigatedWithinDocument') {
      const moved = cdpEvents[method].safeParse(params).data;
      if (moved?.frameId === this.#frameId) this.#movedTo(moved.url);
    }
  }

  #asks({ requestId, loaderId, frameId, type, request }: CdpEventOf<'Network.requestWillBeSent'>): void {
    // A document that is asked for by the page itself: https://chromedevtools.github.io/devtools-protocol/tot/Network/
    const isPage = type === 'Document' && frameId === this.#frameId && requestId === loaderId;
    if (!isPage || !/^https?:/i.test(request.url)) return;
    const [, sent = null] =
      Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'referer') ?? [];
    const referrer = this.#hidesReferrer ? null : sent;
    const at = this.#options.clock().toISOString();
    this.#loading.set(requestId, { at, url: request.url, referrer, bytes: 0, shown: false, late: null });
  }

  /** What came out of the engine's memory, or was asked for before anybody followed, has no digest. */
  #shows(loaderId: string, url: string): void {
    const loading = this.#loading.get(loaderId);
    this.#flush(loaderId);
    this.#hidesReferrer = false;
    if (loading !== undefined) {
      loading.shown = true;
      loading.late = setTimeout(() => this.#flush(), patience);
    } else if (/^https?:/i.test(url)) this.#notes(url, null);
  }

  /** Notes what is shown and has not ended, but for one, and forgets the rest. */
  #flush(but?: string): void {
    for (const [requestId, { late, shown, at, url, referrer }] of this.#loading) {
      if (requestId === but) continue;
      this.#loading.delete(requestId);
      if (late !== null) clearTimeout(late);
      if (shown) this.#tell({ at, url, referrer, sha256: null });
    }
  }

  #notes(url: string, referrer: string | null): void {
    this.#url = url;
    this.#tell({ at: this.#options.clock().toISOString(), url, referrer, sha256: null });
  }

  async #visited(requestId: string, loading: Loading, isWhole: boolean): Promise<void> {
    const { at, url, referrer, bytes } = loading;
    this.#url = url;
    const state = this.#state;
    const sha256 = isWhole && bytes <= mostBytes ? await this.#digest(requestId, bytes) : null;
    this.#tell({ at, url, referrer, sha256 }, state);
  }

  /** The engine gives text as it has decoded it: as many bytes as came, and no sign of repair, are the same bytes. */
  async #digest(requestId: string, bytes: number): Promise<string | null> {
    const answer = await sendWithin(limit, this.#options.session, 'Network.getResponseBody', {
      requestId,
    }).catch(() => null);
    if (answer === null) return null;
    const body = Buffer.from(answer.body, answer.base64Encoded ? 'base64' : 'utf8');
    const isRepaired = !answer.base64Encoded && answer.body.includes('\u{fffd}');
    return body.length === bytes && !isRepaired ? createHash('sha256').update(body).digest('hex') : null;
  }

  /** As applications of one page do; what differs behind '#' alone is the same page. */
  #movedTo(url: string): void {
    const withoutFragment = (address: string): string => address.split('#')[0] ?? '';
    const before = this.#url;
    this.#url = url;
    if (before === null || withoutFragment(before) !== withoutFragment(url)) this.#notes(url, before);
  }
}
