/** Recording one address with a Chromium of this machine, under a persona where one is chosen. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Archive } from '../archive/archive.ts';
import { keepSession, openSession } from '../archive/personas/session.ts';
import { recordingSink } from '../archive/recording/sink.ts';
import { AutopilotControl } from '../capture/autopilot/control.ts';
import { circumstancesUnder } from '../capture/circumstances.ts';
import { BlockedCount } from '../capture/look-only/look-only.ts';
import { dressPage, type Guise, guiseOf } from '../capture/persona/guise.ts';
import { notApplied, requireAllPut } from '../capture/persona/not-applied.ts';
import { originOf, putSession, takeSession } from '../capture/persona/session-state.ts';
import { recordPage } from '../capture/record-page.ts';
import { withPurpose } from '../capture/with-purpose.ts';
import type { Circumstances } from '../contract/capture-job.ts';
import { toFailure } from '../contract/errors.ts';
import type { AutopilotLimits } from '../contract/model/autopilot.ts';
import type { Persona, SessionState } from '../contract/model/persona.ts';
import type { CaptureResult, RecordingPurpose } from '../contract/model/recording.ts';
import { parseProxy, proxyBypass, proxyRules } from '../contract/proxy.ts';
import { findChromium, type RunningChromium, startChromium } from './chromium.ts';
import { afterAutopilot } from './commands/autopilot.ts';
import { meter } from './progress.ts';

/** What the whole browser is started with, so that it also holds for what no page of ours attaches to. */
function switchesFor({ languages, userAgent, proxy }: Persona): string[] {
  const address = proxy === null ? null : parseProxy(proxy);
  if (proxy !== null && address === null) throw notApplied('its proxy is not understood');
  const [first] = languages;
  return [
    ...(first === undefined ? [] : [`--lang=${first}`, `--accept-lang=${languages.join(',')}`]),
    ...(userAgent === null ? [] : [`--user-agent=${userAgent}`]),
    ...(address === null
      ? []
      : [
          `--proxy-server=${proxyRules(address)}`,
          `--proxy-bypass-list=${proxyBypass}`,
          // No name is asked for here, whatever asks: the proxy does that.
          `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${address.host.replace(/^\[|\]$/g, '')}`,
        ]),
  ];
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
  persona: Persona,
  origins: string[],
): Promise<void> {
  try {
    const state = await takeSession(browser.session, origins);
    keepSession(archive, persona.id, Buffer.from(JSON.stringify(state)));
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
  const browser = await startChromium(findChromium(), {
    extra: [
      // Attaches to no page, so that what it asks for cannot be seen or held.
      ...(lookOnly || opened !== null ? ['--disable-blink-features=SharedWorker'] : []),
      ...(opened === null ? [] : switchesFor(opened.persona)),
    ],
    environment: opened?.persona.timeZone ? { TZ: opened.persona.timeZone } : {},
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
      const known = opened.state.storage.map(({ origin }) => origin);
      await keep(archive, browser, opened.persona, [...known, ...visited]);
    }
    return result;
  } finally {
    stopping.done();
    bar.stop();
    await browser.close();
  }
}
