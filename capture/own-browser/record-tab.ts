/** Records what a tab of the user's own browser shows: the same recorder and verdict as everywhere. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { HoldfastError } from '../../contract/errors.ts';
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { Access, Persona } from '../../contract/model/persona.ts';
import type { CaptureResult, CaptureSink } from '../../contract/model/recording.ts';
import type { AutopilotControl } from '../autopilot/control.ts';
import { circumstancesUnder } from '../circumstances.ts';
import { BlockedCount } from '../look-only/look-only.ts';
import { personaEnvironment, personaSwitches } from '../persona/browser-switches.ts';
import { notApplied } from '../persona/not-applied.ts';
import { recordPage } from '../record-page.ts';
import type { OwnBrowser, OwnBrowserOptions } from './own-browser.ts';

export interface TabOrder {
  browser: OwnBrowser;
  tabId: string;
  url: string;
  sink: CaptureSink;
  /** As which the browser was started; null: none. */
  persona: Persona | null;
  access: Access;
  autopilot: { limits: AutopilotLimits; control: AutopilotControl } | null;
  signal: AbortSignal;
  progress(progress: Progress): void;
}

/**
 * What the browser is started with as a persona. Errors: `persona-not-applied` for one that names a user agent: in a
 * browser with a window, pages that a person opens could tell it from the browser's own.
 */
export function asPersona(persona: Persona | null): Pick<OwnBrowserOptions, 'extra' | 'environment'> {
  if (persona === null) return {};
  if (persona.userAgent !== null)
    throw notApplied('your own browser says itself what it is, so the persona must name no user agent');
  return { extra: personaSwitches(persona), environment: personaEnvironment(persona) };
}

/** Loads the page of the tab again and records that. Errors: those of `recordPage`; `bad-input` for no page of the web. */
export async function recordTab(order: TabOrder): Promise<CaptureResult> {
  const { browser, tabId, url, persona, access, autopilot } = order;
  if (!/^https?:/i.test(url))
    throw new HoldfastError('bad-input', 'This tab shows no page of the web. Open one in it first.');
  const session = await browser.attach(tabId, true);
  const blocked = browser.gate.isOn ? new BlockedCount() : null;
  browser.gate.counting = blocked === null ? null : { tabId, blocked };
  try {
    return await recordPage({
      session,
      url,
      sink: order.sink,
      engine: browser.engine,
      clock: () => new Date(),
      monotonic: () => performance.now(),
      randomBytes: (length) => randomBytes(length),
      signal: order.signal,
      progress: order.progress,
      ...(autopilot === null ? {} : { autopilot }),
      circumstances: circumstancesUnder(
        persona === null ? null : { persona, guise: null },
        url,
        access,
        blocked === null ? null : { by: 'session', blocked },
      ),
    });
  } finally {
    browser.gate.counting = null;
    await session.detach();
  }
}
