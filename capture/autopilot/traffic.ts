/** What the page asks of the network while the autopilot goes through it, as far as that tells whether more will come. */
import { cdpEvents } from '../cdp/events.ts';
import type { CdpEvent } from '../cdp-session.ts';

/** Their end says nothing of the page: they are open as long as it plays or listens, or their end is not told. */
const endless = new Set(['Document', 'Media', 'EventSource', 'WebSocket', 'Ping', 'Preflight']);
const asked = new Set(['XHR', 'Fetch']);

export class Traffic {
  readonly #monotonic: () => number;
  readonly #open = new Map<string, { begun: number; isAsked: boolean }>();
  #lastBegun = Number.NEGATIVE_INFINITY;
  /** What became of the last request for more that failed; null: none did since `forgetFailure`. */
  failure: string | null = null;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Whether anything was asked for since a moment. */
  hasAsked(since: number): boolean {
    return this.#lastBegun >= since;
  }

  /** Whether something that was asked for since a moment has not come. */
  isWaiting(since: number): boolean {
    return [...this.#open.values()].some(({ begun }) => begun >= since);
  }

  /** The same of what scripts of the page asked for. */
  isScriptWaiting(since: number): boolean {
    return [...this.#open.values()].some(({ begun, isAsked }) => isAsked && begun >= since);
  }

  forgetFailure(): void {
    this.failure = null;
  }

  event({ method, params }: CdpEvent): void {
    if (method === 'Network.requestWillBeSent') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event === undefined || endless.has(event.type ?? '') || !/^https?:/i.test(event.request.url))
        return;
      this.#lastBegun = this.#monotonic();
      this.#open.set(event.requestId, { begun: this.#lastBegun, isAsked: asked.has(event.type ?? '') });
    } else if (method === 'Network.responseReceived') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event === undefined || !asked.has(event.type)) return;
      const { status, url } = event.response;
      if (status >= 400) this.failure = `the server answered ${status} to ${placeOf(url)}`;
    } else if (method === 'Network.loadingFinished') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event !== undefined) this.#open.delete(event.requestId);
    } else if (method === 'Network.loadingFailed') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event === undefined) return;
      this.#open.delete(event.requestId);
      // What look-only does not send is no fault of the page.
      const isHeldBack = event.errorText.includes('ERR_BLOCKED_BY_CLIENT');
      if (asked.has(event.type) && event.canceled !== true && !isHeldBack) {
        this.failure = `a request of the page failed (${event.errorText})`;
      }
    }
  }
}

/** Without its query, in which secrets of the session can stand. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`.slice(0, 200);
}
