/** What servers' clocks say, for the question whether ours was right. */
import { responseHeadersOf } from './answer-headers.ts';
import type { Hop } from './requests.ts';

/** How many servers are told; a page can ask for things on thousands. */
const mostHosts = 50;

export class ServerClock {
  readonly #hosts = new Map<string, number>();

  /**
   * Reads the Date header (RFC 9110, 6.6.1; to the second) of an answer that came from the network with no sign
   * of a cache on its way, against the browser's clock at that moment. The first of each host counts.
   */
  read(hop: Hop): void {
    const { response, answeredAt } = hop;
    if (response === null || answeredAt === null || this.#hosts.size >= mostHosts) return;
    if (response.fromDiskCache === true || response.fromServiceWorker === true) return;
    const headers = new Map(responseHeadersOf(hop).map(([name, value]) => [name.toLowerCase(), value]));
    const cached = ['age', 'x-cache', 'cf-cache-status', 'x-cache-hits'].some((name) => headers.has(name));
    const date = Date.parse(headers.get('date') ?? '');
    if (cached || Number.isNaN(date)) return;
    const { host } = new URL(hop.request.url);
    if (this.#hosts.has(host)) return;
    const ours = hop.wallTime + (answeredAt - hop.timestamp);
    // Plus zero: there is no minus zero seconds.
    this.#hosts.set(host, Math.round(date / 1000 - ours) + 0);
  }

  list(): { host: string; seconds: number }[] {
    return [...this.#hosts].map(([host, seconds]) => ({ host, seconds }));
  }
}
