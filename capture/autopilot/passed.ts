/**
 * Posts as they passed, as an artifact: collected over time, the page at no single moment. Handed over in parts, so that
 * memory stays bounded and what was collected is kept when everything stops.
 */
import type { CaptureSink, Withheld } from '../../contract/model/recording.ts';
import { once } from '../../contract/once.ts';
import type { KnownSecrets } from '../secrets/known.ts';

/** Characters of HTML in one part; and of all parts together. */
const partSize = 4 * 1024 * 1024;
const mostSize = 256 * 1024 * 1024;
/** Milliseconds after which a part is handed over, however small it is. */
const partTime = 30_000;

export interface PassedState {
  n: number;
  /** Null: too large to be kept. */
  html: string | null;
  text: string;
}

export interface PassedOptions {
  sink: CaptureSink;
  captureId: string;
  secrets: KnownSecrets;
  clock(): Date;
  /** Milliseconds, monotonic. */
  monotonic(): number;
}

export class Passed {
  readonly #options: PassedOptions;
  readonly #kept = new Set<number>();
  #waiting = new Map<number, { state: PassedState; screen: number; seenAt: string }>();
  #waitingSize = 0;
  #size = 0;
  #parts = 0;
  #since: number;
  readonly withheld: Withheld[] = [];

  constructor(options: PassedOptions) {
    this.#options = options;
    this.#since = options.monotonic();
  }

  /** How many posts are kept. */
  get count(): number {
    return this.#kept.size;
  }

  /** Takes in states as they came; a later state of the same post is fuller. Rejects with what the sink throws. */
  async add(states: readonly PassedState[], screen: number): Promise<void> {
    for (const state of states) {
      const size = state.html?.length ?? 0;
      if (state.html === null || this.#size + size > mostSize) continue;
      const before = this.#waiting.get(state.n)?.state.html?.length ?? 0;
      this.#size += size - before;
      this.#waitingSize += size - before;
      this.#waiting.set(state.n, { state, screen, seenAt: this.#options.clock().toISOString() });
      this.#kept.add(state.n);
    }
    const isDue = this.#options.monotonic() - this.#since > partTime;
    if (this.#waitingSize > partSize || (isDue && this.#waiting.size > 0)) await this.#hand([]);
  }

  /** Hands over the rest, with the order in which the posts stood in the page. */
  async end(order: readonly number[]): Promise<void> {
    if (this.#waiting.size > 0 || this.#parts > 0) await this.#hand(order);
  }

  async #hand(order: readonly number[]): Promise<void> {
    const { sink, captureId } = this.#options;
    this.#parts += 1;
    const lines = [...this.#waiting.values()].map((one) => this.#line(one));
    this.#waiting = new Map();
    this.#waitingSize = 0;
    this.#since = this.#options.monotonic();
    const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Posts as they passed, part ${this.#parts}</title>
<p>Collected by the autopilot of Holdfast while it scrolled: each post as it stood in the page at its own moment. The page never looked like this. ‘data-html’ holds the markup, the paragraph its words.</p>
${lines.join('\n')}
${order.length === 0 ? '' : `<p data-order="${order.join(' ')}">The order of the posts in the page is known; ‘data-order’ holds it.</p>\n`}</html>
`;
    const about = { captureId, role: 'passed', mediaType: 'text/html; charset=utf-8' } as const;
    await sink.artifact({ ...about, name: `passed-${this.#parts}.html` }, once(Buffer.from(page, 'utf8')));
  }

  #line({ state, screen, seenAt }: { state: PassedState; screen: number; seenAt: string }): string {
    const { n, html, text } = state;
    const facts = `data-post="${n}" data-screen="${screen}" data-seen-at="${seenAt}"`;
    return `<article ${facts} data-html="${this.#written(html ?? '')}"><p style="white-space:pre-wrap">${this.#written(text)}</p></article>`;
  }

  /** Secrets out, then every sign that could end the attribute or the paragraph. */
  #written(words: string): string {
    const { text, withheld } = this.#options.secrets.hideIn(words, 'artifact');
    this.withheld.push(...withheld);
    return text.replace(/[&<>"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
}
