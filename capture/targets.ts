/** Everything that belongs to the page: frames of other origins, workers, and what those start in turn. */
import { send } from './cdp/commands.ts';
import { cdpEvents } from './cdp/events.ts';
import type { CdpEvent, CdpSession } from './cdp-session.ts';

const maxPostDataSize = 2 * 1024 * 1024;
const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;

/**
 * Makes a session tell and hold what it asks of the network: cache off, service workers passed by, every answer
 * held before its body. A worker knows only some of this.
 * @param sessionId null: the page itself, where each of it must succeed.
 */
export async function watchSession(session: CdpSession, sessionId: string | null): Promise<void> {
  // Sent in one go: the browser carries them out in order, before what the session itself waits to do.
  const commands = [
    send(session, 'Network.enable', { maxPostDataSize }, sessionId),
    send(session, 'Network.setCacheDisabled', { cacheDisabled: true }, sessionId),
    send(session, 'Network.setBypassServiceWorker', { bypass: true }, sessionId),
    send(session, 'Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Response' }] }, sessionId),
  ];
  if (sessionId === null) {
    await Promise.all(commands);
    return;
  }
  await Promise.allSettled(commands);
  // Electron 25 makes some frames wait a second time, without saying so.
  for (const pause of [0, 100, 400, 1500]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await send(session, 'Runtime.runIfWaitingForDebugger', {}, sessionId);
  }
}

/** Undoes `watchSession` for the page itself. Never rejects. */
export async function unwatchPage(session: CdpSession): Promise<void> {
  await Promise.allSettled([
    send(session, 'Fetch.disable', {}),
    send(session, 'Network.setBypassServiceWorker', { bypass: false }),
    send(session, 'Network.setCacheDisabled', { cacheDisabled: false }),
    send(session, 'Target.setAutoAttach', {
      ...autoAttach,
      autoAttach: false,
      waitForDebuggerOnStart: false,
    }),
    send(session, 'Network.disable', {}),
    send(session, 'Page.disable', {}),
  ]);
}

/** Watches whatever attaches, and remembers which sessions have gone. */
export class Targets {
  readonly #session: CdpSession;
  readonly #gone = new Set<string>();

  constructor(session: CdpSession) {
    this.#session = session;
  }

  isGone(sessionId: string | null): boolean {
    return sessionId !== null && this.#gone.has(sessionId);
  }

  event({ method, params }: CdpEvent): void {
    if (method === 'Target.attachedToTarget') {
      const attached = cdpEvents[method].safeParse(params).data;
      // One that is gone already needs nothing.
      if (attached !== undefined) watchSession(this.#session, attached.sessionId).catch(() => undefined);
    } else if (method === 'Target.detachedFromTarget') {
      const detached = cdpEvents[method].safeParse(params).data;
      if (detached !== undefined) this.#gone.add(detached.sessionId);
    }
  }
}
