/**
 * Keeps a page and everything that attaches to it (frames of other origins, workers) in the guise of a persona, by the
 * debugger, from before the first page until the view closes. While a capture runs the recorder does that.
 */
import type { WebContents } from 'electron';
import { send, sendWithin } from '../../capture/cdp/commands.ts';
import { cdpEvents } from '../../capture/cdp/events.ts';
import type { CdpEvent, CdpSession } from '../../capture/cdp-session.ts';
import { dressPage, dressTarget, type Guise } from '../../capture/persona/guise.ts';
import { electronCdp } from '../electron-cdp.ts';

const attaching = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;
const limit = 10_000;

/** The debugger of a page that has loaded nothing yet. Errors: CdpError. */
export async function attachEmpty(contents: WebContents): Promise<CdpSession> {
  await contents.loadURL('about:blank');
  const session = electronCdp(contents);
  // Nobody goes back to the empty page.
  if (contents.navigationHistory === undefined) contents.clearHistory();
  else contents.navigationHistory.clear();
  return session;
}

export class Dresser {
  readonly session: CdpSession;
  readonly #guise: Guise;
  #isPaused = false;

  private constructor(session: CdpSession, guise: Guise) {
    this.session = session;
    this.#guise = guise;
    session.on((event) => this.#event(event));
  }

  /** Rejects where the engine refuses it; the page is empty then, and must stay so. */
  static async dress(contents: WebContents, guise: Guise): Promise<Dresser> {
    const dresser = new Dresser(await attachEmpty(contents), guise);
    await dressPage(dresser.session, guise);
    await sendWithin(limit, dresser.session, 'Target.setAutoAttach', attaching);
    return dresser;
  }

  /** The recorder has the page from here on. */
  pause(): void {
    this.#isPaused = true;
  }

  /** To be called when the recorder stops listening: what is attached stays so, and what comes is dressed here. */
  resume(): void {
    this.#isPaused = false;
  }

  #event({ method, params }: CdpEvent): void {
    if (this.#isPaused || method !== 'Target.attachedToTarget') return;
    const sessionId = cdpEvents[method].safeParse(params).data?.sessionId;
    if (sessionId === undefined) return;
    // In one go: carried out in order, and before the target's first script.
    void Promise.allSettled([
      ...dressTarget(this.session, this.#guise, sessionId),
      send(this.session, 'Target.setAutoAttach', attaching, sessionId),
      send(this.session, 'Runtime.runIfWaitingForDebugger', {}, sessionId),
    ]);
  }
}
