/**
 * Requests other than GET in an index: method and body stand behind the address as a query, so that answers to
 * different bodies are found apart (Webrecorder's Request Body Canonicalization). Where tools differ from that text,
 * this does as ReplayWeb.page, which computes the same when it looks a request up.
 */
import type { ExchangeStart } from '../../contract/model/recording.ts';
import { headerValue } from '../warc/headers.ts';

/** Characters of a query that are kept: what indexers in use keep. */
const MAX_QUERY = 4096;
/** Levels of JSON that are read. */
const MAX_DEPTH = 200;

/** The body of a request as a query; null for GET. Bodies that are in no known form are base64 of their bytes. */
export function requestQuery(start: ExchangeStart): string | null {
  if (start.method === 'GET') return null;
  const body = Buffer.from(start.requestBody ?? '', 'base64');
  const type = headerValue(start.requestHeaders, 'Content-Type') ?? '';
  return queryOf(body, type).slice(0, MAX_QUERY);
}

function queryOf(body: Buffer, type: string): string {
  switch (type.split(';', 1)[0]?.trim()) {
    case 'application/x-www-form-urlencoded':
      return body.toString('utf8');
    case 'application/json':
    case 'text/plain':
      return jsonQuery(body.toString('utf8'));
    case 'multipart/form-data':
      return formQuery(body.toString('utf8'), type);
    default:
      return `__wb_post_data=${body.toString('base64')}`;
  }
}

/** The address with the query behind it: what the index is sorted by. */
export function addressWithQuery(url: string, method: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}__wb_method=${encodeURIComponent(method)}&${readable(query)}`;
}

function readable(query: string): string {
  try {
    return decodeURI(query);
  } catch {
    return '';
  }
}

/** Every leaf by its name; what has a name that came before gets a number: `a=1&a.2_=2`. */
function jsonQuery(text: string): string {
  const query = new URLSearchParams();
  const counts = new Map<string, number>();
  let size = 0;
  const add = (name: string, value: string): void => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    query.append(count === 0 ? name : `${name}.${count + 1}_`, value);
    size += name.length + value.length;
  };
  const walk = (value: unknown, name: string, depth: number): void => {
    if (size > MAX_QUERY || depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const item of value) walk(item, name, depth + 1);
    else if (value === null) add(name, 'null');
    else if (typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(item, key, depth + 1);
    } else if (value !== '') add(name, String(value));
  };
  walk(parsed(text), '', 0);
  return query.toString();
}

/** A page may send what is no JSON, or nests too deep for a parser. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The fields of a form (RFC 7578) that have a name and a text, of which the first line counts. */
function formQuery(text: string, type: string): string {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  // A map: a page can send a hundred thousand fields, and a query is searched from its start for each of them.
  const fields = new Map<string, string>();
  for (const part of boundary === undefined ? [] : text.split(`--${boundary}`)) {
    const found = /name="([^"]+)"\r\n\r\n(.*)/.exec(part.trim());
    if (found?.[1] !== undefined) fields.set(found[1], found[2] ?? '');
  }
  return new URLSearchParams([...fields]).toString();
}
