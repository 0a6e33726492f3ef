/** Loading the page, and waiting until it rests. */
import type { Progress } from '../contract/model/common.ts';
import { isEventStream } from './body-outcome.ts';
import { send, sendWithin } from './cdp/commands.ts';
import type { CdpSession } from './cdp-session.ts';
import type { Open } from './exchange-writer.ts';
import type { PageState } from './page.ts';
import type { Recording } from './recording.ts';
import type { Hop } from './requests.ts';
import { atRest, type Rest, type SettleOptions } from './settle.ts';
import type { Targets } from './targets.ts';

const commandLimit = 15_000;
/** Milliseconds that the end of an answer may come after its body. */
const told = 500;
/** Milliseconds without a byte after which a film or sound has what it wants to play next. */
const played = 2000;

export interface PageLoadOptions {
  session: CdpSession;
  page: PageState;
  targets: Targets;
  recording: Recording;
  url: string;
  /** Milliseconds without a byte after which an answer counts as hanging. */
  idle: number;
  /** When loading must be over in any case: milliseconds, monotonic. */
  deadline: number;
  monotonic(): number;
  progress?: ((progress: Progress) => void) | undefined;
  isStopped(): boolean;
}

export class PageLoad {
  readonly #options: PageLoadOptions;
  /** Why the navigation failed, as the engine says; null: it did not. */
  refused: string | null = null;
  /** How the document is asked for again, where it hangs. */
  #again: 'late' | 'taken' | null = null;
  #isSecondTry = false;
  /** Bytes that progress was told of. */
  #told = -1;

  constructor(options: PageLoadOptions) {
    this.#options = options;
  }

  /** Loads the page; once more in another way where its document hangs, so that what came of it is kept. */
  async load(settling: SettleOptions): Promise<Rest> {
    const { session, recording, isStopped } = this.#options;
    const first = await this.#navigate(settling);
    if (this.#again === null || isStopped()) return first;
    recording.bodies.documents = this.#again;
    this.#isSecondTry = true;
    // The same address once more is ignored while the first try is under way.
    await sendWithin(commandLimit, session, 'Page.stopLoading', {});
    await sendWithin(commandLimit, session, 'Page.navigate', { url: 'about:blank' });
    this.refused = null;
    return this.#navigate(settling);
  }

  /** Waits until the page rests. */
  settle(settling: SettleOptions): Promise<Rest> {
    const { session, recording, monotonic, progress, isStopped, deadline } = this.#options;
    const waiting = {
      session,
      monotonic,
      busy: () => {
        const { bytes } = recording.writer;
        if (bytes !== this.#told) progress?.({ step: 'receiving', done: bytes, total: null, unit: 'bytes' });
        this.#told = bytes;
        this.#watchDocument();
        return this.#all().filter((open) => this.#isBusy(open));
      },
      isTalking: () => recording.sockets.isBusy,
      isLoaded: () => this.#isLoaded(),
      isOver: () => isStopped() || this.#isToTryAgain() || this.#isRefused(),
    };
    return atRest(waiting, settling, deadline);
  }

  #navigate(settling: SettleOptions): Promise<Rest> {
    const { session, page, url } = this.#options;
    page.isLoading = true;
    page.url = null;
    const isSecond = this.#isSecondTry;
    const refused = (why: string | null): void => {
      // The first try is given up when the second begins.
      if (isSecond === this.#isSecondTry) this.refused = why;
    };
    send(session, 'Page.navigate', { url }).then(
      ({ errorText }) => refused(errorText ?? null),
      (error: unknown) => refused(error instanceof Error ? error.message : String(error)),
    );
    return this.settle(settling);
  }

  #all(): Open[] {
    return [...this.#options.recording.open()];
  }

  #isPage(hop: Hop): boolean {
    return this.#options.page.isDocument(hop);
  }

  /** A page can go on to another address before it is there: then the first was given up, not refused. */
  #isRefused(): boolean {
    if (this.refused === null || this.#options.page.url !== null) return false;
    return !this.#all().some((open) => this.#isPage(open.hop));
  }

  #isToTryAgain(): boolean {
    return this.#again !== null && !this.#isSecondTry;
  }

  /** A document that hangs while it is held keeps the whole page from beginning. */
  #watchDocument(): void {
    const { page, idle, recording } = this.#options;
    if (this.#isSecondTry || page.url !== null) return;
    for (const open of this.#all()) {
      if (!this.#isPage(open.hop) || open.body.mode !== 'whole' || open.body.received > 0) continue;
      if (this.#silence(open) >= idle) this.#again = recording.canStream ? 'late' : 'taken';
    }
  }

  #isLoaded(): boolean {
    const { page } = this.#options;
    if (page.url === null) return false;
    if (!page.isLoading) return true;
    // The load event waits for what hangs, for ever.
    return this.#all().some((open) => !this.#isBusy(open));
  }

  #silence(open: Open): number {
    return this.#options.monotonic() - open.heardAt;
  }

  #isBusy(open: Open): boolean {
    const { targets, idle } = this.#options;
    if (targets.isGone(open.hop.sessionId)) return false;
    const silence = this.#silence(open);
    if (open.n === null) return silence < idle;
    if (open.body.isHere) return silence < told;
    if (isEventStream(open.hop, open.body)) return false;
    return silence < (open.hop.type === 'Media' ? Math.min(played, idle) : idle);
  }
}
