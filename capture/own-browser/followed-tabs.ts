/** The tabs of the user's own browser, followed for the pace and the trail of the persona as which it runs. */
import { Trail, type TrailPage, type TrailState } from '../persona/trail.ts';
import type { OwnBrowser } from './own-browser.ts';

export class FollowedTabs {
  readonly #browser: OwnBrowser;
  readonly #onPage: (page: TrailPage | null) => void;
  readonly #trails = new Map<string, Promise<Trail | null>>();
  #listed: readonly string[] = [];
  #state: TrailState;

  /** `onPage`: a page was visited in one of them; null: nothing more is to be known of it. */
  constructor(browser: OwnBrowser, state: TrailState, onPage: (page: TrailPage | null) => void) {
    this.#browser = browser;
    this.#state = state;
    this.#onPage = onPage;
  }

  /** Follows a tab from now on, once. Never rejects: one that is gone is not followed. */
  async follow(tabId: string): Promise<void> {
    await this.#trail(tabId);
  }

  /** Follows all tabs that there are now, and lets go of those that were there the last time and are closed. */
  list(tabIds: readonly string[]): void {
    for (const tabId of tabIds) void this.#trail(tabId);
    for (const tabId of this.#listed.filter((one) => !tabIds.includes(one))) {
      void this.#trails.get(tabId)?.then((trail) => trail?.end());
      this.#trails.delete(tabId);
    }
    this.#listed = [...tabIds];
  }

  /** Notes what is visited from now on, or does not. */
  async keep(state: TrailState): Promise<void> {
    this.#state = state;
    for (const trail of await Promise.all(this.#trails.values())) trail?.keep(state);
  }

  /** What the recorder does in a tab is no visit. Errors: those of `record`. */
  async whileRecorded<T>(tabId: string, record: () => Promise<T>): Promise<T> {
    const trail = await this.#trail(tabId);
    trail?.pause();
    try {
      return await record();
    } finally {
      await trail?.resume();
    }
  }

  /** Notes what is shown, and nothing more. */
  async end(): Promise<void> {
    for (const trail of await Promise.all(this.#trails.values())) trail?.end();
  }

  #trail(tabId: string): Promise<Trail | null> {
    const known = this.#trails.get(tabId);
    if (known !== undefined) return known;
    const followed = this.#follow(tabId).catch(() => null);
    this.#trails.set(tabId, followed);
    return followed;
  }

  async #follow(tabId: string): Promise<Trail> {
    const session = await this.#browser.attach(tabId, false);
    return Trail.follow({
      session,
      clock: () => new Date(),
      state: this.#state,
      onPage: this.#onPage,
    });
  }
}
