/** Recording one address with a Chromium of this machine, under a persona where one is chosen. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Archive } from '../archive/archive.ts';
import { keepSession, type OpenedSession, openSession } from '../archive/personas/session.ts';
import { recordingSink } from '../archive/recording/sink.ts';
import { AutopilotControl } from '../capture/autopilot/control.ts';
import { findChromium, type RunningChromium, startChromium } from '../capture/chromium.ts';
import { circumstancesUnder } from '../capture/circumstances.ts';
import { BlockedCount } from '../capture/look-only/look-only.ts';
import { personaEnvironment, personaSwitches } from '../capture/persona/browser-switches.ts';
import { dressPage, type Guise, guiseOf } from '../capture/persona/guise.ts';
import { keepSessionOf, type SessionKeeper } from '../capture/persona/merge-sessions.ts';
import { notApplied, requireAllPut } from '../capture/persona/not-applied.ts';
import { originOf, putSession, takeSession } from '../capture/persona/session-state.ts';
import { recordPage } from '../capture/record-page.ts';
import { withPurpose } from '../capture/with-purpose.ts';
import type { Circumstances } from '../contract/capture-job.ts';
import { toFailure } from '../contract/errors.ts';
import type { AutopilotLimits } from '../contract/model/autopilot.ts';
import type { Persona, SessionState } from '../contract/model/persona.ts';
import type { CaptureResult, RecordingPurpose } from '../contract/model/recording.ts';
import { afterAutopilot } from './commands/autopilot.ts';
import { meter } from './progress.ts';

const ownUserAgents = new Map<string, Promise<string>>();

/** What the browser says that it is while it has a window; it is started once for that. Errors: those of starting it. */
export function ownUserAgent(path: string): Promise<string> {
  const known = ownUserAgents.get(path);
  if (known !== undefined) return known;
  const asked = startChromium(path).then(async ({ engine, close }) => {
    await close();
    return engine.userAgent.replace('HeadlessChrome', 'Chrome');
  });
  ownUserAgents.set(path, asked);
  asked.catch(() => ownUserAgents.delete(path));
  return asked;
}

async function dress(browser: RunningChromium, persona: Persona, state: SessionState): Promise<Guise | null> {
  const { session, engine } = browser;
  const guise = guiseOf(persona, {
    version: engine.version.replace(/^Chromium /, ''),
    userAgent: engine.userAgent.replace('HeadlessChrome', 'Chrome'),
  });
  try {
    if (guise !== null) await dressPage(session, guise);
    requireAllPut(await putSession(session, state));
    return guise;
  } catch (error) {
    throw notApplied(error);
  }
}

/** What the page left behind is kept for the next time; the capture is sealed, and is not taken back where that fails. */
async function keep(
  archive: Archive,
  browser: RunningChromium,
  { persona: { id }, ...begun }: OpenedSession,
  visited: readonly string[],
): Promise<void> {
  const { storage } = begun.state;
  try {
    const origins = [...storage.map(({ origin }) => origin), ...visited];
    const left = await takeSession(browser.session, origins, storage);
    const keeper: SessionKeeper = {
      open: async () => openSession(archive, id),
      keep: async (state, version) => keepSession(archive, id, Buffer.from(JSON.stringify(state)), version),
    };
    await keepSessionOf(keeper, begun, left, false);
  } catch (error) {
    // A browser that is gone leaves what was kept before.
    process.stderr.write(`holdfast: the session was not kept: ${toFailure(error).message}\n`);
  }
}

export interface ChromiumOrder {
  url: string;
  circumstances: Circumstances;
  /** How far the autopilot may go through the page; null: the page is recorded as it loads. */
  autopilot: AutopilotLimits | null;
  purpose?: RecordingPurpose;
  /** Shows how far it is; missing: one of its own. */
  bar?: ReturnType<typeof meter>;
}

/** Shows nothing: of several captures at a time each would write over the progress of the others. */
export const still = { show: () => undefined, stop: () => undefined };

/**
 * Records one address in a browser of its own, which is gone afterwards.
 * Errors: those of `recordPage`, `startChromium`, `openSession`; `persona-not-applied`, then nothing was asked for.
 */
export async function captureByChromium(
  archive: Archive,
  { url, circumstances, autopilot: limits, purpose, bar = meter() }: ChromiumOrder,
  signal: AbortSignal,
): Promise<CaptureResult> {
  const { persona: named, access, lookOnly } = circumstances;
  const opened = named === null ? null : openSession(archive, named);
  const control =
    limits === null
      ? null
      : new AutopilotControl(({ posts: done }) =>
          bar.show({ step: 'scrolling, posts', done, total: limits.posts, unit: 'items' }),
        );
  const stopping = afterAutopilot(control, signal);
  const path = findChromium();
  const own = opened === null ? '' : await ownUserAgent(path);
  const browser = await startChromium(path, {
    extra: [
      // Attaches to no page, so that what it asks for cannot be seen or held.
      ...(lookOnly || opened !== null ? ['--disable-blink-features=SharedWorker'] : []),
      ...(opened === null
        ? []
        : personaSwitches({
            ...opened.persona,
            // Also where it names none: without a window the browser would say that it has none.
            userAgent: opened.persona.userAgent ?? own,
          })),
    ],
    environment: opened === null ? {} : personaEnvironment(opened.persona),
  });
  try {
    const guise = opened === null ? null : await dress(browser, opened.persona, opened.state);
    const worn = opened === null ? null : { persona: opened.persona, guise };
    const result = await recordPage({
      session: browser.session,
      url,
      sink: withPurpose(recordingSink(archive), purpose),
      engine: { ...browser.engine, userAgent: guise?.userAgent.userAgent ?? browser.engine.userAgent },
      clock: () => new Date(),
      monotonic: () => performance.now(),
      randomBytes,
      signal: stopping.signal,
      progress: bar.show,
      ...(limits === null || control === null ? {} : { autopilot: { limits, control } }),
      circumstances: circumstancesUnder(
        worn,
        url,
        access,
        lookOnly ? { by: 'recorder', blocked: new BlockedCount() } : null,
      ),
    });
    if (opened !== null) {
      const visited = [url, result.finalUrl ?? url].map(originOf).filter((origin) => origin !== null);
      await keep(archive, browser, opened, visited);
    }
    return result;
  } finally {
    stopping.done();
    bar.stop();
    await browser.close();
  }
}
