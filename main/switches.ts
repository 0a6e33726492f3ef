/** What the command line says, and what Chromium is told before it starts. */
import { isAbsolute, resolve } from 'node:path';

export interface StartOptions {
  /** An archive to offer for opening; absolute. */
  archivePath: string | null;
  /** Where Chromium keeps its profile; absolute, null for the usual place. */
  profilePath: string | null;
  /** Whether a debugger can reach into this process: a packaged app then unlocks nothing. */
  remoteDebugging: boolean;
  /** Whether Chromium was told to run without its sandbox, as it must be under root. */
  noSandbox: boolean;
  /** How many seconds of the idle lock pass in one: for tests, and not in a packaged app. */
  clockRate: number;
}

/**
 * Reads the arguments of this process (or of a second one that hands its own over). Switch names count in lower
 * case, as Chromium takes them; what is not known is left to Chromium.
 * @param cwd the folder that relative paths start from.
 */
export function parseArguments(argv: readonly string[], cwd: string): StartOptions {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(cwd, path));
  const options: StartOptions = {
    archivePath: null,
    profilePath: null,
    remoteDebugging: false,
    noSandbox: false,
    clockRate: 1,
  };
  for (const argument of argv.slice(1)) {
    const [, name = '', value = ''] = /^--?([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const known = name.toLowerCase();
    if (known.startsWith('remote-debugging-') || known.startsWith('inspect')) options.remoteDebugging = true;
    else if (known === 'no-sandbox') options.noSandbox = true;
    else if (known === 'user-data-dir' && value !== '') options.profilePath = absolute(value);
    else if (known === 'clock-rate' && /^[1-9]\d{0,5}$/.test(value)) options.clockRate = Number(value);
    else if (known === '' && argument.toLowerCase().endsWith('.holdfast'))
      options.archivePath = absolute(argument);
  }
  return options;
}

/**
 * Everything that Chromium would otherwise do on the network by itself, and the caches that it would keep. What pages
 * may reach is decided for each session (lockdown.ts): only the capture view's has a network at all.
 */
export const chromiumSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-default-apps'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-http-cache'],
  ['disable-speech-api'],
  ['no-first-run'],
  ['no-pings'],
  // Until a session says otherwise: the system's setting could mean asking the network for a proxy.
  ['no-proxy-server'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  [
    'disable-features',
    [
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'DialMediaRouteProvider',
      'MediaRouter',
      // Reports that a site asks for are sent past the recorder.
      'NetworkErrorLogging',
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'Reporting',
      'Translate',
    ].join(','),
  ],
];
