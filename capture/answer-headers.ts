/** The headers of a request and its answer, as near to the wire as the engine tells. */
import type { Hop } from './requests.ts';
import type { Headers } from './secrets/headers.ts';

export function requestHeadersOf(hop: Hop): Headers {
  return Object.entries(hop.rawRequest ?? hop.request.headers);
}

/**
 * Raw text first, because it alone keeps order and repetition; then the list in which several values of one name
 * are joined by line feeds.
 */
export function responseHeadersOf(hop: Hop): Headers {
  const { rawAnswer } = hop;
  const lines = rawAnswer?.text
    ?.split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '');
  if (lines !== undefined && lines.length > 0) {
    return lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  }
  const joined = Object.entries(rawAnswer?.headers ?? hop.response?.headers ?? {});
  return joined.flatMap(([name, value]) => value.split('\n').map((one): [string, string] => [name, one]));
}

/** The first value of a header; null where there is none. */
export function headerOf(headers: Headers, name: string): string | null {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? null;
}
