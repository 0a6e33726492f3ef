/** Headers without the secrets of the session. */
import type { Withheld } from '../../contract/model/recording.ts';
import { distinct, type KnownSecrets } from './known.ts';
import { canBeSearched, isSecretHeader, isSessionCookie } from './names.ts';
import { hideInUrl } from './url.ts';

export type Headers = [name: string, value: string][];

const urlHeaders = /^(location|referer|content-location|refresh|link|origin)$/i;

/** Learns the secrets of these headers, so that they are known before anything else is looked through. */
export function learnFromHeaders(headers: Headers, secrets: KnownSecrets): void {
  for (const [name, value] of headers) {
    for (const { secret, name: of, searched } of secretsOf(name, value))
      if (searched) secrets.search(secret, of);
  }
}

/**
 * Replaces what only secrets stand in: cookies' values (their names stay), credentials (their scheme stays),
 * anti-forgery headers; then every known secret wherever else it stands.
 */
export function hideInHeaders(
  headers: Headers,
  where: 'request-header' | 'response-header',
  secrets: KnownSecrets,
): { headers: Headers; withheld: Withheld[] } {
  const withheld: Withheld[] = [];
  const hidden = headers.map(([name, value]): [string, string] => {
    let text = value;
    for (const { secret, name: of, before } of secretsOf(name, value)) {
      withheld.push(secrets.withhold(secret, where, of));
      text = text.replace(before + secret, () => before + secrets.marker(secret));
    }
    if (urlHeaders.test(name)) {
      const url = hideInUrl(text, secrets, where);
      withheld.push(...url.withheld);
      return [name, url.text];
    }
    const known = secrets.hideIn(text, where);
    withheld.push(...known.withheld);
    return [name, known.text];
  });
  return { headers: hidden, withheld: distinct(withheld) };
}

interface Found {
  secret: string;
  name: string;
  /** What stands before it in the value, so that the right place is replaced. */
  before: string;
  searched: boolean;
}

function secretsOf(name: string, value: string): Found[] {
  const lower = name.toLowerCase();
  if (lower === 'cookie') return value.split(/;\s*/).flatMap((pair) => cookie(name, pair, false));
  if (lower === 'set-cookie' || lower === 'set-cookie2') {
    // Electron joins several Set-Cookie headers of one answer with line feeds.
    return value.split('\n').flatMap((line) => {
      const [pair = '', ...attributes] = line.split(';');
      return cookie(
        name,
        pair.trim(),
        attributes.some((one) => one.trim().toLowerCase() === 'httponly'),
      );
    });
  }
  if (lower === 'authorization' || lower === 'proxy-authorization') return credentials(name, value);
  if (!isSecretHeader(name) || value === '') return [];
  return [{ secret: value, name, before: '', searched: canBeSearched(value, true) }];
}

function cookie(header: string, pair: string, httpOnly: boolean): Found[] {
  const [, name = '', quote = '', value = ''] = /^([^=]*)=("?)(.*?)"?$/s.exec(pair) ?? [];
  if (value === '') return [];
  const searched = canBeSearched(value, httpOnly || isSessionCookie(name));
  return [{ secret: value, name: `${header}: ${name}`, before: `${name}=${quote}`, searched }];
}

function credentials(name: string, value: string): Found[] {
  const [, scheme = '', rest = value] = /^(\S+\s+)(.+)$/s.exec(value) ?? [];
  if (rest === '') return [];
  const found: Found[] = [{ secret: rest, name, before: scheme, searched: true }];
  if (/^basic\s/i.test(scheme)) {
    const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(rest, 'base64').toString('utf8')) ?? [];
    // It stands nowhere in this header by itself, but may stand elsewhere.
    if (password !== '') found.push({ secret: password, name, before: `${value}\n`, searched: true });
  }
  return found;
}
