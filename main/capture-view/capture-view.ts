/** The capture view: one page of the web over a part of the window, in a session of its own that ends with it. */

import type { BrowserWindow, Input, Rectangle, WebContents } from 'electron';
import { AutopilotControl } from '../../capture/autopilot/control.ts';
import type { CdpSession } from '../../capture/cdp-session.ts';
import type { CaptureCircumstances } from '../../capture/circumstances.ts';
import { notApplied } from '../../capture/persona/not-applied.ts';
import { switchedTrail, Trail, type TrailPage } from '../../capture/persona/trail.ts';
import type { PushMessage, ShellInput } from '../../contract/channels.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { PurgeLine, StopOrder } from '../../contract/model/purge.ts';
import type { CaptureResult, RecordingPurpose } from '../../contract/model/recording.ts';
import type { ViewState } from '../../contract/model/view.ts';
import { parseAddress } from './address.ts';
import { CaptureSession, type Worn } from './capture-session.ts';
import type { ServerCertificates } from './certificates.ts';
import { attachEmpty, type Dresser } from './dresser.ts';
import { orderOf, type ViewOrder } from './keys.ts';
import { pagePreferences } from './page-preferences.ts';
import { historyOf, PageState } from './page-state.ts';
import { type PlacedView, placeView } from './placed-view.ts';
import { boundsOf, parkedBounds } from './placement.ts';
import { circumstancesOf, dress, signOf } from './worn.ts';

/** One page to be recorded. */
export interface RecordingOrder {
  contents: WebContents;
  /** What the address bar shows; the recorder loads it. */
  url: string;
  certificates: ServerCertificates;
  /** The debugger of the page where somebody has it already; null: the recorder attaches its own. */
  session: CdpSession | null;
  circumstances: CaptureCircumstances;
  signal: AbortSignal;
  /** What it is made for; nothing but itself where this is missing. */
  purpose?: RecordingPurpose;
  onProgress(progress: Progress): void;
  /** Hears of the capture's id once the archive has begun it. */
  onBegun?: (captureId: string) => void;
  /** Goes through the page first; null: the page is recorded as it loads. */
  autopilot: { limits: AutopilotLimits; control: AutopilotControl } | null;
}
/** Records into the archive; answers once the capture is sealed, whatever its verdict. */
export type RecordPage = (order: RecordingOrder) => Promise<CaptureResult>;

type Placement = ShellInput<'view.place'>;
type Act = ShellInput<'view.act'>['act'];

interface Opening {
  window: BrowserWindow;
  capture: CaptureSession;
  view: PlacedView;
  page: PageState;
  recording: AbortController | null;
  /** Of the recording, once the archive has begun it. */
  captureId: string | null;
  /** What was received is to be destroyed, also what is only beginning. */
  isPurged: boolean;
  /** Where it was then. */
  address: string | null;
  autopilot: AutopilotControl | null;
  /** Null where no persona is worn, or one that says nothing of itself. */
  dresser: Dresser | null;
  /** The debugger, which stays attached where a persona is worn; null: the recorder attaches its own. */
  session: CdpSession | null;
  /** What follows the page for the trail; null where no persona is worn. */
  trail: Trail | null;
  trailState: ViewState['trail'];
  /** Where a person last went in the history. */
  direction: 'back' | 'forward';
  onClosed: () => void;
}

const closed: ViewState = {
  open: false,
  url: '',
  title: '',
  loading: false,
  canGoBack: false,
  canGoForward: false,
  capturing: false,
  autopilot: null,
  failure: null,
  certificateError: null,
  connection: 'none',
  refused: [],
  persona: null,
  trail: 'off',
  lookOnly: true,
  blocked: { total: 0, newest: [] },
};

export interface CaptureViewParts {
  record: RecordPage;
  /** The persona with what is kept of its session. Errors: those of the archive. */
  wear(persona: string): Promise<Worn>;
  /** Destroys what was received of a recording, and notes address and time. */
  purge(order: StopOrder): Promise<PurgeLine>;
  /** Hears of it, once it is done or has failed. */
  onPurged(purged: PushMessage<'viewPurged'>): void;
  /** Keeps what it left behind. */
  keep(capture: CaptureSession): Promise<void>;
  /** Whether a trail is kept at all. Errors: those of the archive. */
  keepsTrail(): Promise<boolean>;
  /** A page was visited under this persona, by id; `page` null: the trail is paused. Never rejects. */
  visited(persona: string, page: TrailPage | null): void;
  /** Hears of every change of the state, once. */
  onState(state: ViewState): void;
  /** Hears of orders that are given by keys while the page has the keyboard. */
  onOrder(order: ViewOrder): void;
}

export class CaptureView {
  readonly #parts: CaptureViewParts;
  #opening: Opening | null = null;
  /** While a persona is put on or taken off, nothing else is opened. */
  #changing: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  /** Counts the orders to close: what was begun before one of them does not come up after it. */
  #closings = 0;
  #puttingOn: string | null = null;
  /** Stays as it was chosen, from opening to opening. */
  #isLookOnly = true;
  #placement: Placement = { x: 0, y: 0, width: 0, height: 0, visible: false };
  #lastBounds: Rectangle | null = null;
  #lastState = JSON.stringify(closed);

  constructor(parts: CaptureViewParts) {
    this.#parts = parts;
  }

  get state(): ViewState {
    const opening = this.#opening;
    if (opening === null) return { ...closed, lookOnly: this.#isLookOnly };
    const { worn, lookOnly } = opening.capture;
    return {
      open: true,
      ...opening.page.facts,
      capturing: opening.recording !== null,
      autopilot: opening.autopilot?.state ?? null,
      refused: [...opening.capture.refusals.list],
      persona: worn === null ? null : signOf(worn.persona),
      trail: opening.trailState,
      lookOnly: lookOnly.isOn,
      blocked: lookOnly.blocked,
    };
  }

  /** Carries out what a key or the menu orders of the page; nothing while no page is to be seen. */
  order(order: Exclude<ViewOrder, 'address' | 'capture'>): void {
    const opening = this.#opening;
    if (opening === null || !this.#placement.visible) return;
    if (order === 'switch') {
      if (opening.view.contents.isFocused()) this.#parts.onOrder('address');
      else if (opening.page.showable) opening.view.contents.focus();
    } else if (order === 'purge') {
      void this.purge().catch(() => undefined);
    } else if (opening.recording === null || order === 'stop') this.act(order);
  }

  /**
   * Opens the view, or leaves it open as it is; then goes to `url`, as typed, where one is given. `persona`: under
   * which; another than before begins anew. Errors: `bad-input`, `persona-not-applied`, those of the archive.
   */
  async open(window: BrowserWindow, url: string | null, persona?: string | null): Promise<ViewState> {
    const address = url === null ? null : parseAddress(url);
    const closings = this.#closings;
    await this.#changing.catch(() => undefined);
    this.#throwIfClosed(closings);
    if (persona !== undefined && persona !== (this.#opening?.capture.worn?.persona.id ?? null)) {
      const change = this.#change(window, persona, closings);
      this.#changing = change;
      this.#puttingOn = persona;
      await change.finally(() => {
        this.#puttingOn = null;
      });
      this.#throwIfClosed(closings);
    }
    this.#opening ??= this.#begin(window, null);
    const opening = address === null ? this.#opening : this.#idle();
    // Not before the network is there: a page that is asked for at once would not be found.
    await opening.capture.ready();
    if (address !== null && opening === this.#opening) opening.page.load(address);
    return this.state;
  }

  /**
   * Ends the page, its session, and a capture that runs; what a persona left behind is kept. Does nothing while the view
   * is closed. A persona that is being put on is taken off again. Errors: those of keeping the session.
   */
  async close(): Promise<void> {
    this.#closings += 1;
    await Promise.all([this.#closeOpening(), this.#changing.catch(() => undefined)]);
  }

  /** Whether a page is looked at under it, or soon will be. */
  wears(persona: string): boolean {
    return this.#puttingOn === persona || this.#opening?.capture.worn?.persona.id === persona;
  }

  #throwIfClosed(closings: number): void {
    if (closings !== this.#closings)
      throw new HoldfastError('cancelled', 'The capture view was closed before it had opened.');
  }

  #closeOpening(): Promise<void> {
    const opening = this.#opening;
    if (opening !== null) {
      this.#opening = null;
      this.#closing = this.#end(opening);
    }
    return this.#closing;
  }

  /**
   * Out at once: the page is hidden and closed, a recording stopped, what it had received is destroyed. Address and time
   * stay in the custody log. Errors: `not-allowed` while the view is closed or where the capture is sealed already; those of
   * the archive; the page is closed all the same.
   */
  async purge(): Promise<PurgeLine> {
    const opening = this.#opened();
    const address = opening.page.facts.url || null;
    const isBeginning = opening.recording !== null && opening.captureId === null;
    opening.isPurged = true;
    opening.address = address;
    // Before the recording hears of it, which would seal what it has. What is only beginning is purged once it has begun.
    const purging = this.#purgeAndTell({ captureId: isBeginning ? null : opening.captureId, address });
    const ending = this.close().catch(() => undefined);
    return purging.finally(() => ending);
  }

  /** Errors: those of the archive, which are told as well. */
  async #purgeAndTell(order: StopOrder): Promise<PurgeLine> {
    try {
      const line = await this.#parts.purge(order);
      this.#parts.onPurged({ line, failure: null });
      return line;
    } catch (error) {
      this.#parts.onPurged({ line: null, failure: toFailure(error) });
      throw error;
    }
  }

  /** The archive has begun a recording: of one that is purged already, nothing may stay. */
  #begun(opening: Opening, captureId: string): void {
    opening.captureId = captureId;
    if (opening.isPurged)
      void this.#purgeAndTell({ captureId, address: opening.address }).catch(() => undefined);
  }

  async #end(opening: Opening): Promise<void> {
    opening.window.off('closed', opening.onClosed);
    opening.recording?.abort();
    opening.trail?.end();
    opening.view.close();
    this.#changed();
    try {
      if (opening.capture.worn !== null) await this.#parts.keep(opening.capture);
    } finally {
      await opening.capture.end();
    }
  }

  /** Takes one persona off and puts the next one on, before anything is asked for under it. */
  async #change(window: BrowserWindow, persona: string | null, closings: number): Promise<void> {
    if (this.#opening !== null) this.#idle();
    await this.#closeOpening();
    if (persona === null) return;
    const worn = await this.#parts.wear(persona);
    this.#throwIfClosed(closings);
    const opening = this.#begin(window, worn);
    try {
      await opening.capture.ready();
      const { contents } = opening.view;
      opening.dresser = await dress(contents, opening.capture);
      opening.session = opening.dresser?.session ?? (await attachEmpty(contents));
      opening.trailState = (await this.#parts.keepsTrail()) ? 'on' : 'off';
      opening.trail = await Trail.follow({
        session: opening.session,
        clock: () => new Date(),
        state: opening.trailState,
        onPage: (page) => this.#parts.visited(persona, page),
      });
      this.#throwIfClosed(closings);
    } catch (cause) {
      window.off('closed', opening.onClosed);
      opening.view.close();
      await opening.capture.end();
      throw cause instanceof HoldfastError && cause.code === 'cancelled' ? cause : notApplied(cause);
    }
    this.#opening = opening;
    this.#changed();
  }

  /** Whether what would do something in somebody's name is not sent. */
  setLookOnly(on: boolean): ViewState {
    if (this.#opening !== null) this.#idle().capture.lookOnly.isOn = on;
    this.#isLookOnly = on;
    this.#changed();
    return this.state;
  }

  /** Whether what is visited is noted from now on. Errors: `not-allowed` where nothing is in any case. */
  setTrail(on: boolean): ViewState {
    const opening = this.#opened();
    opening.trailState = switchedTrail(opening.trailState, on);
    opening.trail?.keep(opening.trailState);
    this.#changed();
    return this.state;
  }

  /** Where the page lies in the window, in CSS pixels from its top left. */
  place(placement: Placement): void {
    this.#placement = placement;
    this.#arrange();
  }

  /** Throws `bad-input` for what is no address of the web. */
  navigate(address: string): ViewState {
    this.#idle().page.load(parseAddress(address));
    return this.state;
  }

  act(act: Act): ViewState {
    if (act === 'stop') this.#stop(this.#opened());
    else if (act === 'pause') this.#opened().autopilot?.pause();
    else if (act === 'resume') this.#opened().autopilot?.resume();
    else this.#move(this.#idle(), act);
    return this.state;
  }

  /**
   * Records the page that the view shows; with limits for it, the autopilot goes through it. Until it is done the view
   * takes no order but to stop, and those of the autopilot.
   * Throws `nothing-to-do` without a page, and what the recorder throws.
   */
  async capture(
    { autopilot: limits, access = 'public' }: ShellInput<'view.capture'>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<CaptureResult> {
    const opening = this.#idle();
    const { url } = opening.page.facts;
    if (url === '') {
      throw new HoldfastError('nothing-to-do', 'No page is open. Go to the page first, then capture it.');
    }
    const recording = new AbortController();
    const stop = (): void => recording.abort();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    opening.recording = recording;
    const control = new AutopilotControl(() => this.#changed());
    const autopilot = limits === undefined ? null : { limits, control };
    opening.autopilot = autopilot?.control ?? null;
    this.#keepFocus(opening);
    this.#changed();
    try {
      const { contents } = opening.view;
      const { certificates } = opening.capture;
      opening.dresser?.pause();
      opening.trail?.pause();
      const { worn } = opening.capture;
      // The recorder loads the page once more.
      if (worn !== null) this.#parts.visited(worn.persona.id, null);
      return await this.#parts.record({
        contents,
        url,
        certificates,
        session: opening.session,
        circumstances: circumstancesOf(opening.capture, url, access, opening.dresser),
        signal: recording.signal,
        onProgress,
        onBegun: (captureId) => this.#begun(opening, captureId),
        autopilot,
      });
    } catch (error) {
      if (!opening.isPurged) throw error;
      throw new HoldfastError(
        'cancelled',
        'Stopped and purged; only its address and the time stay, in the custody log.',
        {
          cause: error,
        },
      );
    } finally {
      opening.capture.lookOnly.counting = null;
      // Where the recorder did not come so far as to leave the page.
      opening.dresser?.resume();
      await opening.trail?.resume();
      signal.removeEventListener('abort', stop);
      opening.recording = null;
      opening.captureId = null;
      opening.autopilot = null;
      this.#changed();
    }
  }

  /**
   * The recorder has the page ignore what comes from a person; an input method does not ask for that, only for who has
   * the focus. While the window has it, its keys work, Escape for Stop among them.
   */
  #keepFocus({ window, view, recording }: Opening): void {
    if (recording === null || window.isDestroyed() || view.contents.isDestroyed()) return;
    if (view.contents.isFocused()) window.webContents.focus();
  }

  #begin(window: BrowserWindow, worn: Worn | null): Opening {
    const changed = (): void => this.#changed();
    const capture = new CaptureSession(changed, worn);
    capture.lookOnly.isOn = this.#isLookOnly;
    const view = placeView(window, pagePreferences(capture.session));
    const page = new PageState(view.contents, capture, changed);
    view.contents.on('before-input-event', (event, input) => this.#key(event, input));
    const onClosed = (): void => void this.close().catch(() => undefined);
    window.once('closed', onClosed);
    const opening: Opening = {
      window,
      capture,
      view,
      page,
      recording: null,
      captureId: null,
      isPurged: false,
      address: null,
      autopilot: null,
      dresser: null,
      session: null,
      trail: null,
      trailState: 'off',
      direction: 'back',
      onClosed,
    };
    // Not at once: the page is still getting it.
    view.contents.on('focus', () => setImmediate(() => this.#keepFocus(opening)));
    view.contents.on('did-navigate', (_event, url) => {
      capture.visited(url);
      this.#skipEmpty(opening, url);
    });
    return opening;
  }

  /** A page is not asked about the keys of the view; Escape is its own, except while there is something to stop. */
  #key(event: { preventDefault(): void }, input: Input): void {
    const order = orderOf(input, process.platform === 'darwin');
    const { loading, capturing } = this.state;
    if (order === null || (order === 'stop' && !loading && !capturing)) return;
    event.preventDefault();
    this.#parts.onOrder(order);
  }

  #opened(): Opening {
    if (this.#opening === null) {
      throw new HoldfastError('not-allowed', 'The capture view is not open. Open it first.');
    }
    return this.#opening;
  }

  #idle(): Opening {
    const opening = this.#opened();
    if (opening.recording !== null) {
      throw new HoldfastError(
        'not-allowed',
        'A capture runs. Wait until it is done, or stop it; what was received is kept.',
      );
    }
    return opening;
  }

  #stop(opening: Opening): void {
    // The first stop ends the scrolling, and what is there is sealed; the next one ends the capture itself.
    if (opening.autopilot?.isStopped === false) opening.autopilot.stop();
    else if (opening.recording !== null) opening.recording.abort();
    else opening.view.contents.stop();
  }

  #move(opening: Opening, act: Exclude<Act, 'stop' | 'pause' | 'resume'>): void {
    const history = historyOf(opening.view.contents);
    const { url } = opening.page.facts;
    if (act === 'back' || act === 'forward') {
      opening.direction = act;
      if (act === 'back') history.goBack();
      else history.goForward();
    } else if (url !== '' && (act === 'reload' || opening.capture.certificates.accept(url))) {
      this.#reload(opening, url);
    }
  }

  /** A page that is not there cannot be loaded again: its address is asked for anew. */
  #reload(opening: Opening, url: string): void {
    const { page, view } = opening;
    if (page.showable && view.contents.getURL() === url) view.contents.reload();
    else page.load(url);
  }

  /** A recording leaves an empty page in the history, which nobody went to: whoever comes to it is led on. */
  #skipEmpty(opening: Opening, url: string): void {
    if (url !== 'about:blank' || opening.recording !== null) return;
    const history = historyOf(opening.view.contents);
    if (opening.direction === 'forward' && history.canGoForward()) history.goForward();
    else if (history.canGoBack()) history.goBack();
  }

  #changed(): void {
    this.#arrange();
    const { state } = this;
    const text = JSON.stringify(state);
    if (text === this.#lastState) return;
    this.#lastState = text;
    this.#parts.onState(state);
  }

  #arrange(): void {
    const opening = this.#opening;
    if (opening === null || opening.window.isDestroyed()) return;
    const bounds = boundsOf(this.#placement, opening.window);
    this.#lastBounds = bounds ?? this.#lastBounds;
    if (bounds !== null && opening.page.showable) opening.view.show(bounds);
    // A page outside of every window is not drawn, and a picture of it never comes: one pixel is enough.
    else if (opening.recording !== null) opening.view.show(parkedBounds(opening.window, this.#lastBounds));
    else opening.view.hide();
  }
}
