/** Records one page: loads it under the recorder's eyes, waits until it rests, and hands everything to the archive. */
import { HoldfastError } from '../contract/errors.ts';
import type { AutopilotLimits, AutopilotOutcome } from '../contract/model/autopilot.ts';
import type { Progress } from '../contract/model/common.ts';
import type { CaptureResult, CaptureSink, RecordingBegin, Withheld } from '../contract/model/recording.ts';
import { type Taken, takeArtifacts } from './artifacts/artifacts.ts';
import { type Ended, type Patience, runAutopilot } from './autopilot/autopilot.ts';
import type { AutopilotControl } from './autopilot/control.ts';
import { addReasons } from './autopilot/reasons.ts';
import { isTimeout } from './batch/signals.ts';
import type { Ending } from './body-outcome.ts';
import { send, sendWithin } from './cdp/commands.ts';
import { CdpError, type CdpEvent, type CdpSession } from './cdp-session.ts';
import { type CertificateSource, Certificates, protocolCertificates } from './certificates.ts';
import type { CaptureCircumstances } from './circumstances.ts';
import type { Open } from './exchange-writer.ts';
import { PageState } from './page.ts';
import { PageLoad } from './page-load.ts';
import { Reasons } from './reasons.ts';
import { Recording } from './recording.ts';
import { distinct } from './secrets/known.ts';
import { canBeSearched, isSessionCookie } from './secrets/names.ts';
import { hideInUrl, parsedUrl } from './secrets/url.ts';
import type { Rest, SettleOptions } from './settle.ts';
import { holdAnswers, holdDocuments, Targets, unwatchPage, type Watching, watchSession } from './targets.ts';

export interface Limits {
  /** Milliseconds without a byte after which an answer counts as hanging. */
  idle: number;
  /** Milliseconds for the whole of loading and coming to rest. */
  load: number;
  /** Pictures of one page, each of at most 8,000 CSS pixels in height. */
  pictures: number;
  /** Bytes of bodies that wait in memory; besides these the browser's largest message. */
  memory: number;
}

const usualLimits: Limits = { idle: 10_000, load: 300_000, pictures: 32, memory: 16 * 1024 * 1024 };
const usualSettling: SettleOptions = { quiet: 600, limit: 30_000 };
const commandLimit = 15_000;
/** Documents one after the other, beyond which a page goes in a circle; about:blank and second tries count, too. */
const mostNavigations = 5;
/** After the picture: what comes into view only then. */
const afterPicture: SettleOptions = { quiet: 300, limit: 5000 };

export interface RecordPageOptions {
  session: CdpSession;
  /** http or https, as it was asked for. */
  url: string;
  sink: CaptureSink;
  engine: RecordingBegin['engine'];
  clock(): Date;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** From a cryptographic source. */
  randomBytes(length: number): Uint8Array;
  signal?: AbortSignal;
  progress?(progress: Progress): void;
  limits?: Partial<Limits>;
  settle?: Partial<SettleOptions>;
  /** Where the engine tells certificates outside of the DevTools protocol. */
  certificates?: CertificateSource;
  /** What is wrong with the server's certificate, where the user goes on all the same; over the pipe only. */
  acceptedCertificateError?: string | null;
  /** Prints the page, where the DevTools protocol of the engine cannot. */
  print?(): Promise<Uint8Array>;
  /** Goes through the page before its pictures are taken; absent: the page is recorded as it loads. */
  autopilot?: { limits: AutopilotLimits; control: AutopilotControl; patience?: Partial<Patience> };
  /** Under what circumstances it is made. */
  circumstances?: CaptureCircumstances;
  /** Hears how much memory the bodies took at most, in bytes. */
  onPeakMemory?(bytes: number): void;
}

/**
 * Records `url` in the page of `session`, which is free for it: whatever it shows is left. What was received is
 * in the archive whatever happens; when the page, the browser or the user ends it early, the capture is finished
 * with that reason.
 * @throws HoldfastError 'bad-input' for an address that is not http or https; what the sink throws; CdpError when
 *   the browser is gone before the capture began.
 */
export async function recordPage(options: RecordPageOptions): Promise<CaptureResult> {
  if (!/^https?:\/\//i.test(options.url) || parsedUrl(options.url) === null) {
    throw new HoldfastError(
      'bad-input',
      `Expected an address that begins with http:// or https://, found "${options.url.slice(0, 200)}".`,
    );
  }
  return new PageRecorder(options).run();
}

class PageRecorder {
  readonly #options: RecordPageOptions;
  readonly #limits: Limits;
  readonly #settling: SettleOptions;
  readonly #session: CdpSession;
  readonly #reasons = new Reasons();
  readonly #page: PageState;
  readonly #watching: Watching;
  readonly #targets: Targets;
  readonly #certificates: Certificates;
  #closed: string | null = null;
  #broken: { error: unknown } | null = null;
  #isHeld = false;
  #outcome: AutopilotOutcome | null = null;

  constructor(options: RecordPageOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#settling = { ...usualSettling, ...options.settle };
    this.#session = options.session;
    this.#page = new PageState(options.session);
    this.#watching = {
      guise: options.circumstances?.guise ?? null,
      holdRequests: options.circumstances?.lookOnly?.by === 'recorder',
    };
    this.#targets = new Targets(options.session, this.#watching);
    const accepted = options.acceptedCertificateError ?? null;
    this.#certificates = new Certificates(
      options.certificates ?? protocolCertificates(options.session, accepted),
    );
  }

  async run(): Promise<CaptureResult> {
    const { clock, monotonic, sink, engine, circumstances = {} } = this.#options;
    void this.#session.closed.then((reason) => {
      this.#closed = reason;
    });
    const canStream = await this.#prepare();
    const startedAt = clock();
    const began = monotonic();
    const recording = this.#recording(canStream);
    const stopListening = this.#session.on((event) => this.#event(event, recording));
    try {
      const url = hideInUrl(this.#options.url, recording.secrets);
      const { persona = null, access } = circumstances;
      const limits = this.#options.autopilot?.limits;
      const begin = {
        url: url.text,
        startedAt: startedAt.toISOString(),
        engine,
        persona,
        ...(access === undefined ? {} : { access }),
        ...(limits === undefined ? {} : { autopilot: limits }),
      };
      const { captureId } = await sink.begin(begin);
      recording.writer.begin(captureId);
      const withheld = await this.#record(recording, captureId, began);
      this.#checkClock(startedAt, began);
      this.#throwIfBroken();
      return await sink.finish({
        captureId,
        ...this.#address(recording, withheld.withheld, url.withheld),
        title: withheld.title,
        finishedAt: clock().toISOString(),
        monotonicMilliseconds: monotonic() - began,
        serverClock: recording.writer.clock.list(),
        reasons: this.#reasons.list(),
        ...(this.#outcome === null ? {} : { autopilot: this.#outcome }),
        ...(circumstances.lookOnly == null ? {} : { blocked: circumstances.lookOnly.blocked.list() }),
      });
    } catch (error) {
      recording.abandon();
      throw error;
    } finally {
      // Before nobody holds its requests any more: what it would send at leaving, or later, is not sent.
      if (this.#watching.holdRequests && this.#closed === null) {
        await sendWithin(commandLimit, this.#session, 'Page.navigate', { url: 'about:blank' }).catch(
          () => undefined,
        );
      }
      stopListening();
      circumstances.onReleased?.();
      this.#options.onPeakMemory?.(recording.peakMemory);
      if (this.#closed === null) await this.#unwatch();
    }
  }

  /** What stays in a guise stays attached. */
  async #unwatch(): Promise<void> {
    const isReleased = this.#options.circumstances?.onReleased !== undefined;
    await unwatchPage(this.#session, isReleased ? this.#targets.here : null);
  }

  /** Leaves what the page shows, so that nothing of it is taken for this capture. Answers whether bodies stream. */
  async #prepare(): Promise<boolean> {
    const session = this.#session;
    await sendWithin(commandLimit, session, 'Page.enable', {});
    // What a person does meanwhile would become part of the record, and change the page.
    await sendWithin(commandLimit, session, 'Input.setIgnoreInputEvents', { ignore: true });
    await sendWithin(commandLimit, session, 'Page.navigate', { url: 'about:blank' });
    const { frameTree } = await sendWithin(commandLimit, session, 'Page.getFrameTree', {});
    this.#page.frameId = frameTree.frame.id;
    const asked = send(session, 'Network.streamResourceContent', { requestId: 'none' });
    return asked.then(
      () => true,
      (error: unknown) => !(error instanceof CdpError && /wasn't found|not found/i.test(error.message)),
    );
  }

  #recording(canStream: boolean): Recording {
    const { session, sink, randomBytes, monotonic, circumstances = {} } = this.#options;
    const recording = new Recording({
      session,
      sink,
      canStream,
      randomBytes,
      monotonic,
      certificates: this.#certificates,
      reasons: this.#reasons,
      memory: this.#limits.memory,
      idle: this.#limits.idle,
      lookOnly: circumstances.lookOnly ?? null,
      hasProxy: circumstances.hasProxy ?? false,
      isPage: (hop) => this.#page.isDocument(hop),
      isServiceWorker: (sessionId) => this.#targets.isServiceWorker(sessionId),
      refuses: (event) =>
        this.#isHeld &&
        event.resourceType === 'Document' &&
        event.responseStatusCode === undefined &&
        event.responseErrorReason === undefined &&
        event.frameId === this.#page.frameId,
      onBroken: (error) => {
        this.#broken ??= { error };
        recording.abandon();
      },
    });
    for (const word of circumstances.hidden ?? []) recording.secrets.search(word, 'Way to the server');
    return recording;
  }

  #event(event: CdpEvent, recording: Recording): void {
    this.#page.event(event);
    this.#targets.event(event);
    recording.event(event);
  }

  async #record(recording: Recording, captureId: string, began: number): Promise<Taken> {
    let taken: Taken = { title: null, withheld: [] };
    try {
      await sendWithin(commandLimit, this.#session, 'Target.setAutoAttach', {
        autoAttach: false,
        waitForDebuggerOnStart: false,
        flatten: true,
      });
      await watchSession(this.#session, null, this.#watching);
      await this.#learnCookies(recording);
      if (this.#options.acceptedCertificateError) {
        await send(this.#session, 'Security.setIgnoreCertificateErrors', { ignore: true });
      }
      const load = this.#pageLoad(recording, began);
      const rest = await load.load(this.#settling);
      this.#judge(rest, load.refused, recording);
      await this.#calm(rest, load);
      const passed = await this.#goThrough(recording, captureId, load);
      taken = await this.#artifacts(recording, captureId, load);
      taken.withheld.push(...passed);
    } catch (error) {
      // A browser that is gone ends the capture; whatever else goes wrong ends it with that error.
      if (!(error instanceof CdpError)) throw error;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed === null) this.#reasons.add('interrupted', `The recorder stopped: ${error.message}.`);
    }
    this.#sayWhyStopped();
    this.#throwIfBroken();
    await recording.close((open) => this.#endingOf(open));
    return taken;
  }

  /** By the autopilot, where one was asked for. Answers what was withheld in what it kept. */
  async #goThrough(recording: Recording, captureId: string, load: PageLoad): Promise<Withheld[]> {
    const { autopilot, sink, clock, monotonic } = this.#options;
    const { frameId, url } = this.#page;
    if (autopilot === undefined || frameId === null || url === null || this.#isStopped()) return [];
    await holdDocuments(this.#session, this.#watching);
    this.#isHeld = true;
    let ended: Ended;
    try {
      ended = await runAutopilot({
        ...{ session: this.#session, sink, captureId, frameId, url, clock, monotonic },
        ...autopilot,
        betweenSteps: this.#options.circumstances?.betweenSteps ?? 0,
        secrets: recording.secrets,
        isOver: () => this.#isStopped(),
      });
    } finally {
      this.#isHeld = false;
    }
    if (this.#closed === null) await holdAnswers(this.#session, this.#watching);
    addReasons(ended, autopilot.limits, this.#reasons);
    load.extend(ended.milliseconds);
    const { stalledOn: _on, pausedTooLong: _paused, jumps: _jumps, withheld, ...outcome } = ended;
    this.#outcome = outcome;
    return withheld;
  }

  #pageLoad(recording: Recording, began: number): PageLoad {
    const { url, monotonic, progress } = this.#options;
    return new PageLoad({
      session: this.#session,
      page: this.#page,
      targets: this.#targets,
      recording,
      url,
      idle: this.#limits.idle,
      deadline: began + this.#limits.load,
      monotonic,
      progress,
      isStopped: () => this.#isStopped(),
    });
  }

  #endingOf(open: Open): Ending {
    const gone = this.#targets.isGone(open.hop.sessionId);
    const how = this.#isStopped() ? 'stopped' : gone ? 'gone' : 'hangs';
    return { how, error: '', byPage: how !== 'hangs', timestamp: null };
  }

  async #learnCookies(recording: Recording): Promise<void> {
    const { url } = this.#options;
    // Not every engine tells: what is sent is learned from the headers.
    const { cookies } = await send(this.#session, 'Network.getCookies', { urls: [url] }).catch(() => ({
      cookies: [],
    }));
    for (const { name, value, httpOnly } of cookies) {
      if (canBeSearched(value, httpOnly || isSessionCookie(name))) {
        recording.secrets.search(value, `Cookie: ${name}`);
      }
    }
  }

  get #isLooping(): boolean {
    return this.#page.navigations > mostNavigations;
  }

  /** Ends what would keep a picture from being taken of what the page shows. */
  async #calm(rest: Rest, load: PageLoad): Promise<void> {
    if (rest === 'stuck') await sendWithin(commandLimit, this.#session, 'Runtime.terminateExecution', {});
    if (rest === 'stuck' || !this.#isLooping) return;
    await sendWithin(commandLimit, this.#session, 'Emulation.setScriptExecutionDisabled', { value: true });
    await load.settle(afterPicture);
  }

  #judge(rest: Rest, refused: string | null, recording: Recording): void {
    if (this.#isStopped()) return;
    if (this.#page.url === null) {
      const why = refused ?? 'nothing came in time';
      const isCertificate = /ERR_CERT|ERR_SSL|CERTIFICATE/i.test(why);
      const { text } = hideInUrl(this.#options.url, recording.secrets);
      this.#reasons.add(
        isCertificate ? 'certificate-error' : 'navigation-failed',
        `The page ${text} was not reached (${why}).`,
      );
    } else if (rest === 'stuck') {
      this.#reasons.add(
        'not-settled',
        'The page had stopped answering, as one does whose script never ends: the script was ended.',
      );
    } else if (this.#isLooping) {
      this.#reasons.add(
        'not-settled',
        `The page loaded itself again and again, ${this.#page.navigations} times: its scripts were stopped.`,
      );
    } else if (rest === 'not-settled') {
      this.#reasons.add('not-settled', 'The page had not come to rest when the time for it was over.');
    }
  }

  async #artifacts(recording: Recording, captureId: string, load: PageLoad): Promise<Taken> {
    const { frameId, url } = this.#page;
    if (frameId === null || url === null || this.#isStopped()) return { title: null, withheld: [] };
    const { sink, print, progress } = this.#options;
    progress?.({ step: 'picturing', done: 0, total: null, unit: 'items' });
    const taken = await takeArtifacts({
      session: this.#session,
      sink,
      captureId,
      secrets: recording.secrets,
      reasons: this.#reasons,
      certificates: this.#certificates,
      print: print ?? null,
      mostPictures: this.#limits.pictures,
      screensAreShown:
        (this.#outcome?.removed ?? 0) > 0 && this.#outcome?.pictured === this.#outcome?.screens,
      frameId,
      url,
      settle: async () => void (await load.settle(afterPicture)),
      isStopped: () => this.#isStopped(),
    });
    await recording.completeMedia(frameId, () => this.#isStopped());
    return taken;
  }

  #address(
    recording: Recording,
    ...withheld: Withheld[][]
  ): { finalUrl: string | null; documentUrl: string | null; withheld: Withheld[] } {
    const { url, documentUrl } = this.#page;
    if (url === null || documentUrl === null)
      return { finalUrl: null, documentUrl: null, withheld: distinct(withheld.flat()) };
    const [reached, asked] = [url, documentUrl].map((each) => hideInUrl(each, recording.secrets));
    const hidden = [...withheld.flat(), ...(reached?.withheld ?? []), ...(asked?.withheld ?? [])];
    return { finalUrl: reached?.text ?? null, documentUrl: asked?.text ?? null, withheld: distinct(hidden) };
  }

  #isStopped(): boolean {
    return (
      this.#options.signal?.aborted === true ||
      this.#closed !== null ||
      this.#broken !== null ||
      this.#page.crashed
    );
  }

  #sayWhyStopped(): void {
    const { signal } = this.#options;
    if (signal?.aborted === true && isTimeout(signal.reason)) {
      this.#reasons.add('not-settled', 'The time for this capture was over before it was done.');
    } else if (signal?.aborted === true) {
      this.#reasons.add('stopped-by-user', 'The capture was stopped before it was done.');
    }
    if (this.#closed !== null) this.#reasons.add('interrupted', `The browser stopped: ${this.#closed}.`);
    else if (this.#page.crashed) this.#reasons.add('interrupted', 'The page crashed while it was recorded.');
  }

  #throwIfBroken(): void {
    if (this.#broken !== null) throw this.#broken.error;
  }

  /** Two clocks that began together: a step of the wall clock makes every time of this capture doubtful. */
  #checkClock(startedAt: Date, began: number): void {
    const { clock, monotonic } = this.#options;
    const difference = clock().getTime() - startedAt.getTime() - (monotonic() - began);
    if (Math.abs(difference) < 2000) return;
    this.#reasons.add(
      'clock-step',
      `The clock of this machine was moved by ${Math.round(difference / 1000)} s during the capture.`,
    );
  }
}
