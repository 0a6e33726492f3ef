/**
 * What a persona makes a browser say it is: user agent with the client hints that fit it, languages, time zone. Said to
 * the page and to every frame of another origin and worker that attaches, before its first script runs.
 */
import type { PersonaFacts } from '../../contract/model/persona.ts';
import { type ClaimedBrowser, claimedBrowser } from '../../contract/user-agent.ts';
import { send, sendWithin, type UserAgentOverride } from '../cdp/commands.ts';
import type { CdpSession } from '../cdp-session.ts';

export interface Guise {
  userAgent: UserAgentOverride;
  timeZone: string | null;
  locale: string | null;
}

/** The browser as it would say it is by itself: `version` such as '114.0.5735.106', `userAgent` without this program's name. */
export interface OwnBrowser {
  version: string;
  userAgent: string;
}

const commandLimit = 10_000;

const platformNames: Record<ClaimedBrowser['platform'], string> = {
  Windows: 'Win32',
  macOS: 'MacIntel',
  Linux: 'Linux x86_64',
  Android: 'Linux armv81',
  'Chrome OS': 'Linux x86_64',
};

/** Null: nothing of it differs from what the browser says by itself. */
export function guiseOf(
  { languages, timeZone, userAgent }: Pick<PersonaFacts, 'languages' | 'timeZone' | 'userAgent'>,
  own: OwnBrowser,
): Guise | null {
  if (languages.length === 0 && timeZone === null && userAgent === null) return null;
  const said = userAgent ?? own.userAgent;
  const claimed = claimedBrowser(said);
  return {
    userAgent: {
      userAgent: said,
      ...(languages.length === 0 ? {} : { acceptLanguage: languages.join(',') }),
      ...(claimed === null
        ? {}
        : {
            platform: platformNames[claimed.platform],
            userAgentMetadata: metadata(claimed, said, own, userAgent === null),
          }),
    },
    timeZone,
    locale: languages[0] ?? null,
  };
}

/** https://wicg.github.io/ua-client-hints/; `isOwn`: the engine under its own name. */
function metadata(
  { brand, major, brandMajor, platform, mobile, model }: ClaimedBrowser,
  userAgent: string,
  own: OwnBrowser,
  isOwn: boolean,
): NonNullable<UserAgentOverride['userAgentMetadata']> {
  const whole = own.version.startsWith(`${major}.`) ? own.version : `${major}.0.0.0`;
  const brands = (version: (major: string) => string) => [
    // The made-up brand that every Chromium adds, so that nobody relies on the list.
    { brand: 'Not.A/Brand', version: version('8') },
    { brand: 'Chromium', version: version(major) },
    ...(isOwn ? [] : [{ brand, version: version(brandMajor) }]),
  ];
  const isArm = platform === 'Android';
  return {
    brands: brands((number) => number),
    fullVersionList: brands((number) => (number === major ? whole : `${number}.0.0.0`)),
    fullVersion: whole,
    platform,
    platformVersion: platformVersion(platform, userAgent),
    architecture: mobile || isArm ? '' : 'x86',
    bitness: mobile || isArm ? '' : '64',
    model,
    mobile,
  };
}

/** As far as the user agent says it; Linux says none. */
function platformVersion(platform: ClaimedBrowser['platform'], userAgent: string): string {
  if (platform === 'Linux') return '';
  const found = /(?:Windows NT|Android|Mac OS X|CrOS \w+) ([\d._]+)/.exec(userAgent)?.[1] ?? '10';
  const [first = '10', second = '0', third = '0'] = found.split(/[._]/);
  return `${first}.${second}.${third}`;
}

/** Makes the page itself say it. Rejects with a CdpError where any of it is refused. */
export async function dressPage(session: CdpSession, { userAgent, timeZone, locale }: Guise): Promise<void> {
  await sendWithin(commandLimit, session, 'Emulation.setUserAgentOverride', userAgent);
  if (timeZone !== null)
    await sendWithin(commandLimit, session, 'Emulation.setTimezoneOverride', { timezoneId: timeZone });
  if (locale !== null) await sendWithin(commandLimit, session, 'Emulation.setLocaleOverride', { locale });
}

/**
 * The same for a frame or worker that attached. Time zone and language belong to a whole process: where another target
 * of it has set them, the engine refuses, and they hold already.
 */
export function dressTarget(
  session: CdpSession,
  { userAgent, timeZone, locale }: Guise,
  sessionId: string,
): Promise<unknown>[] {
  return [
    send(session, 'Emulation.setUserAgentOverride', userAgent, sessionId),
    // Workers of older engines know it under this name only.
    send(session, 'Network.setUserAgentOverride', userAgent, sessionId),
    ...(timeZone === null
      ? []
      : [send(session, 'Emulation.setTimezoneOverride', { timezoneId: timeZone }, sessionId)]),
    ...(locale === null ? [] : [send(session, 'Emulation.setLocaleOverride', { locale }, sessionId)]),
  ];
}
