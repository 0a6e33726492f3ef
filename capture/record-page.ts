/** Records one page: loads it under the recorder's eyes, waits until it rests, and hands everything to the archive. */
import { HoldfastError } from '../contract/errors.ts';
import type { Progress } from '../contract/model/common.ts';
import type { CaptureResult, CaptureSink, RecordingBegin, Withheld } from '../contract/model/recording.ts';
import { takeArtifacts } from './artifacts/artifacts.ts';
import type { Ending } from './body-outcome.ts';
import { send, sendWithin } from './cdp/commands.ts';
import { CdpError, type CdpEvent, type CdpSession } from './cdp-session.ts';
import { type CertificateSource, Certificates, protocolCertificates } from './certificates.ts';
import { PageState } from './page.ts';
import { Reasons } from './reasons.ts';
import { type Open, Recording } from './recording.ts';
import type { Hop } from './requests.ts';
import { distinct } from './secrets/known.ts';
import { canBeSearched, isSessionCookie } from './secrets/names.ts';
import { hideInUrl, parsedUrl } from './secrets/url.ts';
import { atRest, type Rest, type SettleOptions } from './settle.ts';
import { Targets, unwatchPage, watchSession } from './targets.ts';

export interface Limits {
  /** Milliseconds without a byte after which an answer counts as hanging. */
  idle: number;
  /** Milliseconds for the whole of loading and coming to rest. */
  load: number;
  /** Bytes of bodies that wait in memory; besides these the browser's largest message. */
  memory: number;
}

const usualLimits: Limits = { idle: 10_000, load: 300_000, memory: 16 * 1024 * 1024 };
const usualSettling: SettleOptions = { quiet: 600, limit: 30_000 };
const commandLimit = 15_000;
/** Milliseconds that the end of an answer may come after its body. */
const told = 500;
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
  readonly #targets: Targets;
  readonly #certificates: Certificates;
  #closed: string | null = null;
  #broken: { error: unknown } | null = null;
  /** Why the navigation failed, as the engine says; null: it did not. */
  #refused: string | null = null;
  /** How the document is asked for again, where it hangs. */
  #again: 'late' | 'taken' | null = null;
  #isSecondTry = false;
  #deadline = 0;

  constructor(options: RecordPageOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#settling = { ...usualSettling, ...options.settle };
    this.#session = options.session;
    this.#page = new PageState(options.session);
    this.#targets = new Targets(options.session);
    const accepted = options.acceptedCertificateError ?? null;
    this.#certificates = new Certificates(
      options.certificates ?? protocolCertificates(options.session, accepted),
    );
  }

  async run(): Promise<CaptureResult> {
    const { clock, monotonic, sink, engine } = this.#options;
    void this.#session.closed.then((reason) => {
      this.#closed = reason;
    });
    const canStream = await this.#prepare();
    const startedAt = clock();
    const began = monotonic();
    this.#deadline = began + this.#limits.load;
    const recording = this.#recording(canStream);
    const stopListening = this.#session.on((event) => this.#event(event, recording));
    try {
      const url = hideInUrl(this.#options.url, recording.secrets);
      const begin = { url: url.text, startedAt: startedAt.toISOString(), engine };
      const { captureId } = await sink.begin(begin);
      recording.begin(captureId);
      const withheld = await this.#record(recording, captureId);
      this.#checkClock(startedAt, began);
      this.#throwIfBroken();
      return await sink.finish({
        captureId,
        ...this.#address(recording, withheld.withheld, url.withheld),
        title: withheld.title,
        finishedAt: clock().toISOString(),
        monotonicMilliseconds: monotonic() - began,
        serverClock: recording.clock.list(),
        reasons: this.#reasons.list(),
      });
    } catch (error) {
      recording.abandon();
      throw error;
    } finally {
      stopListening();
      this.#options.onPeakMemory?.(recording.peakMemory);
      if (this.#closed === null) await unwatchPage(this.#session);
    }
  }

  /** Leaves what the page shows, so that nothing of it is taken for this capture. Answers whether bodies stream. */
  async #prepare(): Promise<boolean> {
    const session = this.#session;
    await sendWithin(commandLimit, session, 'Page.enable', {});
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
    const { session, sink, randomBytes, monotonic } = this.#options;
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
      isPage: (hop) => this.#isPage(hop),
      onBroken: (error) => {
        this.#broken ??= { error };
        recording.abandon();
      },
    });
    return recording;
  }

  #event(event: CdpEvent, recording: Recording): void {
    this.#page.event(event);
    this.#targets.event(event);
    recording.event(event);
  }

  async #record(
    recording: Recording,
    captureId: string,
  ): Promise<{ title: string | null; withheld: Withheld[] }> {
    let taken: { title: string | null; withheld: Withheld[] } = { title: null, withheld: [] };
    try {
      await sendWithin(commandLimit, this.#session, 'Target.setAutoAttach', {
        autoAttach: false,
        waitForDebuggerOnStart: false,
        flatten: true,
      });
      await watchSession(this.#session, null);
      await this.#learnCookies(recording);
      if (this.#options.acceptedCertificateError) {
        await send(this.#session, 'Security.setIgnoreCertificateErrors', { ignore: true });
      }
      const rest = await this.#load(recording);
      this.#judge(rest, recording);
      if (this.#page.url !== null && !this.#isStopped()) taken = await this.#artifacts(recording, captureId);
    } catch (error) {
      // A browser that is gone ends the capture; whatever else goes wrong ends it with that error.
      if (!(error instanceof CdpError)) throw error;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed === null) this.#reasons.add('interrupted', `The recorder stopped: ${error.message}.`);
    }
    this.#sayWhyStopped();
    this.#throwIfBroken();
    await recording.close((open) => this.#endingOf(open));
    this.#noteWebSockets(recording);
    return taken;
  }

  /** Loads the page; once more in another way where its document hangs, so that what came of it is kept. */
  async #load(recording: Recording): Promise<Rest> {
    const first = await this.#navigate(recording);
    if (this.#again === null || this.#isStopped()) return first;
    recording.bodies.documents = this.#again;
    this.#isSecondTry = true;
    // The same address once more is ignored while the first try is under way.
    await sendWithin(commandLimit, this.#session, 'Page.stopLoading', {});
    await sendWithin(commandLimit, this.#session, 'Page.navigate', { url: 'about:blank' });
    this.#refused = null;
    return this.#navigate(recording);
  }

  async #navigate(recording: Recording): Promise<Rest> {
    const { url } = this.#options;
    this.#page.isLoading = true;
    this.#page.url = null;
    const isSecond = this.#isSecondTry;
    const refused = (why: string | null): void => {
      // The first try is given up when the second begins.
      if (isSecond === this.#isSecondTry) this.#refused = why;
    };
    send(this.#session, 'Page.navigate', { url }).then(
      ({ errorText }) => refused(errorText ?? null),
      (error: unknown) => refused(error instanceof Error ? error.message : String(error)),
    );
    return this.#settle(recording, this.#settling);
  }

  #settle(recording: Recording, settling: SettleOptions): Promise<Rest> {
    const { monotonic, progress } = this.#options;
    return atRest(
      {
        session: this.#session,
        monotonic,
        busy: () => {
          progress?.({ step: 'receiving', done: recording.bytes, total: null, unit: 'bytes' });
          this.#watchDocument(recording);
          return [...recording.open()].filter((open) => this.#isBusy(open));
        },
        isLoaded: () => this.#isLoaded(recording),
        isOver: () => this.#isStopped() || this.#isToTryAgain() || this.#isRefused(recording),
      },
      settling,
      this.#deadline,
    );
  }

  /** A page can go on to another address before it is there: then the first was given up, not refused. */
  #isRefused(recording: Recording): boolean {
    if (this.#refused === null || this.#page.url !== null) return false;
    return ![...recording.open()].some((open) => this.#isPage(open.hop));
  }

  #isToTryAgain(): boolean {
    return this.#again !== null && !this.#isSecondTry;
  }

  /** A document that hangs while it is held keeps the whole page from beginning. */
  #watchDocument(recording: Recording): void {
    if (this.#isSecondTry || this.#page.url !== null) return;
    for (const open of recording.open()) {
      if (!this.#isPage(open.hop) || open.body.mode !== 'whole' || open.body.received > 0) continue;
      if (this.#silence(open) >= this.#limits.idle) this.#again = recording.canStream ? 'late' : 'taken';
    }
  }

  #isPage(hop: Hop): boolean {
    return hop.type === 'Document' && hop.frameId === this.#page.frameId;
  }

  #isLoaded(recording: Recording): boolean {
    if (this.#page.url === null) return false;
    if (!this.#page.isLoading) return true;
    // The load event waits for what hangs, for ever.
    return [...recording.open()].some((open) => !this.#isBusy(open));
  }

  #silence(open: Open): number {
    return this.#options.monotonic() - open.heardAt;
  }

  #isBusy(open: Open): boolean {
    const { idle } = this.#limits;
    if (this.#targets.isGone(open.hop.sessionId)) return false;
    const silence = this.#silence(open);
    if (open.body.isHere && open.n !== null) return silence < told;
    if (open.hop.type === 'EventSource' && open.n !== null) return false;
    // The page reads as much of a film as it wants to play next.
    if (open.hop.type === 'Media' && open.n !== null) return silence < Math.min(2000, idle);
    return silence < idle;
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

  #judge(rest: Rest, recording: Recording): void {
    if (this.#isStopped()) return;
    if (this.#page.url === null) {
      const why = this.#refused ?? 'nothing came in time';
      const isCertificate = /ERR_CERT|ERR_SSL|CERTIFICATE/i.test(why);
      const { text } = hideInUrl(this.#options.url, recording.secrets);
      this.#reasons.add(
        isCertificate ? 'certificate-error' : 'navigation-failed',
        `The page ${text} was not reached (${why}).`,
      );
    } else if (rest === 'not-settled') {
      this.#reasons.add('not-settled', 'The page had not come to rest when the time for it was over.');
    }
  }

  async #artifacts(recording: Recording, captureId: string) {
    const { frameId, url } = this.#page;
    if (frameId === null || url === null) return { title: null, withheld: [] };
    const { sink, print, progress } = this.#options;
    progress?.({ step: 'picturing', done: 0, total: null, unit: 'items' });
    return takeArtifacts({
      session: this.#session,
      sink,
      captureId,
      secrets: recording.secrets,
      reasons: this.#reasons,
      certificates: this.#certificates,
      print: print ?? null,
      frameId,
      url,
      settle: async () => void (await this.#settle(recording, afterPicture)),
      isStopped: () => this.#isStopped(),
    });
  }

  #address(
    recording: Recording,
    ...withheld: Withheld[][]
  ): { finalUrl: string | null; withheld: Withheld[] } {
    const { url } = this.#page;
    if (url === null) return { finalUrl: null, withheld: distinct(withheld.flat()) };
    const hidden = hideInUrl(url, recording.secrets);
    return { finalUrl: hidden.text, withheld: distinct([...withheld.flat(), ...hidden.withheld]) };
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
    if (this.#options.signal?.aborted === true) {
      this.#reasons.add('stopped-by-user', 'The capture was stopped before it was done.');
    }
    if (this.#closed !== null) this.#reasons.add('interrupted', `The browser stopped: ${this.#closed}.`);
    else if (this.#page.crashed) this.#reasons.add('interrupted', 'The page crashed while it was recorded.');
  }

  #throwIfBroken(): void {
    if (this.#broken !== null) throw this.#broken.error;
  }

  #noteWebSockets(recording: Recording): void {
    for (const address of this.#page.webSockets) {
      const { text } = hideInUrl(address, recording.secrets);
      this.#reasons.add('body-not-recorded', `What went over the web socket ${text} is not recorded.`);
    }
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
