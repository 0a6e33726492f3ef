/** The second door on the command line: the user's own browser on a profile that the user keeps. */
import { createInterface } from 'node:readline/promises';
import type { Archive } from '../archive/archive.ts';
import { takeTurn } from '../archive/personas/pace.ts';
import { requireActive } from '../archive/personas/personas.ts';
import { addTrailPage } from '../archive/personas/trail.ts';
import { recordingSink } from '../archive/recording/sink.ts';
import { AutopilotControl } from '../capture/autopilot/control.ts';
import { findChromium } from '../capture/chromium.ts';
import { FollowedTabs } from '../capture/own-browser/followed-tabs.ts';
import { type OwnBrowser, openOwnBrowser } from '../capture/own-browser/own-browser.ts';
import { asPersona, recordTab } from '../capture/own-browser/record-tab.ts';
import type { TrailPage } from '../capture/persona/trail.ts';
import { HoldfastError, toFailure } from '../contract/errors.ts';
import type { CaptureResult } from '../contract/model/recording.ts';
import { type ChromiumOrder, ownUserAgent } from './capture-by-chromium.ts';
import { afterAutopilot } from './commands/autopilot.ts';
import { meter } from './progress.ts';

interface DoorOrder extends Pick<ChromiumOrder, 'circumstances' | 'autopilot'> {
  profile: string;
  /** A person signs in before the first address is recorded. */
  signIn: boolean;
}

export interface CommandDoor {
  /** Records one address in a tab of its own. Errors: those of `recordTab`. */
  record(url: string, signal: AbortSignal): Promise<CaptureResult>;
  /** Ends the browser; its profile stays. */
  close(): Promise<void>;
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * Opens the browser, with a window where there is a display. Errors: those of `openOwnBrowser`, `findChromium` and
 * `asPersona`; `bad-usage` where somebody is to sign in and cannot.
 */
export async function openDoor(
  archive: Archive,
  { profile, signIn, circumstances, autopilot: limits }: DoorOrder,
): Promise<CommandDoor> {
  const { persona: named, access, lookOnly } = circumstances;
  const persona = named === null ? null : requireActive(archive, named);
  const hasWindow = hasDisplay();
  if (signIn && !(hasWindow && process.stdin.isTTY))
    throw new HoldfastError(
      'bad-usage',
      '--sign-in needs a display for the browser, and a terminal to say when.',
    );
  const path = findChromium();
  const { extra = [], environment = {} } = asPersona(persona);
  // Without a window it would say that it has none, and not be the browser that somebody signed in with.
  const said = hasWindow ? [] : [`--user-agent=${await ownUserAgent(path)}`];
  const browser = await openOwnBrowser({
    ...{ path, profile, hasWindow, lookOnly, environment },
    extra: [...extra, ...said],
  });
  const followed = persona === null ? null : followTabs(archive, browser, persona.id);
  process.stderr.write(
    `holdfast: what lies in ${browser.profile} is open on the disk: whoever can read it can act as whoever is signed in there.\n`,
  );
  let mustSignIn = signIn;
  return {
    record: async (url, signal) => {
      const tabId = await browser.openTab();
      // Before anything is opened in it.
      await followed?.follow(tabId);
      if (mustSignIn) await waitForSignIn(browser, tabId, url, signal);
      mustSignIn = false;
      const bar = meter();
      const control = limits === null ? null : new AutopilotControl();
      const stopping = afterAutopilot(control, signal);
      try {
        const record = () =>
          recordTab({
            ...{ browser, tabId, url, persona, access },
            sink: recordingSink(archive),
            autopilot: limits === null || control === null ? null : { limits, control },
            signal: stopping.signal,
            progress: bar.show,
          });
        return await (followed === null ? record() : followed.whileRecorded(tabId, record));
      } finally {
        stopping.done();
        bar.stop();
        await browser.closeTab(tabId);
      }
    },
    close: async () => {
      await followed?.end();
      await browser.close();
    },
  };
}

/** What a person opens in any tab counts for the pace of the persona, and stands in its trail. */
function followTabs(archive: Archive, browser: OwnBrowser, persona: string): FollowedTabs {
  const onPage = (page: TrailPage | null): void => {
    try {
      takeTurn(archive, persona, true);
      if (page !== null) addTrailPage(archive, { ...page, persona, door: 'own-browser' });
    } catch (error) {
      process.stderr.write(`holdfast: a visit was not noted: ${toFailure(error).message}\n`);
    }
  };
  const followed = new FollowedTabs(browser, archive.key === null ? 'off' : 'on', onPage);
  const look = async (): Promise<void> => {
    const tabs = await browser.tabs().catch(() => null);
    if (tabs !== null) followed.list(tabs.map(({ id }) => id));
  };
  browser.onChange(() => void look());
  return followed;
}

async function waitForSignIn(
  browser: OwnBrowser,
  tabId: string,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const session = await browser.attach(tabId, true);
  await session.send('Page.navigate', { url });
  await session.detach();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    await terminal.question('Sign in, in the browser. Nothing is recorded yet. Press Enter to record… ', {
      signal,
    });
  } finally {
    terminal.close();
  }
}
