/** What is told of an answer before its body: the request, the server, the headers; without secrets. */
import type { ExchangeStart } from '../contract/model/recording.ts';
import { headerOf, requestHeadersOf, responseHeadersOf } from './answer-headers.ts';
import type { CdpResponse } from './cdp/events.ts';
import type { Certificates } from './certificates.ts';
import type { Hop } from './requests.ts';
import { hideInHeaders } from './secrets/headers.ts';
import { distinct, type KnownSecrets } from './secrets/known.ts';
import { hideInRequestBody } from './secrets/request-body.ts';
import { hideInUrl } from './secrets/url.ts';

const recordedRequestBody = 1024 * 1024;

/** The beginning of exchange `n`. The hop has its answer and, where the engine gives them, its raw headers. */
export async function exchangeStart(
  hop: Hop,
  response: CdpResponse,
  n: number,
  secrets: KnownSecrets,
  certificates: Certificates,
): Promise<ExchangeStart> {
  const { request } = hop;
  const sent = hideInHeaders(requestHeadersOf(hop), 'request-header', secrets);
  const got = hideInHeaders(responseHeadersOf(hop), 'response-header', secrets);
  const body = hiddenRequestBody(hop, secrets);
  const url = hideInUrl(request.url, secrets);
  return {
    n,
    url: url.text,
    method: request.method,
    resourceType: hop.type.toLowerCase(),
    requestHeaders: sent.headers,
    requestBody: body === null ? null : Buffer.from(body.bytes).toString('base64'),
    requestBodySize: body?.size ?? 0,
    status: Math.trunc(response.status),
    statusText: response.statusText,
    protocol: response.protocol ?? '',
    responseHeaders: got.headers,
    from: sourceOf(response),
    server: serverOf(response),
    tls: await tlsOf(request.url, response, certificates),
    startedAt: new Date(hop.wallTime * 1000).toISOString(),
    withheld: distinct([...url.withheld, ...sent.withheld, ...(body?.withheld ?? []), ...got.withheld]),
  };
}

function hiddenRequestBody(hop: Hop, secrets: KnownSecrets) {
  const { hasPostData, postDataEntries, url } = hop.request;
  if (hasPostData !== true) return null;
  // A file that the page sends has no bytes here.
  const bytes = Buffer.concat(
    (postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64')),
  );
  const headers = requestHeadersOf(hop);
  const told = Number.parseInt(headerOf(headers, 'content-length') ?? '', 10);
  const type = headerOf(headers, 'content-type') ?? '';
  // Cut before the search, so that half a secret at the cut is no longer than what is found of it.
  const hidden = hideInRequestBody(bytes, type, url, secrets);
  return {
    bytes: hidden.bytes.subarray(0, recordedRequestBody),
    size: Number.isSafeInteger(told) && told >= 0 ? told : bytes.length,
    withheld: hidden.withheld,
  };
}

function sourceOf(response: CdpResponse): ExchangeStart['from'] {
  if (response.fromServiceWorker === true) return 'service-worker';
  if (response.fromDiskCache === true) return 'disk-cache';
  return response.fromPrefetchCache === true ? 'other' : 'network';
}

function serverOf({ remoteIPAddress, remotePort }: CdpResponse): ExchangeStart['server'] {
  if (remoteIPAddress === undefined || remoteIPAddress === '') return null;
  return { address: remoteIPAddress.replace(/^\[|\]$/g, ''), port: Math.trunc(remotePort ?? 0) };
}

async function tlsOf(
  url: string,
  { securityDetails }: CdpResponse,
  certificates: Certificates,
): Promise<ExchangeStart['tls']> {
  if (securityDetails === undefined) return null;
  const { origin } = new URL(url);
  const { protocol, cipher } = securityDetails;
  return {
    protocol,
    cipher,
    certificates: await certificates.digests(origin),
    error: await certificates.error(origin),
  };
}
