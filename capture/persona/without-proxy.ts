/** What a record would tell of the proxy of a persona, and does not: its address is that of who is at the other end for the browser. */
import type { ExchangeStart } from '../../contract/model/recording.ts';
import { type ProxyAddress, proxyRules } from '../../contract/proxy.ts';
import { distinct, type KnownSecrets } from '../secrets/known.ts';
import { parsedUrl } from '../secrets/url.ts';

/** Headers that proxies add to answers that are not encrypted. */
const proxyHeaders = new Set(['via', 'forwarded', 'x-cache', 'x-cache-lookup', 'x-squid-error']);

/** The exchange without the address that was connected to, and without what a proxy may have written into it. */
export function withoutProxy(start: ExchangeStart, secrets: KnownSecrets): ExchangeStart {
  if (!/^http:/i.test(start.url)) return { ...start, server: null };
  const withheld = [...start.withheld];
  const responseHeaders = start.responseHeaders.map(([name, value]): [string, string] => {
    if (!proxyHeaders.has(name.toLowerCase()) || value === '') return [name, value];
    withheld.push(secrets.withhold(value, 'response-header', name));
    return [name, secrets.marker(value)];
  });
  return { ...start, server: null, responseHeaders, withheld: distinct(withheld) };
}

/** Words that name the proxy, to be replaced wherever a page or an answer shows them; not where the page itself is called so. */
export function proxyWords(proxy: ProxyAddress, url: string): string[] {
  const { host, port } = proxy;
  const isPage = parsedUrl(url)?.hostname === host;
  return [proxyRules(proxy), `${host}:${port}`, ...(isPage ? [] : [host])];
}
