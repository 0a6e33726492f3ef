/**
 * Goes through a page as a patient reader does: from screen to screen, opening what hides more, playing what loads only
 * then, until the page gives no more, a limit is reached, or somebody stops it. It never says that it is done when it
 * is not: a page that stops answering is 'stalled'.
 */
import type { AutopilotEnd, AutopilotLimits, AutopilotOutcome } from '../../contract/model/autopilot.ts';
import type { CaptureSink, Withheld } from '../../contract/model/recording.ts';
import { sendWithin } from '../cdp/commands.ts';
import { CdpError, type CdpSession } from '../cdp-session.ts';
import type { KnownSecrets } from '../secrets/known.ts';
import type { AutopilotControl } from './control.ts';
import { InPage, type Look } from './in-page.ts';
import { Order } from './order.ts';
import { Passed } from './passed.ts';
import { Tiles } from './tiles.ts';
import { Traffic } from './traffic.ts';

export interface Patience {
  /** Milliseconds between two looks. */
  tick: number;
  /** Milliseconds that a screen may take until nothing is on its way any more. */
  screen: number;
  /** Milliseconds for films in view to load. */
  media: number;
  /** Milliseconds of rest after which a page that moves no further has ended. */
  end: number;
  /** Milliseconds after which a page that says that more is on its way has stalled. */
  stall: number;
  /** Milliseconds that a pause may last: while it does, no lock comes by itself. */
  pause: number;
}

const usualPatience: Patience = {
  tick: 60,
  screen: 8000,
  media: 15_000,
  end: 1500,
  stall: 30_000,
  pause: 15 * 60_000,
};
/** Of what is in view, so that each screen shows a part of the one before. */
const step = 0.75;
const mostOpenedOnScreen = 40;
const mostReturns = 3;
const pressLimit = 5000;
/** Milliseconds in which a page that can be seen is drawn, however busy the computer is. */
const drawTime = 3000;
/** Milliseconds in which a page does something when a control of it was pressed. */
const answerTime = 800;

export interface AutopilotOptions {
  session: CdpSession;
  frameId: string;
  url: string;
  sink: CaptureSink;
  captureId: string;
  secrets: KnownSecrets;
  limits: AutopilotLimits;
  control: AutopilotControl;
  patience?: Partial<Patience>;
  clock(): Date;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Milliseconds at least from one step to the next; up to half as much again is added by chance. */
  betweenSteps: number;
  /** The page is gone, or the whole capture is to end now. */
  isOver(): boolean;
}

export interface Ended extends AutopilotOutcome {
  /** What it stalled on, in words; null: it did not. */
  stalledOn: string | null;
  /** Nobody went on or stopped it after a pause. */
  pausedTooLong: boolean;
  /** Places over which the page jumped, so that posts between were perhaps not seen. */
  jumps: number;
  withheld: Withheld[];
}

/** Resolves when it has ended, for whatever reason; rejects with what the sink throws. */
export async function runAutopilot(options: AutopilotOptions): Promise<Ended> {
  const autopilot = new Autopilot(options);
  const stopListening = options.session.on((event) => autopilot.traffic.event(event));
  try {
    return await autopilot.run();
  } finally {
    stopListening();
    options.control.stop();
  }
}

class Autopilot {
  readonly #options: AutopilotOptions;
  readonly #patience: Patience;
  readonly #began: number;
  readonly #order = new Order();
  readonly #passed: Passed;
  readonly #tiles: Tiles;
  readonly traffic: Traffic;
  readonly #done = { screens: 0, opened: 0, played: 0, jumps: 0 };
  /** When posts were last kept; and when that was before the last time that there were more. */
  #lastKept: number;
  #grewAt: number;
  #paused = 0;
  #opens = true;
  #pausedTooLong = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #last: Look | null = null;
  #stalledOn: string | null = null;

  constructor(options: AutopilotOptions) {
    this.#options = options;
    this.#patience = { ...usualPatience, ...options.patience };
    this.#began = options.monotonic();
    this.#lastKept = this.#began;
    this.#grewAt = this.#began;
    this.#passed = new Passed(options);
    this.#tiles = new Tiles(options);
    this.traffic = new Traffic(options.monotonic);
  }

  async run(): Promise<Ended> {
    const { session, frameId, url, monotonic } = this.#options;
    let ended: AutopilotEnd = 'left';
    try {
      const page = await InPage.begin(session, frameId, url);
      ended = await this.#through(page);
    } catch (error) {
      // The page went away under us; what was seen until then is kept.
      if (!(error instanceof CdpError)) throw error;
    }
    await this.#passed.end(this.#order.list);
    const { screens, opened, played, jumps } = this.#done;
    return {
      ended,
      posts: this.#last?.posts ?? 0,
      kept: this.#passed.count,
      screens,
      pictured: this.#tiles.count,
      removed: this.#last?.removed ?? 0,
      opened,
      played,
      milliseconds: monotonic() - this.#began,
      stalledOn: this.#stalledOn,
      pausedTooLong: this.#pausedTooLong,
      jumps,
      withheld: this.#passed.withheld,
    };
  }

  async #through(page: InPage): Promise<AutopilotEnd> {
    for (;;) {
      const joins = await this.#screen(page);
      if (!joins) await this.#return(page);
      const over = this.#isOver();
      if (over !== null) return over;
      await this.#whilePaused();
      await this.#untilTurn();
      if ((await page.move(step)) !== 0) continue;
      const end = await this.#atEnd(page);
      if (end !== null) return end;
    }
  }

  /** One screen: waits, opens, plays, waits again, keeps what stands there. Answers whether it joins the one before. */
  async #screen(page: InPage): Promise<boolean> {
    this.#done.screens += 1;
    let look = await this.#quiet(page);
    if (await this.#open(page, look)) look = await this.#quiet(page);
    if (await this.#play(page)) look = await this.#quiet(page);
    return this.#keep(page, look);
  }

  async #keep(page: InPage, look: Look): Promise<boolean> {
    if (look.posts > (this.#last?.posts ?? 0)) {
      this.traffic.forgetFailure();
      this.#grewAt = this.#lastKept;
    }
    this.#last = look;
    this.#lastKept = this.#options.monotonic();
    for await (const states of page.states()) await this.#passed.add(states, this.#done.screens);
    await this.#tiles.take(this.#done.screens, look.removed > 0);
    const seconds = Math.round((this.#options.monotonic() - this.#began) / 1000);
    this.#options.control.tell({ posts: look.posts, screens: this.#done.screens, seconds });
    return this.#order.add(look.shown);
  }

  /** The page jumped: goes back until it joins what was seen before, or not. */
  async #return(page: InPage): Promise<void> {
    for (let tries = 0; tries < mostReturns && !this.#mustEnd(); tries += 1) {
      if ((await page.move(-step / 2)) === 0) break;
      const look = await this.#quiet(page);
      const known = look.shown.some((n) => n < (this.#last?.posts ?? 0));
      await this.#keep(page, look);
      if (known) return;
    }
    this.#done.jumps += 1;
  }

  /** Waits until nothing changes and nothing that was asked for since is on its way. */
  async #quiet(page: InPage, limit = this.#patience.screen): Promise<Look> {
    const { monotonic } = this.#options;
    const begun = monotonic();
    let before = await page.look();
    for (;;) {
      await this.#tick();
      const look = await page.look();
      // A page that is not drawn, such as a hidden one, is not waited for.
      const isDrawn = look.drawn || monotonic() - begun > drawTime;
      const rests = isDrawn && look.changes === before.changes && look.height === before.height;
      if (rests && !this.traffic.isWaiting(begun)) return look;
      if (monotonic() - begun > limit || this.#mustEnd()) return look;
      before = look;
    }
  }

  async #open(page: InPage, { address }: Look): Promise<boolean> {
    let opened = 0;
    while (this.#opens && opened < mostOpenedOnScreen && !this.#mustEnd()) {
      const begun = this.#options.monotonic();
      const pressed = await page.open();
      if (pressed === null) break;
      opened += 1;
      if (!(await this.#hasAnswered(page, pressed.touches, begun))) await this.#press(pressed);
      if ((await this.#quiet(page)).address === address) continue;
      // What it pressed leads elsewhere, without a link that would have said so.
      await page.back();
      await this.#quiet(page);
      this.#opens = false;
    }
    this.#done.opened += opened;
    return opened > 0;
  }

  /** Whether the page did anything after a control was pressed. */
  async #hasAnswered(page: InPage, touches: number, begun: number): Promise<boolean> {
    while (this.#options.monotonic() - begun < answerTime && !this.#mustEnd()) {
      if (this.traffic.hasAsked(begun) || (await page.look()).touches !== touches) return true;
      await this.#tick();
    }
    return false;
  }

  /** Some pages take only what comes from a mouse. Meanwhile a person's mouse would reach the page, too. */
  async #press({ x, y }: { x: number; y: number }): Promise<void> {
    const { session } = this.#options;
    await sendWithin(pressLimit, session, 'Input.setIgnoreInputEvents', { ignore: false });
    try {
      const at = { x, y, button: 'left', clickCount: 1 } as const;
      await sendWithin(pressLimit, session, 'Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
      await sendWithin(pressLimit, session, 'Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
    } finally {
      await sendWithin(pressLimit, session, 'Input.setIgnoreInputEvents', { ignore: true });
    }
  }

  async #play(page: InPage): Promise<boolean> {
    const { monotonic } = this.#options;
    const begun = monotonic();
    const count = await page.play();
    this.#done.played += count;
    if (count === 0) return false;
    while ((await page.stillLoading(false)) > 0) {
      if (monotonic() - begun > this.#patience.media || this.#mustEnd()) break;
      await this.#tick();
    }
    await page.stillLoading(true);
    return true;
  }

  /** The page moves no further: whether it gives more after a while, has ended, or has stalled. Null: it goes on. */
  async #atEnd(page: InPage): Promise<AutopilotEnd | null> {
    const { monotonic } = this.#options;
    const { end, stall } = this.#patience;
    const start = await page.look();
    const begun = monotonic();
    let restingSince = begun;
    let nudged = false;
    for (;;) {
      await this.#tick();
      await this.#whilePaused();
      const over = this.#isOver();
      if (over !== null) return over;
      const look = await page.look();
      if (look.posts > start.posts || look.height > start.height + 8) return null;
      const now = monotonic();
      const waits = await page.isWaiting();
      const onItsWay = this.traffic.isScriptWaiting(this.#grewAt);
      if (waits || onItsWay) {
        restingSince = now;
        if (now - begun < stall) continue;
        this.#stalledOn = waits
          ? 'the page goes on showing that more is on its way'
          : 'an answer that the page asked for does not come';
        return 'stalled';
      }
      if (now - restingSince < end) continue;
      if (!nudged) {
        // Some lists ask for more only when their end comes into view anew.
        nudged = true;
        await page.move(-step / 2);
        await this.#quiet(page);
        await page.move(step);
        restingSince = monotonic();
        continue;
      }
      await this.#keep(page, look);
      this.#stalledOn = this.traffic.failure;
      return this.#stalledOn === null ? 'end' : 'stalled';
    }
  }

  #isOver(): AutopilotEnd | null {
    const { limits, control, isOver, monotonic } = this.#options;
    if (isOver()) return 'left';
    if (control.isStopped) return 'stopped';
    if ((this.#last?.posts ?? 0) >= limits.posts) return 'posts';
    if (this.#done.screens >= limits.screens) return 'screens';
    return monotonic() - this.#began - this.#paused >= limits.minutes * 60_000 ? 'minutes' : null;
  }

  #mustEnd(): boolean {
    return this.#options.isOver() || this.#options.control.isStopped;
  }

  async #whilePaused(): Promise<void> {
    const { control, isOver, monotonic } = this.#options;
    const begun = monotonic();
    while (control.isPaused && !isOver()) {
      if (monotonic() - begun > this.#patience.pause) {
        this.#pausedTooLong = true;
        control.stop();
      } else {
        await control.ordered(200);
      }
    }
    this.#paused += monotonic() - begun;
  }

  /** Not sooner after the last step than the persona's pace allows. */
  async #untilTurn(): Promise<void> {
    const { betweenSteps, monotonic, clock, control } = this.#options;
    const next = this.#movedAt + betweenSteps * (1 + Math.random() / 2);
    const left = next - monotonic();
    if (left > 0) control.wait(new Date(clock().getTime() + left).toISOString());
    while (monotonic() < next && !this.#mustEnd() && !control.isPaused) await this.#tick();
    control.wait(null);
    await this.#whilePaused();
    this.#movedAt = monotonic();
  }

  #tick(): Promise<void> {
    return this.#options.control.ordered(this.#patience.tick);
  }
}
