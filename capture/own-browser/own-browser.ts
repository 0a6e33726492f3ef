/**
 * The second door: the user's own Chrome or Chromium with a window, on a profile that the user keeps. A person signs in
 * and browses there by hand; one of its tabs at a time is recorded, over the same pipe.
 */
import type { RecordingBegin } from '../../contract/model/recording.ts';
import type { CdpSession } from '../cdp-session.ts';
import { attachToTarget, type BrowserTarget, listPages, type PipeConnection } from '../pipe-session.ts';
import { startPiped } from '../piped-browser.ts';
import { BrowserGate } from './browser-gate.ts';
import { openProfile } from './profile.ts';

export interface Tab {
  id: string;
  title: string;
  url: string;
}

export interface OwnBrowserOptions {
  /** The browser's program. */
  path: string;
  /** The folder of the profile; made where it is not there. */
  profile: string;
  /** Switches and variables besides. */
  extra?: readonly string[];
  environment?: NodeJS.ProcessEnv;
  /** Nothing is sent that would do something in somebody's name, whoever orders it. */
  lookOnly: boolean;
  /** Without one nobody can sign in; pages are recorded with what the profile holds. */
  hasWindow: boolean;
}

export interface OwnBrowser {
  profile: string;
  engine: RecordingBegin['engine'];
  gate: BrowserGate;
  tabs(): Promise<Tab[]>;
  /** Calls back whenever the tabs may have changed. */
  onChange(listener: () => void): void;
  /** An empty tab; its id. */
  openTab(): Promise<string>;
  closeTab(id: string): Promise<void>;
  /** `inFront`: brought to the front, because only there it is drawn. Errors: CdpError for a tab that is gone. */
  attach(id: string, inFront: boolean): Promise<CdpSession>;
  /** Resolves with the reason when the browser is gone, also because the person closed it. */
  closed: Promise<string>;
  /** Ends the browser; its profile stays. Never rejects. */
  close(): Promise<void>;
}

/**
 * What people do not see in a browser of theirs: that a program can steer it, by which platforms tell robots. Shared
 * workers, because nothing of ours attaches to them and look-only would not hold.
 */
const blinkFeatures = '--disable-blink-features=AutomationControlled,SharedWorker';

/** Errors: those of `openProfile`; `io-failed` when the browser does not start. */
export async function openOwnBrowser(options: OwnBrowserOptions): Promise<OwnBrowser> {
  const profile = openProfile(options.profile);
  const prepare = async (connection: PipeConnection): Promise<BrowserGate> => {
    await connection.send('Target.setDiscoverTargets', { discover: true });
    return BrowserGate.guard(connection, options.lookOnly);
  };
  const start = {
    ...{ path: options.path, profile },
    switches: [
      ...(options.hasWindow ? [] : ['--headless=new', '--mute-audio', '--window-size=1280,1024']),
      blinkFeatures,
      ...(options.extra ?? []),
    ],
    environment: { ...process.env, ...options.environment },
  };
  const { connection, prepared: gate, engine, close } = await startPiped(start, prepare);
  return {
    profile,
    engine,
    gate,
    tabs: async () => (await listPages(connection)).filter(isOfPerson).map(tabOf),
    onChange: (listener) => {
      connection.on(({ method, sessionId }) => {
        if (sessionId === null && /^Target\.target(Created|InfoChanged|Destroyed)$/.test(method)) listener();
      });
    },
    openTab: async () => openTab(connection),
    closeTab: async (id) => {
      await connection.send('Target.closeTarget', { targetId: id }).catch(() => undefined);
    },
    attach: async (id, inFront) => {
      if (inFront) await connection.send('Target.activateTarget', { targetId: id });
      return attachToTarget(connection, id);
    },
    closed: connection.closed,
    close: async () => {
      // In order, so that it writes what belongs into the profile.
      await connection.send('Browser.close').catch(() => undefined);
      await close();
    },
  };
}

async function openTab(connection: PipeConnection): Promise<string> {
  const before = new Set((await listPages(connection)).map(({ targetId }) => targetId));
  await connection.send('Target.createTarget', { url: 'about:blank' });
  const made = (await listPages(connection)).find(({ targetId }) => !before.has(targetId));
  if (made === undefined) throw new Error('the browser opened no tab');
  return made.targetId;
}

/** Not the browser's own pages, such as its settings. */
function isOfPerson({ url }: BrowserTarget): boolean {
  return /^(https?:|about:blank)/i.test(url);
}

function tabOf({ targetId: id, title, url }: BrowserTarget): Tab {
  return { id, title, url };
}
