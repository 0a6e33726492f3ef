/** What is known of the page in the view, kept up to date from its events. */
import type { WebContents } from 'electron';
import type { ViewState } from '../../contract/model/view.ts';
import { parseUrl } from '../own-urls.ts';
import { isWebUrl } from './address.ts';
import type { CaptureSession } from './capture-session.ts';
import { crashWords, failureWords } from './failure-words.ts';

type PageFacts = Pick<
  ViewState,
  'url' | 'title' | 'loading' | 'canGoBack' | 'canGoForward' | 'failure' | 'certificateError' | 'connection'
>;

/** Chromium's number for a load that was broken off: by another one, by a download, or by Stop. */
const aborted = -3;

export class PageState {
  readonly #contents: WebContents;
  readonly #capture: CaptureSession;
  readonly #onChange: () => void;
  /** What a person asked for and is not there yet. What a page asks for only counts once it is there. */
  #asked: string | null = null;
  /** The last page of the web that was there: the recorder leaves it for an empty one before it loads it again. */
  #last = '';
  #failure: string | null = null;
  #certificateError: string | null = null;

  constructor(contents: WebContents, capture: CaptureSession, onChange: () => void) {
    this.#contents = contents;
    this.#capture = capture;
    this.#onChange = onChange;
    this.#listen();
  }

  /** Begins to load an address that a person asked for. What becomes of it, the state says. */
  load(url: string): void {
    this.#asked = url;
    this.#onChange();
    this.#contents.loadURL(url).catch(() => undefined);
  }

  get facts(): PageFacts {
    const contents = this.#contents;
    const history = historyOf(contents);
    const url = this.#asked ?? this.#last;
    return {
      url,
      title: this.#asked === null ? contents.getTitle() : '',
      loading: contents.isLoading(),
      canGoBack: history.canGoBack(),
      canGoForward: history.canGoForward(),
      failure: this.#failure,
      certificateError: this.#certificateError,
      connection: this.#connectionOf(url),
    };
  }

  /** Whether there is a page to be seen, and nothing that must be decided or said first. */
  get showable(): boolean {
    return this.#last !== '' && this.#failure === null && this.#certificateError === null;
  }

  #connectionOf(url: string): PageFacts['connection'] {
    if (this.#asked !== null || !this.showable) return 'none';
    if (parseUrl(url)?.protocol !== 'https:') return 'plain';
    return this.#capture.certificates.isException(url) ? 'exception' : 'encrypted';
  }

  #listen(): void {
    const contents = this.#contents;
    contents.on('did-start-loading', this.#onChange);
    // A load that was stopped before anything came of it says nothing else.
    contents.on('did-stop-loading', () => {
      if (this.#failure === null && this.#certificateError === null && !contents.isLoading())
        this.#asked = null;
      this.#onChange();
    });
    contents.on('page-title-updated', this.#onChange);
    contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame) this.#last = url;
      this.#onChange();
    });
    contents.on('did-start-navigation', (details) => {
      if (!details.isMainFrame || details.isSameDocument) return;
      this.#failure = null;
      this.#certificateError = null;
      this.#onChange();
    });
    contents.on('did-navigate', (_event, url) => {
      this.#asked = null;
      if (isWebUrl(url)) this.#last = url;
      this.#onChange();
    });
    contents.on('did-fail-load', (_event, code, name, url, isMainFrame) => {
      if (isMainFrame) this.#failed(code, name, url);
    });
    contents.on('render-process-gone', (_event, { reason }) => {
      this.#asked = null;
      this.#failure = crashWords(reason);
      this.#onChange();
    });
  }

  #failed(code: number, name: string, url: string): void {
    if (code === aborted) {
      this.#asked = null;
    } else {
      this.#asked = url;
      this.#certificateError = name.startsWith('ERR_CERT') ? this.#capture.certificates.wrongWith(url) : null;
      if (this.#certificateError === null) {
        this.#failure = failureWords(parseUrl(url)?.host ?? url, name === '' ? String(code) : name);
      }
    }
    this.#onChange();
  }
}

/** Since Electron 30 in an object of its own. */
export function historyOf(contents: WebContents): Electron.NavigationHistory | WebContents {
  return contents.navigationHistory ?? contents;
}
