/** What the page asks of the network while the autopilot goes through it, as far as that tells whether more will come. */
import { cdpEvents } from '../cdp/events.ts';
import type { CdpEvent } from '../cdp-session.ts';

/** Their end says nothing of the page: they are open as long as it plays or listens, or their end is not told. */
const endless = new Set(['Document', 'Media', 'EventSource', 'WebSocket', 'Ping', 'Preflight']);
const asked = new Set(['XHR', 'Fetch']);

export class Traffic {
  readonly #monotonic: () => number;
  readonly #open = new Map<string, number>();
  /** What became of the last request for more that failed; null: none did since `forgetFailure`. */
  failure: string | null = null;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Requests that were begun since a moment, and have not ended. */
  begunSince(moment: number): number {
    return [...this.#open.values()].filter((begun) => begun >= moment).length;
  }

  forgetFailure(): void {
    this.failure = null;
  }

  event({ method, params }: CdpEvent): void {
    if (method === 'Network.requestWillBeSent') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event === undefined || endless.has(event.type ?? '') || !/^https?:/i.test(event.request.url))
        return;
      this.#open.set(event.requestId, this.#monotonic());
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
      if (asked.has(event.type) && event.canceled !== true) {
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
