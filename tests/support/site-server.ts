/** A web site on loopback that sends exactly what a test says, well-formed or not. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type Route = (request: IncomingMessage, response: ServerResponse, site: Site) => void;

export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Site {
  /** http://127.0.0.1:PORT */
  origin: string;
  /** The same server under another origin: http://localhost:PORT */
  otherOrigin: string;
  /** What was asked for, in order. */
  seen: SeenRequest[];
  /** The certificate in PEM; null over http. */
  certificate: string | null;
  close(): Promise<void>;
}

/** Serves `routes` by path; what is not among them is 404. `tlsFolder`: over https, with a new certificate made there. */
export async function serveSite(routes: Record<string, Route>, tlsFolder?: string): Promise<Site> {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(parts) });
      const route = routes[url.split('?')[0] ?? ''];
      if (route !== undefined) route(request, response, site);
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    });
  };
  const tls = tlsFolder === undefined ? null : makeCertificate(tlsFolder);
  const server = tls === null ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = tls === null ? 'http' : 'https';
  const site: Site = {
    origin: `${scheme}://127.0.0.1:${port}`,
    otherOrigin: `${scheme}://localhost:${port}`,
    seen,
    certificate: tls?.cert ?? null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return site;
}

/** A new key with a certificate that nobody else trusts, made in `folder`. */
export function makeCertificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=site.test', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', key, '-out', cert],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** A page. */
export function html(body: string, headers: Record<string, string> = {}): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><title>A page</title>${body}`);
  };
}

/** These bytes, with a Content-Length. */
export function bytes(body: Uint8Array, headers: Record<string, string>, status = 200): Route {
  return (_request, response) => {
    response.writeHead(status, { 'content-length': String(body.length), ...headers }).end(body);
  };
}
