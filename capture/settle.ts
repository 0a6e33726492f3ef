/** Waiting until a page has come to rest: nothing on its way that could still come, and the layout keeps still. */
import { sendWithin } from './cdp/commands.ts';
import type { CdpSession } from './cdp-session.ts';
import type { Open } from './exchange-writer.ts';

export interface SettleOptions {
  /** Milliseconds of rest that are enough. */
  quiet: number;
  /** Milliseconds after the page's load event that are enough in any case, bodies of over 1 MiB aside. */
  limit: number;
}

const tick = 50;
/** Milliseconds in which the page says how it is laid out, and after which one that does not answer is stuck. */
const answerLimit = 2000;
const stuckLimit = 20_000;
const large = 1024 * 1024;

export interface Waiting {
  session: CdpSession;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Requests that have not ended and of which something can be expected. */
  busy(): Open[];
  /** A web socket is being opened, or has said nothing yet. */
  isTalking(): boolean;
  /** The page has been reached, and has fired its load event or only hanging answers keep it from that. */
  isLoaded(): boolean;
  /** There is nothing more to wait for: the page failed, or everything was stopped. */
  isOver(): boolean;
}

/** 'stuck': the page answers nothing, as one does whose script never ends. */
export type Rest = 'at-rest' | 'not-settled' | 'stuck' | 'over';

/** Resolves when the page is at rest, when time is over, or when there is nothing to wait for. */
export async function atRest(waiting: Waiting, options: SettleOptions, deadline: number): Promise<Rest> {
  let spent = 0;
  let restingSince: number | null = null;
  let layout: string | null = null;
  let silentSince: number | null = null;
  for (let before = waiting.monotonic(); !waiting.isOver(); ) {
    await new Promise((resolve) => setTimeout(resolve, tick));
    const now = waiting.monotonic();
    const busy = waiting.busy();
    if (waiting.isLoaded() && !busy.some(isLarge)) spent += now - before;
    before = now;
    if (now > deadline || spent > options.limit) return silentSince === null ? 'not-settled' : 'stuck';
    if (busy.length > 0 || waiting.isTalking()) {
      restingSince = null;
      continue;
    }
    restingSince ??= now;
    if (now - restingSince < options.quiet) continue;
    const measured = await layoutOf(waiting.session);
    restingSince = waiting.monotonic();
    if (measured === null) {
      silentSince ??= now;
      if (restingSince - silentSince > stuckLimit) return 'stuck';
      continue;
    }
    silentSince = null;
    if (measured === layout && waiting.isLoaded()) return 'at-rest';
    layout = measured;
  }
  return 'over';
}

/** A large file is worth waiting for as long as it comes. */
function isLarge({ body }: Open): boolean {
  return body.received > large || (body.declared ?? 0) > large;
}

/** Null: it does not answer. */
async function layoutOf(session: CdpSession): Promise<string | null> {
  try {
    const { cssContentSize } = await sendWithin(answerLimit, session, 'Page.getLayoutMetrics', {});
    return `${cssContentSize.width} ${cssContentSize.height}`;
  } catch {
    return null;
  }
}
