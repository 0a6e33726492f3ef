/**
 * The searchable form of an address (Sort-friendly URI Reordering Transform) that indexes of web archives are sorted
 * by: `https://www.example.org/A/?b=1&a=2` is `org,example)/a?a=2&b=1`.
 *
 * The CDXJ specification (0.1.0) only outlines it. These are the rules of the indexers and replay tools in use:
 * escapes undone as often as there are any and done once, lower case, no `www.`, no fragment, user or default port,
 * no session ids, arguments sorted.
 */
import { isHttpAddress } from '../warc/write-address.ts';

/** Paths and queries longer than this keep their session ids: the patterns take time that grows faster than they do. */
const MAX_SEARCHED = 4096;

const sessionInPath = [
  /^(.*\/)\((?:[a-z]\([0-9a-z]{24}\))+\)\/([^?]+\.aspx.*)$/i,
  /^(.*\/)\([0-9a-z]{24}\)\/([^?]+\.aspx.*)$/i,
];

const sessionInQuery = [
  /^(.*)jsessionid=[0-9a-z]{32}(?:&(.*))?$/i,
  /^(.*)phpsessid=[0-9a-z]{32}(?:&(.*))?$/i,
  /^(.*)sid=[0-9a-z]{32}(?:&(.*))?$/i,
  /^(.*)aspsessionid[a-z]{8}=[a-z]{24}(?:&(.*))?$/i,
  /^(.*)cfid=[^&]+&cftoken=[^&]+(?:&(.*))?$/i,
];

/** The key of an address: printable ASCII without spaces. Addresses that are not http or https stay as they are. */
export function surt(url: string): string {
  if (!isHttpAddress(url) || !URL.canParse(url)) return escapeOnce(Buffer.from(url.toWellFormed()), true);
  const { hostname, port, pathname, search } = new URL(url);
  const host = hostname
    .toLowerCase()
    .replace(/\.\.+/g, '.')
    .replace(/^\.|\.$/g, '')
    .replace(/^www\d*\./, '');
  const turned = host.startsWith('[') ? host : host.split('.').reverse().join(',');
  const query = searchableQuery(search.slice(1));
  return `${turned}${port === '' ? '' : `:${port}`})${searchablePath(pathname)}${query === '' ? '' : `?${query}`}`;
}

function searchablePath(path: string): string {
  const kept: string[] = [];
  const segments = unescaped(path).toString('latin1').split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && (segment !== '' || i === segments.length - 1)) kept.push(segment);
  }
  const plain = escapeOnce(Buffer.from(`/${kept.join('/')}`, 'latin1')).toLowerCase();
  const stripped = withoutSession(plain, sessionInPath);
  return stripped.length > 1 ? stripped.replace(/\/$/, '') : stripped;
}

function searchableQuery(query: string): string {
  const plain = escapeOnce(unescaped(query));
  const stripped = withoutSession(plain, sessionInQuery);
  return stripped
    .toLowerCase()
    .split('&')
    .map((argument) => {
      const equals = argument.indexOf('=');
      return equals < 0 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
    })
    .sort(byNameThenValue)
    .map((parts) => parts.join('='))
    .join('&');
}

/** Without what stands between the two groups of each pattern. */
function withoutSession(text: string, patterns: readonly RegExp[]): string {
  if (text.length > MAX_SEARCHED) return text;
  return patterns.reduce(
    (rest, pattern) => rest.replace(pattern, (_, before: string, after = '') => before + after),
    text,
  );
}

function byNameThenValue([name = '', value]: string[], [otherName = '', otherValue]: string[]): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  if (value === otherValue) return 0;
  return value === undefined || (otherValue !== undefined && value < otherValue) ? -1 : 1;
}

const PERCENT = 0x25;

function hexDigit(byte: number | undefined): number {
  const digit = Number.parseInt(String.fromCharCode(byte ?? 0), 16);
  return Number.isNaN(digit) ? -1 : digit;
}

/** Undoes percent escapes, and those that appear by undoing them. One pass: a page can nest thousands. */
function unescaped(text: string): Buffer {
  const source = Buffer.from(text.toWellFormed());
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (const byte of source) {
    out[length] = byte;
    length += 1;
    while (length >= 3 && out[length - 3] === PERCENT) {
      const high = hexDigit(out[length - 2]);
      const low = hexDigit(out[length - 1]);
      if (high < 0 || low < 0) break;
      length -= 2;
      out[length - 1] = high * 16 + low;
    }
  }
  return out.subarray(0, length);
}

/** Escapes what is not printable ASCII, '#' and '%'; with `keepEscapes` not '%'. */
function escapeOnce(bytes: Uint8Array, keepEscapes = false): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    const plain = byte > 0x20 && byte < 0x7f && character !== '#' && (keepEscapes || byte !== PERCENT);
    text += plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
