/** HTTP headers of requests and responses as they are written into records (RFC 9112), from what the engine told. */
import type { ExchangeStart } from '../../contract/model/recording.ts';
import { type Header, headerValue } from './headers.ts';

/** More than a browser accepts of a server; a header beyond it could not be read back. */
const MAX_HEAD = 384 * 1024;

/** Codings that every engine undoes before it hands out a body; any other it undoes only where it asked for it. */
const alwaysUndone = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'identity']);

/**
 * Status line and fields of the answer, describing the body as it is stored: after transfer and content decoding.
 * Fields that described the codings keep their values under names with `x-orig-` before them, as other recorders of
 * browsers write them, and Content-Length says the stored length. Names and values are attacker-controlled.
 *
 * @param storedSize bytes of the body that is stored
 */
export function responseHead(start: ExchangeStart, storedSize: number): Uint8Array {
  const undone = undoneFields(start);
  const fields: Header[] = [];
  for (const [name, value] of start.responseHeaders) {
    const key = name.toLowerCase();
    if (key.startsWith(':')) continue;
    fields.push([undone.has(key) ? `x-orig-${name}` : name, value]);
    if (key === 'content-length' && undone.has(key)) fields.push([name, String(storedSize)]);
  }
  const status = String(Math.min(Math.max(start.status, 0), 999)).padStart(3, '0');
  return head(`HTTP/1.1 ${status} ${start.statusText}`, fields);
}

/** Names, in lower case, of the fields that no longer describe the stored body. */
function undoneFields(start: ExchangeStart): ReadonlySet<string> {
  const names = new Set<string>();
  if (hasNoBody(start)) return names;
  const coding = allValues(start.responseHeaders, 'Content-Encoding');
  const asked = allValues(start.requestHeaders, 'Accept-Encoding').map((one) => one.replace(/;.*$/, ''));
  if (coding.length > 0 && coding.every((one) => alwaysUndone.has(one) || asked.includes(one))) {
    names.add('content-encoding').add('content-length');
  }
  if (headerValue(start.responseHeaders, 'Transfer-Encoding') !== null) {
    names.add('transfer-encoding').add('content-length');
  }
  return names;
}

/** The members of a comma-separated list, over all fields of the name, in lower case. */
function allValues(headers: readonly Header[], name: string): string[] {
  return headers
    .filter(([given]) => given.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => value.split(','))
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
}

/** Answers without a body by definition (RFC 9110, section 6.4.1), whatever their fields announce. */
export function hasNoBody({ method, status }: ExchangeStart): boolean {
  return method.toUpperCase() === 'HEAD' || status < 200 || status === 204 || status === 304;
}

/** Request line and fields. HTTP/2's pseudo-fields are said by the request line and by Host. */
export function requestHead(start: ExchangeStart): Uint8Array {
  const url = URL.canParse(start.url) ? new URL(start.url) : null;
  const fields = start.requestHeaders.filter(([name]) => !name.startsWith(':'));
  const host = headerValue(start.requestHeaders, ':authority') ?? url?.host ?? '';
  if (host !== '' && headerValue(fields, 'Host') === null) fields.unshift(['Host', host]);
  const target = `${url?.pathname ?? '/'}${url?.search ?? ''}`;
  return head(`${token(start.method)} ${target.length > 64 * 1024 ? '*' : target} HTTP/1.1`, fields);
}

function head(startLine: string, fields: readonly Header[]): Uint8Array {
  const lines = [fieldBytes(startLine)];
  let size = lines[0]?.length ?? 0;
  let leftOut = 0;
  for (const [name, value] of fields) {
    const line = Buffer.concat([Buffer.from(`${token(name)}: `, 'latin1'), fieldBytes(value)]);
    if (size + line.length + 2 > MAX_HEAD) leftOut += 1;
    else {
      lines.push(line);
      size += line.length + 2;
    }
  }
  // A header without any field is read wrongly by warcio.js, and so by ReplayWeb.page: it takes the body for fields.
  if (leftOut > 0 || fields.length === 0) lines.push(Buffer.from(`X-Holdfast-Fields-Left-Out: ${leftOut}`));
  const lineBreak = Buffer.from('\r\n');
  return Buffer.concat([...lines.flatMap((line) => [line, lineBreak]), lineBreak]);
}

/** A name that can be read back: no character that is none of a token (RFC 9110, section 5.6.2) is kept. */
function token(name: string): string {
  return name.replace(/[^!#$%&'*+.^_`|~0-9A-Za-z-]/g, '_') || '_';
}

/**
 * A value on one line: line breaks and NUL become spaces (RFC 9110, section 5.5), or a page could begin fields and
 * bodies of its choice. Characters up to U+00FF are the bytes that the engine read as such; a value with others was
 * read as UTF-8, and is written so.
 */
function fieldBytes(value: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const line = value.replace(/[\r\n\x00]/g, ' ');
  const isBytes = !/[\u0100-\uffff]/.test(line);
  return Buffer.from(isBytes ? line : line.toWellFormed(), isBytes ? 'latin1' : 'utf8');
}
