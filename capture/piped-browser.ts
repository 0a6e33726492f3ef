/** A Chrome or Chromium that is started quiet and spoken to over a pipe, so that no port is open. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import type { RecordingBegin } from '../contract/model/recording.ts';
import { PipeConnection } from './pipe-session.ts';

/** Milliseconds that a browser gets for closing its files before it is killed. */
const patience = 5000;
/** Milliseconds within which it must be there. */
const startLimit = 30_000;

/** Nothing that the browser would ask the network for by itself, and nothing that it would ask the person. */
const quietSwitches = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-infobars',
  '--disable-notifications',
  '--disable-prompt-on-repost',
  '--disable-search-engine-choice-screen',
  '--disable-speech-api',
  '--disable-sync',
  '--disable-variations-seed-fetch',
  '--deny-permission-prompts',
  '--metrics-recording-only',
  '--safebrowsing-disable-auto-update',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Three services that no other switch stops: sign-in state, component updates, and the check-in without which
  // push messages are not asked for. Port 1 is on the browser's own list of ports that it never opens.
  '--gaia-url=http://127.0.0.1:1',
  '--component-updater=url-source=http://127.0.0.1:1/',
  '--gcm-checkin-url=http://127.0.0.1:1/',
  `--disable-features=${[
    // Whether the address bar may offer the search engine's AI mode: a request to it at the start.
    'AimEnabled',
    'AutofillServerCommunication',
    'CertificateTransparencyComponentUpdater',
    'DialMediaRouteProvider',
    'HttpsUpgrades',
    'InterestFeedContentSuggestions',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationGuideModelDownloading',
    'OptimizationHints',
    'OptimizationTargetPrediction',
    // A connection to the search engine, in case the person searches.
    'PreconnectToSearch',
    'PrivacySandboxSettings4',
    'Translate',
  ].join(',')}`,
];

const versionSchema = z.object({ product: z.string(), userAgent: z.string() });

export interface PipedBrowser<T> {
  connection: PipeConnection;
  prepared: T;
  engine: RecordingBegin['engine'];
  pid: number;
  /** Ends the browser. Never rejects. */
  close(): Promise<void>;
}

interface PipedStart {
  /** The browser's program. */
  path: string;
  /** Folder of its profile. */
  profile: string;
  /** Besides those that keep every browser here quiet. */
  switches: readonly string[];
  environment: NodeJS.ProcessEnv;
}

/**
 * Starts a browser with a pipe; resolves once it answers and `prepare` is done with it.
 * @throws HoldfastError 'io-failed' when that does not happen; the browser has ended then.
 */
export async function startPiped<T>(
  { path, profile, switches, environment: env }: PipedStart,
  prepare: (connection: PipeConnection) => Promise<T>,
): Promise<PipedBrowser<T>> {
  const child = spawn(
    path,
    [...quietSwitches, ...onLinux(), ...switches, `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = (): Promise<void> => endBrowser(child, ended);
  try {
    const connection = connect(child);
    void ended.then(() => connection.end('the browser ended'));
    const silent = setTimeout(() => connection.end('it did not answer'), startLimit);
    const version = versionSchema.parse(await connection.send('Browser.getVersion'));
    await connection.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    const prepared = await prepare(connection);
    clearTimeout(silent);
    const engine = {
      name: 'chromium' as const,
      version: version.product.replace(/^(Headless)?Chrome\//, 'Chromium '),
      userAgent: version.userAgent,
    };
    return { connection, prepared, engine, pid: child.pid ?? 0, close };
  } catch (error) {
    await close();
    throw new HoldfastError(
      'io-failed',
      `Expected ${path} to start as a browser that can be recorded, but it did not: see that it is a current Chrome or Chromium.`,
      { cause: error },
    );
  }
}

function connect(child: ChildProcess): PipeConnection {
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) {
    throw new Error('the pipes of the browser are missing');
  }
  return new PipeConnection(fromBrowser, toBrowser);
}

/**
 * In Chromium 156 a page that printed itself counts as being printed for ever, in a preview that nobody sees, and no
 * PDF of it can be taken. Elsewhere the dialog of the system could come up instead, so the PDF is left out there.
 */
function onLinux(): string[] {
  if (process.platform !== 'linux') return [];
  // As root there is no sandbox that Chromium would start in.
  return ['--disable-print-preview', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}

async function endBrowser(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}
