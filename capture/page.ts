/** What the page does as a whole: where it is, whether it is loading, what it asks of the person before it. */
import { send } from './cdp/commands.ts';
import { cdpEvents } from './cdp/events.ts';
import type { CdpEvent, CdpSession } from './cdp-session.ts';
import type { Hop } from './requests.ts';

export class PageState {
  readonly #session: CdpSession;
  /** Of the main frame. */
  frameId: string | null = null;
  loaderId: string | null = null;
  /** With fragment; null: no page was reached. */
  url: string | null = null;
  /** As its document was asked for, whatever the page made of its own address since. */
  documentUrl: string | null = null;
  crashed = false;
  /** How often another document took the place of the page, or the same one again. */
  navigations = 0;
  /** The page as a whole, with everything it waits for. */
  isLoading = false;

  constructor(session: CdpSession) {
    this.#session = session;
  }

  /** Whether this request is for the page itself, not for a frame in it. */
  isDocument({ type, frameId }: Hop): boolean {
    return type === 'Document' && frameId === this.frameId;
  }

  event({ method, params, sessionId }: CdpEvent): void {
    if (sessionId !== null) return;
    if (method === 'Page.frameNavigated') this.#navigated(params);
    else if (method === 'Page.navigatedWithinDocument') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event?.frameId === this.frameId && this.url !== null) this.url = event?.url ?? this.url;
    } else if (method === 'Page.frameStartedLoading' || method === 'Page.frameStoppedLoading') {
      const event = cdpEvents[method].safeParse(params).data;
      if (event?.frameId === this.frameId) this.isLoading = method === 'Page.frameStartedLoading';
    } else if (method === 'Inspector.targetCrashed') this.crashed = true;
    else if (method === 'Page.javascriptDialogOpening') this.#answerDialog(params);
  }

  #navigated(params: unknown): void {
    const frame = cdpEvents['Page.frameNavigated'].safeParse(params).data?.frame;
    if (frame === undefined || frame.parentId !== undefined) return;
    this.navigations += 1;
    this.frameId = frame.id;
    this.loaderId = frame.loaderId;
    const isPage = frame.unreachableUrl === undefined && /^https?:/i.test(frame.url);
    this.url = isPage ? frame.url + (frame.urlFragment ?? '') : null;
    this.documentUrl = this.url;
  }

  /** Nobody is asked: a page that waits for an answer would never go on. Leaving is allowed, nothing else. */
  #answerDialog(params: unknown): void {
    const type = cdpEvents['Page.javascriptDialogOpening'].safeParse(params).data?.type;
    void send(this.#session, 'Page.handleJavaScriptDialog', { accept: type === 'beforeunload' }).catch(
      () => undefined,
    );
  }
}
