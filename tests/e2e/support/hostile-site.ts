/** Pages on loopback that try what a page may not do, over http and over https with a certificate nobody trusts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Site {
  http: string;
  https: string;
  /** SHA-256 of the certificate (DER) in hexadecimal, as openssl says it. */
  fingerprint: string;
  /** Every request, as 'METHOD /path'. */
  reached: string[];
  /** The headers of the newest request for a path. */
  headersOf(path: string): Record<string, string | string[] | undefined> | undefined;
  close(): void;
}

export async function startSite(): Promise<Site> {
  const reached: string[] = [];
  const headers = new Map<string, Record<string, string | string[] | undefined>>();
  const answer: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    reached.push(`${request.method} ${path}`);
    headers.set(path, request.headers);
    if (path === '/auth') {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Members"', 'content-type': 'text/html' });
      response.end('<title>Members only</title>');
      return;
    }
    if (path === '/file') {
      response.writeHead(200, { 'content-disposition': 'attachment', 'content-type': 'application/zip' });
      response.end('PK');
      return;
    }
    if (path === '/redirect-out') {
      response.writeHead(302, { location: 'holdfast://app/index.html' }).end();
      return;
    }
    if (path === '/never') return;
    const name = path.slice(1) || 'start';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'seen=1' });
    response.end(`<!doctype html><title>Page ${name}</title><h1>${name}</h1><img src="/picture-of-${name}">`);
  };
  const { key, cert, fingerprint } = selfSigned();
  const plain = createServer(answer);
  const tls = createTlsServer({ key, cert }, answer);
  const [http, https] = await Promise.all([listening(plain), listening(tls)]);
  return {
    http: `http://127.0.0.1:${http}`,
    https: `https://127.0.0.1:${https}`,
    fingerprint,
    reached,
    headersOf: (path) => headers.get(path),
    close() {
      for (const server of [plain, tls]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Made by openssl for another name: neither issuer nor name fit. */
function selfSigned(): { key: Buffer; cert: Buffer; fingerprint: string } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const subject = ['-subj', '/CN=elsewhere.invalid', '-addext', 'subjectAltName=DNS:elsewhere.invalid'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '30',
        '-keyout',
        key,
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    const said = execFileSync('openssl', ['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'], {
      encoding: 'utf8',
    });
    const fingerprint = (said.split('=')[1] ?? '').replaceAll(':', '').trim().toLowerCase();
    return { key: readFileSync(key), cert: readFileSync(cert), fingerprint };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
