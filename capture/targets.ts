/** Everything that belongs to the page: frames of other origins, workers, and what those start in turn. */
import { send, sendWithin } from './cdp/commands.ts';
import { cdpEvents } from './cdp/events.ts';
import type { CdpEvent, CdpSession } from './cdp-session.ts';
import { dressTarget, type Guise } from './persona/guise.ts';

const maxPostDataSize = 2 * 1024 * 1024;
/** Milliseconds in which the process of a frame or worker answers; some kinds never do, and must not wait for it. */
const beginningLimit = 5000;
const answers = { urlPattern: '*', requestStage: 'Response' } as const;
const requests = { urlPattern: '*', requestStage: 'Request' } as const;

/** What whoever records does besides to everything that belongs to the page. */
export interface Watching {
  /** What targets say they are; the page itself says it already. */
  guise: Guise | null;
  /** Requests are held before they are sent as well. */
  holdRequests: boolean;
}

const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;

/**
 * Makes a session tell and hold what it asks of the network: cache off, service workers passed by, every answer
 * held before its body. A worker knows only some of this.
 * @param sessionId null: the page itself, where each of it must succeed.
 * @param type of the target, as the engine calls it
 */
export async function watchSession(
  session: CdpSession,
  sessionId: string | null,
  { guise, holdRequests }: Watching,
  type = 'page',
): Promise<void> {
  // Answered when its process is there: Electron 25 freezes a frame whose answers are held before that. A service
  // worker answers only when it goes on, and a page may wait for it.
  const enabled = sendWithin(beginningLimit, session, 'Network.enable', { maxPostDataSize }, sessionId);
  if (sessionId === null) await enabled;
  else if (type !== 'service_worker') await enabled.catch(() => undefined);
  else enabled.catch(() => undefined);
  const patterns = holdRequests ? [answers, requests] : [answers];
  const commands = [
    send(session, 'Network.setCacheDisabled', { cacheDisabled: true }, sessionId),
    send(session, 'Network.setBypassServiceWorker', { bypass: true }, sessionId),
    send(session, 'Fetch.enable', { patterns }, sessionId),
    send(session, 'Target.setAutoAttach', autoAttach, sessionId),
  ];
  if (sessionId === null) {
    await Promise.all(commands);
    return;
  }
  // In one go: carried out in order, and before what the session itself waits to do.
  const dress = guise === null ? [] : dressTarget(session, guise, sessionId);
  await Promise.allSettled([
    ...commands,
    ...dress,
    send(session, 'Runtime.runIfWaitingForDebugger', {}, sessionId),
  ]);
}

/** Also holds what would lead the page itself, or a frame in it, elsewhere, before it is sent. */
export async function holdDocuments(session: CdpSession, { holdRequests }: Watching): Promise<void> {
  if (holdRequests) return;
  await send(session, 'Fetch.enable', { patterns: [answers, { ...requests, resourceType: 'Document' }] });
}

/** Holds again what was held before. */
export async function holdAnswers(session: CdpSession, { holdRequests }: Watching): Promise<void> {
  if (holdRequests) return;
  await send(session, 'Fetch.enable', { patterns: [answers] });
}

/**
 * Undoes `watchSession`. Never rejects. `here`: the sessions of frames and workers, which stay attached, and whatever
 * comes attaches to whoever has the page next; null: everything but the page is left.
 */
export async function unwatchPage(session: CdpSession, here: readonly string[] | null): Promise<void> {
  const leave = { autoAttach: false, waitForDebuggerOnStart: false, flatten: true } as const;
  await Promise.allSettled([
    ...(here ?? []).flatMap((sessionId) => [
      sendWithin(beginningLimit, session, 'Fetch.disable', {}, sessionId),
      sendWithin(beginningLimit, session, 'Network.setBypassServiceWorker', { bypass: false }, sessionId),
      sendWithin(beginningLimit, session, 'Network.setCacheDisabled', { cacheDisabled: false }, sessionId),
    ]),
    sendWithin(beginningLimit, session, 'Input.setIgnoreInputEvents', { ignore: false }),
    sendWithin(beginningLimit, session, 'Emulation.setScriptExecutionDisabled', { value: false }),
    sendWithin(beginningLimit, session, 'Fetch.disable', {}),
    sendWithin(beginningLimit, session, 'Network.setBypassServiceWorker', { bypass: false }),
    sendWithin(beginningLimit, session, 'Network.setCacheDisabled', { cacheDisabled: false }),
    ...(here === null ? [sendWithin(beginningLimit, session, 'Target.setAutoAttach', leave)] : []),
    sendWithin(beginningLimit, session, 'Network.disable', {}),
    sendWithin(beginningLimit, session, 'Page.disable', {}),
  ]);
}

/** Watches whatever attaches, and remembers which sessions have gone. */
export class Targets {
  readonly #session: CdpSession;
  readonly #watching: Watching;
  readonly #gone = new Set<string>();
  readonly #here = new Set<string>();
  readonly #serviceWorkers = new Set<string>();

  constructor(session: CdpSession, watching: Watching) {
    this.#session = session;
    this.#watching = watching;
  }

  /** Frames and workers that are attached. */
  get here(): string[] {
    return [...this.#here];
  }

  isGone(sessionId: string | null): boolean {
    return sessionId !== null && this.#gone.has(sessionId);
  }

  isServiceWorker(sessionId: string | null): boolean {
    return sessionId !== null && this.#serviceWorkers.has(sessionId);
  }

  event({ method, params }: CdpEvent): void {
    if (method === 'Target.attachedToTarget') {
      const attached = cdpEvents[method].safeParse(params).data;
      // One that is gone already needs nothing.
      if (attached === undefined) return;
      const { sessionId, targetInfo } = attached;
      this.#here.add(sessionId);
      if (targetInfo.type === 'service_worker') this.#serviceWorkers.add(sessionId);
      watchSession(this.#session, sessionId, this.#watching, targetInfo.type).catch(() => undefined);
    } else if (method === 'Target.detachedFromTarget') {
      const detached = cdpEvents[method].safeParse(params).data;
      if (detached === undefined) return;
      this.#gone.add(detached.sessionId);
      this.#here.delete(detached.sessionId);
    }
  }
}
