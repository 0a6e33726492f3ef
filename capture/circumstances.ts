/** Under what circumstances a capture is made: by which persona, who may see the page, what is not sent. */
import type { Access, Persona } from '../contract/model/persona.ts';
import { parseProxy } from '../contract/proxy.ts';
import type { BlockedCount } from './look-only/look-only.ts';
import type { Guise } from './persona/guise.ts';
import { proxyWords } from './persona/without-proxy.ts';

export interface CaptureCircumstances {
  persona?: string | null;
  access?: Access;
  /** What frames and workers say they are; the page says it already. */
  guise?: Guise | null;
  /** Words that lead to the persona, such as its proxy: replaced wherever they stand in the record. */
  hidden?: readonly string[];
  /** What servers were reached is not told: the way there is the persona's own. */
  hasProxy?: boolean;
  lookOnly?: LookOnly | null;
  /** Milliseconds at least from one step of the autopilot to the next. */
  betweenSteps?: number;
  /** Whoever has the session dresses what attaches again, from the moment at which this is called. */
  onReleased?(): void;
}

/** `by` 'session': whoever gave the page blocks and counts. */
export interface LookOnly {
  by: 'recorder' | 'session';
  blocked: BlockedCount;
}

/** `worn` null: under no persona. `url`: the page's, whose words are not hidden. */
export function circumstancesUnder(
  worn: { persona: Persona; guise: Guise | null } | null,
  url: string,
  access: Access,
  lookOnly: LookOnly | null,
): CaptureCircumstances {
  const proxy = worn?.persona.proxy ? parseProxy(worn.persona.proxy) : null;
  return {
    persona: worn?.persona.id ?? null,
    access,
    guise: worn?.guise ?? null,
    hasProxy: proxy !== null,
    hidden: proxy === null ? [] : proxyWords(proxy, url),
    lookOnly,
    betweenSteps: (worn?.persona.pace?.betweenSteps ?? 0) * 1000,
  };
}
