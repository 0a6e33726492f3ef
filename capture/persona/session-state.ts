/**
 * The session of a persona, out of a browser and into it again: cookies, and what pages keep in localStorage. Storage is
 * reached by a page of ours at the origin's own address, which is answered here and asked of no network.
 */
import { z } from 'zod';
import type { SessionState } from '../../contract/model/persona.ts';
import { World } from '../artifacts/world.ts';
import { send, sendWithin } from '../cdp/commands.ts';
import { cdpEvents } from '../cdp/events.ts';
import type { CdpSession } from '../cdp-session.ts';
import { parsedUrl } from '../secrets/url.ts';

const limit = 10_000;
/** Characters of what one origin keeps; Chromium itself allows 5 million. */
const longestItem = 6_000_000;
const mostOrigins = 200;

const entries = z.array(z.tuple([z.string(), z.string()])).max(100_000);

/** Puts a kept session into a browser whose page is free for it. Answers the origins whose storage could not be put back. */
export async function putSession(session: CdpSession, { cookies, storage }: SessionState): Promise<string[]> {
  const lost: string[] = [];
  if (cookies.length > 0) await sendWithin(limit, session, 'Network.setCookies', { cookies });
  if (storage.length === 0) return lost;
  await withOwnPages(session, async (visit) => {
    for (const { origin, items } of storage) {
      const put = `for (const [key, value] of ${JSON.stringify(items)}) localStorage.setItem(key, value);\n'put'`;
      if ((await visit(origin, put).catch(() => null)) !== 'put') lost.push(origin);
    }
  });
  return lost;
}

/**
 * Takes the session out of a browser: all cookies, and the storage of these origins. Of an origin whose storage cannot
 * be reached, and of those beyond the 200 that are asked, what was `before` stays.
 */
export async function takeSession(
  session: CdpSession,
  origins: readonly string[],
  before: SessionState['storage'],
): Promise<SessionState> {
  const { cookies } = await sendWithin(limit, session, 'Network.getAllCookies', {});
  const storage: SessionState['storage'] = [];
  await withOwnPages(session, async (visit) => {
    for (const [n, origin] of [...new Set(origins)].entries()) {
      const items = n < mostOrigins ? await itemsOf(visit, origin) : undefined;
      const kept = items ?? before.find((one) => one.origin === origin)?.items ?? [];
      if (kept.length > 0) storage.push({ origin, items: kept });
    }
  });
  return { v: 1, cookies: cookies.filter(({ partitionKey }) => partitionKey === undefined), storage };
}

/** The origin that storage belongs to; null for what is no page of the web. */
export function originOf(url: string): string | null {
  const parsed = parsedUrl(url);
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed.origin : null;
}

type Visit = (origin: string, expression: string) => Promise<unknown>;

async function withOwnPages(session: CdpSession, act: (visit: Visit) => Promise<void>): Promise<void> {
  const answer = {
    responseCode: 200,
    responseHeaders: [{ name: 'Content-Type', value: 'text/html' }],
    body: '',
  };
  const stop = session.on(({ method, params, sessionId }) => {
    if (method !== 'Fetch.requestPaused') return;
    const paused = cdpEvents[method].safeParse(params).data;
    if (paused === undefined) return;
    const { requestId } = paused;
    send(session, 'Fetch.fulfillRequest', { requestId, ...answer }, sessionId).catch(() => undefined);
  });
  try {
    await sendWithin(limit, session, 'Page.enable', {});
    // A service worker of the origin would answer in our place, and ask the network.
    await sendWithin(limit, session, 'Network.enable', { maxPostDataSize: 0 });
    await sendWithin(limit, session, 'Network.setBypassServiceWorker', { bypass: true });
    const patterns = [{ urlPattern: '*', requestStage: 'Request' as const }];
    await sendWithin(limit, session, 'Fetch.enable', { patterns });
    await act((origin, expression) => visitOrigin(session, origin, expression));
  } finally {
    // Away from the last one before anything is asked of the network again.
    await sendWithin(limit, session, 'Page.navigate', { url: 'about:blank' }).catch(() => undefined);
    for (const command of ['Fetch.disable', 'Network.disable'] as const)
      await sendWithin(limit, session, command, {}).catch(() => undefined);
    stop();
  }
}

/** Undefined where they cannot be reached. */
async function itemsOf(visit: Visit, origin: string): Promise<[string, string][] | undefined> {
  const said = await visit(origin, 'JSON.stringify(Object.entries(localStorage))').catch(() => null);
  const isRead = typeof said === 'string' && said.length <= longestItem;
  return isRead ? entries.safeParse(JSON.parse(said)).data : undefined;
}

/** Undefined where the storage was refused. */
async function visitOrigin(session: CdpSession, origin: string, expression: string): Promise<unknown> {
  const { frameId, errorText } = await sendWithin(limit, session, 'Page.navigate', { url: `${origin}/` });
  if (errorText !== undefined) throw new Error(errorText);
  const world = await World.of(session, frameId);
  const isThere = `location.origin === ${JSON.stringify(origin)} || (() => { throw new Error('elsewhere') })();`;
  return world.ask(`${isThere}\n${expression}`);
}
