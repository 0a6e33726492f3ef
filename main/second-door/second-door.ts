/** The second door: the user's own browser beside the window, its tabs, and recording one of them. */
import { AutopilotControl } from '../../capture/autopilot/control.ts';
import { findChromium } from '../../capture/chromium.ts';
import { FollowedTabs } from '../../capture/own-browser/followed-tabs.ts';
import { type OwnBrowser, openOwnBrowser, type Tab } from '../../capture/own-browser/own-browser.ts';
import { asPersona, recordTab } from '../../capture/own-browser/record-tab.ts';
import { switchedTrail, type TrailPage } from '../../capture/persona/trail.ts';
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
  /** As it is chosen for the capture view. */
  isLookOnly(): boolean;
  /** A page was visited under this persona, by id; `page` null: the trail is paused. Never rejects. */
  visited(persona: string, page: TrailPage | null): void;
  sink(onProgress: (progress: Progress) => void): CaptureSink;
  /** Hears of every change of the state. */
  onState(state: DoorState): void;
}

interface Opening {
  browser: OwnBrowser;
  persona: Persona | null;
  trailState: DoorState['trail'];
  tabs: Tab[];
  /** Null where no persona is worn. */
  followed: FollowedTabs | null;
  recording: { tabId: string; stop: AbortController; control: AutopilotControl | null } | null;
}

const closed: DoorState = {
  open: false,
  profile: null,
  browser: null,
  persona: null,
  trail: 'off',
  tabs: [],
  capturing: null,
  autopilot: null,
  blocked: { total: 0, newest: [] },
};

type DoorChannel = 'door.open' | 'door.state' | 'door.close' | 'door.capture' | 'door.act' | 'door.trail';

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
      autopilot: recording?.control?.state ?? null,
      blocked: browser.gate.blocked,
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
      'door.act': async ({ act }) => {
        this.#opened().recording?.control?.[act]();
        return this.state;
      },
      'door.capture': (order, _window, { signal, onProgress }) => this.#capture(order, signal, onProgress),
    };
  }

  /** Errors: `not-allowed` while a tab is captured: what its record says of look-only holds to its end. */
  requireIdle(): void {
    if (this.#opening?.recording != null)
      throw new HoldfastError('not-allowed', 'A tab is being captured. Wait until it is done, or stop it.');
  }

  /** As it was chosen for the capture view; for every tab. Nothing while the browser is closed. */
  async setLookOnly(on: boolean): Promise<void> {
    await this.#opening?.browser.gate.set(on);
  }

  /** Ends a capture, sealed as far as it came, and the browser; its profile stays. Never rejects. */
  async close(): Promise<void> {
    this.#closings += 1;
    await this.#beginning.catch(() => undefined);
    const opening = this.#opening;
    if (opening === null) return;
    this.#opening = null;
    opening.recording?.stop.abort();
    await opening.followed?.end();
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
    const lookOnly = this.#parts.isLookOnly();
    const browser = await openOwnBrowser({
      path: findChromium(),
      profile,
      hasWindow: true,
      lookOnly,
      ...started,
    });
    if (closings !== this.#closings) {
      await browser.close();
      throw new HoldfastError('cancelled', 'The archive was locked before the browser had opened.');
    }
    const followed =
      persona === null
        ? null
        : new FollowedTabs(browser, trailState, (page) => this.#parts.visited(persona.id, page));
    const opening: Opening = { browser, persona, trailState, tabs: [], followed, recording: null };
    this.#opening = opening;
    browser.onChange(() => void this.#look(opening));
    browser.gate.onBlocked = () => this.#changed();
    void browser.closed.then(() => {
      if (this.#opening !== opening) return;
      this.#opening = null;
      this.#changed();
    });
    // It may have been chosen otherwise while the browser started.
    if (lookOnly !== this.#parts.isLookOnly()) await browser.gate.set(!lookOnly);
    await this.#look(opening);
  }

  async #look(opening: Opening): Promise<void> {
    const tabs = await opening.browser.tabs().catch(() => null);
    if (tabs === null || this.#opening !== opening) return;
    opening.tabs = tabs;
    opening.followed?.list(tabs.map(({ id }) => id));
    this.#changed();
  }

  async #setTrail(on: boolean): Promise<DoorState> {
    const opening = this.#opened();
    opening.trailState = switchedTrail(opening.trailState, on);
    await opening.followed?.keep(opening.trailState);
    this.#changed();
    return this.state;
  }

  #opened(): Opening {
    if (this.#opening === null)
      throw new HoldfastError('not-allowed', 'The browser is not open. Open it first.');
    return this.#opening;
  }

  async #capture(
    { tabId, access = 'public', autopilot: limits }: ShellInput<'door.capture'>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<CaptureResult> {
    const opening = this.#opened();
    const { browser, persona, followed } = opening;
    const url = (await browser.tabs()).find(({ id }) => id === tabId)?.url;
    if (url === undefined) throw new HoldfastError('bad-input', 'This tab is not there any more.');
    this.requireIdle();
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    const control = limits === undefined ? null : new AutopilotControl(() => this.#changed());
    opening.recording = { tabId, stop, control };
    this.#changed();
    const record = () =>
      recordTab({
        ...{ browser, tabId, url, persona, access },
        autopilot: limits === undefined || control === null ? null : { limits, control },
        sink: this.#parts.sink(onProgress),
        signal: stop.signal,
        progress: onProgress,
      });
    try {
      if (persona === null || followed === null) return await record();
      this.#parts.visited(persona.id, null);
      return await followed.whileRecorded(tabId, record);
    } finally {
      signal.removeEventListener('abort', abort);
      opening.recording = null;
      this.#changed();
    }
  }

  #changed(): void {
    this.#parts.onState(this.state);
  }
}
