/**
 * Look-only for a whole browser: what would do something in somebody's name is sent by none of its tabs, their frames and
 * workers, also while a person browses there by hand. Holds as long as the browser is connected.
 */
import { z } from 'zod';
import { cdpEvents } from '../cdp/events.ts';
import type { CdpEvent } from '../cdp-session.ts';
import { BlockedList } from '../look-only/blocked-list.ts';
import { type BlockedCount, rulingOf } from '../look-only/look-only.ts';
import { sentText } from '../look-only/sent-text.ts';
import type { PipeConnection } from '../pipe-session.ts';

const attaching = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;
const requests = { patterns: [{ urlPattern: '*', requestStage: 'Request' }] };
const sessionSchema = z.object({ sessionId: z.string() });

export class BrowserGate {
  readonly #connection: PipeConnection;
  readonly #list = new BlockedList();
  /** Each session, and the tab that it belongs to; null for what belongs to none. */
  readonly #tabs = new Map<string, string | null>();
  readonly #setting = new Set<Promise<unknown>>();
  #isOn: boolean;
  /** Of the capture that runs, and of which tab; null: none. */
  counting: { tabId: string; blocked: BlockedCount } | null = null;
  onBlocked: () => void = () => undefined;

  private constructor(connection: PipeConnection, isOn: boolean) {
    this.#connection = connection;
    this.#isOn = isOn;
    connection.on((event) => this.#event(event));
  }

  /** Resolves once it holds for everything that is open. Errors: CdpError where the browser refuses. */
  static async guard(connection: PipeConnection, isOn: boolean): Promise<BrowserGate> {
    const gate = new BrowserGate(connection, isOn);
    // A session of its own: whoever attaches to a tab through another is not taken for a new tab.
    const { sessionId } = sessionSchema.parse(await connection.send('Target.attachToBrowserTarget'));
    gate.#tabs.set(sessionId, null);
    await connection.send('Target.setAutoAttach', attaching, sessionId);
    await Promise.all(gate.#setting);
    return gate;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  get blocked(): BlockedList['shown'] {
    return this.#list.shown;
  }

  /** Resolves when it holds everywhere, or nowhere any more. */
  async set(on: boolean): Promise<void> {
    this.#isOn = on;
    await Promise.all([...this.#tabs.keys()].map((sessionId) => this.#hold(sessionId)));
  }

  async #hold(sessionId: string): Promise<void> {
    const held = this.#isOn
      ? this.#connection.send('Fetch.enable', requests, sessionId)
      : this.#connection.send('Fetch.disable', {}, sessionId);
    // The browser itself asks for nothing, and what has gone does not either.
    await held.catch(() => undefined);
  }

  #event({ method, params, sessionId }: CdpEvent): void {
    const tab = sessionId === null ? undefined : this.#tabs.get(sessionId);
    if (sessionId === null || tab === undefined) return;
    if (method === 'Target.attachedToTarget') {
      const attached = cdpEvents[method].safeParse(params).data;
      if (attached !== undefined) this.#attached(attached.sessionId, tabOf(params) ?? tab);
    } else if (method === 'Target.detachedFromTarget') {
      const detached = cdpEvents[method].safeParse(params).data;
      if (detached !== undefined) this.#tabs.delete(detached.sessionId);
    } else if (method === 'Fetch.requestPaused') {
      this.#paused(params, sessionId, tab);
    }
  }

  /** In one go: carried out in order, and before the first script of what attached. */
  #attached(sessionId: string, tab: string | null): void {
    this.#tabs.set(sessionId, tab);
    const set = Promise.allSettled([
      this.#hold(sessionId),
      this.#connection.send('Target.setAutoAttach', attaching, sessionId),
      this.#connection.send('Runtime.runIfWaitingForDebugger', {}, sessionId),
    ]);
    this.#setting.add(set);
    void set.then(() => this.#setting.delete(set));
  }

  #paused(params: unknown, sessionId: string, tab: string | null): void {
    const paused = cdpEvents['Fetch.requestPaused'].safeParse(params).data;
    if (paused === undefined) return;
    const { requestId, request } = paused;
    const { method, url } = request;
    const ruling = this.#isOn ? rulingOf({ method, url, body: sentText(request) }) : null;
    const answer =
      ruling === null
        ? this.#connection.send('Fetch.continueRequest', { requestId }, sessionId)
        : this.#connection.send(
            'Fetch.failRequest',
            { requestId, errorReason: 'BlockedByClient' },
            sessionId,
          );
    // What has gone waits for nothing.
    answer.catch(() => undefined);
    if (ruling === null) return;
    if (this.counting !== null && this.counting.tabId === tab) this.counting.blocked.add(ruling, method, url);
    this.#list.add(ruling, method, url);
    this.onBlocked();
  }
}

const pageTarget = z.object({ targetInfo: z.object({ type: z.literal('page'), targetId: z.string() }) });

/** Null: it is no tab, and belongs to whoever it was attached by. */
function tabOf(attached: unknown): string | null {
  return pageTarget.safeParse(attached).data?.targetInfo.targetId ?? null;
}
