/** The second door: the user's own browser beside the window, its tabs, and recording one of them. */
import type { CdpSession } from '../../capture/cdp-session.ts';
import { findChromium } from '../../capture/chromium.ts';
import { type OwnBrowser, openOwnBrowser, type Tab } from '../../capture/own-browser/own-browser.ts';
import { asPersona, recordTab } from '../../capture/own-browser/record-tab.ts';
import { Trail, type TrailPage } from '../../capture/persona/trail.ts';
import type { ShellInput } from '../../contract/channels.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { DoorState } from '../../contract/model/door.ts';
import type { Persona } from '../../contract/model/persona.ts';
import type { CaptureResult, CaptureSink } from '../../contract/model/recording.ts';
import { signOf } from '../capture-view/worn.ts';
import type { ShellHandlers } from '../ipc.ts';

export interface SecondDoorParts {
  /** By id; one that pages may be looked at with. Errors: those of the archive. */
  persona(id: string): Promise<Persona>;
  keepsTrail(): Promise<boolean>;
  /** A page was visited under this persona, by id; `page` null: the trail is paused. Never rejects. */
  visited(persona: string, page: TrailPage | null): void;
  sink(onProgress: (progress: Progress) => void): CaptureSink;
  /** Hears of every change of the state. */
  onState(state: DoorState): void;
}

interface Followed {
  session: CdpSession;
  trail: Trail;
}

interface Opening {
  browser: OwnBrowser;
  persona: Persona | null;
  trailState: DoorState['trail'];
  tabs: Tab[];
  followed: Map<string, Promise<Followed | null>>;
  recording: { tabId: string; stop: AbortController } | null;
}

const closed: DoorState = {
  open: false,
  profile: null,
  browser: null,
  persona: null,
  trail: 'off',
  tabs: [],
  capturing: null,
};

type DoorChannel = 'door.open' | 'door.state' | 'door.close' | 'door.capture' | 'door.trail';

export class SecondDoor {
  readonly #parts: SecondDoorParts;
  #opening: Opening | null = null;
  #beginning: Promise<unknown> = Promise.resolve();
  /** Counts the orders to close: what was begun before one of them does not come up after it. */
  #closings = 0;
  #puttingOn: string | null = null;

  constructor(parts: SecondDoorParts) {
    this.#parts = parts;
  }

  get state(): DoorState {
    const opening = this.#opening;
    if (opening === null) return closed;
    const { browser, persona, trailState, tabs, recording } = opening;
    return {
      open: true,
      profile: browser.profile,
      browser: browser.engine.version,
      persona: persona === null ? null : signOf(persona),
      trail: trailState,
      tabs: [...tabs],
      capturing: recording?.tabId ?? null,
    };
  }

  /** Whether the browser runs as this persona, or soon will. */
  wears(persona: string): boolean {
    return this.#puttingOn === persona || this.#opening?.persona?.id === persona;
  }

  get handlers(): Pick<ShellHandlers, DoorChannel> {
    return {
      'door.open': (order) => this.#open(order),
      'door.state': async () => this.state,
      'door.close': async () => {
        await this.close();
        return {};
      },
      'door.trail': async ({ on }) => this.#setTrail(on),
      'door.capture': (order, _window, { signal, onProgress }) => this.#capture(order, signal, onProgress),
    };
  }

  /** Ends a capture, sealed as far as it came, and the browser; its profile stays. Never rejects. */
  async close(): Promise<void> {
    this.#closings += 1;
    await this.#beginning.catch(() => undefined);
    const opening = this.#opening;
    if (opening === null) return;
    this.#opening = null;
    opening.recording?.stop.abort();
    await opening.browser.close();
    this.#changed();
  }

  /** Errors: `not-allowed` while it is open; those of `openOwnBrowser`, `findChromium`, `asPersona` and the archive. */
  async #open(order: ShellInput<'door.open'>): Promise<DoorState> {
    const closings = this.#closings;
    await this.#beginning.catch(() => undefined);
    if (this.#opening !== null || closings !== this.#closings)
      throw new HoldfastError('not-allowed', 'The browser is open, or was being closed. Close it first.');
    this.#puttingOn = order.persona;
    const beginning = this.#begin(order, closings);
    this.#beginning = beginning;
    await beginning.finally(() => {
      this.#puttingOn = null;
    });
    return this.state;
  }

  async #begin({ profile, persona: id }: ShellInput<'door.open'>, closings: number): Promise<void> {
    const persona = id === null ? null : await this.#parts.persona(id);
    const started = asPersona(persona);
    const trailState = persona !== null && (await this.#parts.keepsTrail()) ? 'on' : 'off';
    const browser = await openOwnBrowser({ path: findChromium(), profile, hasWindow: true, ...started });
    if (closings !== this.#closings) {
      await browser.close();
      throw new HoldfastError('cancelled', 'The archive was locked before the browser had opened.');
    }
    const opening: Opening = {
      ...{ browser, persona, trailState, tabs: [], followed: new Map(), recording: null },
    };
    this.#opening = opening;
    browser.onChange(() => void this.#look(opening));
    void browser.closed.then(() => {
      if (this.#opening !== opening) return;
      this.#opening = null;
      this.#changed();
    });
    await this.#look(opening);
  }

  async #look(opening: Opening): Promise<void> {
    const tabs = await opening.browser.tabs().catch(() => null);
    if (tabs === null || this.#opening !== opening) return;
    opening.tabs = tabs;
    for (const { id } of tabs)
      if (!opening.followed.has(id)) opening.followed.set(id, this.#follow(opening, id));
    this.#changed();
  }

  /** Null: nothing is noted of it, because no persona is worn or the tab is gone. */
  async #follow({ browser, persona }: Opening, tabId: string): Promise<Followed | null> {
    if (persona === null) return null;
    const onPage = (page: TrailPage): void =>
      this.#parts.visited(persona.id, this.#opening?.trailState === 'on' ? page : null);
    try {
      const session = await browser.attach(tabId, false);
      return { session, trail: await Trail.follow({ session, clock: () => new Date(), onPage }) };
    } catch {
      return null;
    }
  }

  async #setTrail(on: boolean): Promise<DoorState> {
    const opening = this.#opened();
    if (opening.trailState === 'off') {
      throw new HoldfastError(
        'not-allowed',
        'A trail is kept under a persona, in an encrypted archive. Open the browser as a persona first.',
      );
    }
    for (const followed of await Promise.all(opening.followed.values())) {
      if (on) followed?.trail.forget();
      else followed?.trail.settle();
    }
    opening.trailState = on ? 'on' : 'paused';
    this.#changed();
    return this.state;
  }

  #opened(): Opening {
    if (this.#opening === null)
      throw new HoldfastError('not-allowed', 'The browser is not open. Open it first.');
    return this.#opening;
  }

  async #capture(
    { tabId, access = 'public', lookOnly = true }: ShellInput<'door.capture'>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<CaptureResult> {
    const opening = this.#opened();
    const { browser, persona } = opening;
    if (opening.recording !== null)
      throw new HoldfastError('not-allowed', 'A tab is being captured. Wait until it is done, or stop it.');
    const url = (await browser.tabs()).find(({ id }) => id === tabId)?.url;
    if (url === undefined) throw new HoldfastError('bad-input', 'This tab is not there any more.');
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    opening.recording = { tabId, stop };
    this.#changed();
    const followed = await opening.followed.get(tabId);
    followed?.trail.pause();
    try {
      if (persona !== null) this.#parts.visited(persona.id, null);
      return await recordTab({
        ...{ browser, tabId, url, persona, access, lookOnly, autopilot: null },
        sink: this.#parts.sink(onProgress),
        signal: stop.signal,
        progress: onProgress,
      });
    } finally {
      await followed?.trail.resume();
      signal.removeEventListener('abort', abort);
      opening.recording = null;
      this.#changed();
    }
  }

  #changed(): void {
    this.#parts.onState(this.state);
  }
}
