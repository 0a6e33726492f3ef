/** The authority on loopback: timestamps, its revocation list, OCSP, and some answers that are none. */
import { createServer } from 'node:http';
import type { Authority } from './authority.ts';

export interface AuthorityServer {
  /** 'http://127.0.0.1:PORT' */
  address: string;
  /** What was asked, in order. */
  asked: { method: string; path: string; type: string | undefined }[];
  close(): Promise<void>;
}

/** Serves; the signer is 'tsa', to be issued before the first question. */
export async function serveAuthority(authority: Authority): Promise<AuthorityServer> {
  const asked: AuthorityServer['asked'] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        type: request.headers['content-type'],
      });
      answer(authority, request.url ?? '', Buffer.concat(pieces)).then(
        ({ status, type, body }) => {
          response.writeHead(status, { 'Content-Type': type }).end(body);
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  authority: Authority,
  path: string,
  body: Buffer,
): Promise<{ status: number; type: string; body: Uint8Array }> {
  switch (path) {
    case '/tsa':
      return { status: 200, type: 'application/timestamp-reply', body: await authority.reply('tsa', body) };
    case '/list.crl':
      return { status: 200, type: 'application/pkix-crl', body: await authority.revocationList() };
    case '/ocsp': {
      await authority.bench.write('asked.req', body);
      await authority.bench.openssl(
        'ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin asked.req -respout asked.res -ndays 7',
      );
      return {
        status: 200,
        type: 'application/ocsp-response',
        body: await authority.bench.read('asked.res'),
      };
    }
    case '/large':
      return { status: 200, type: 'application/timestamp-reply', body: new Uint8Array(300 * 1024) };
    case '/noise':
      return { status: 200, type: 'text/html', body: Buffer.from('<p>Sign in first</p>') };
    case '/moved':
      return { status: 302, type: 'text/plain', body: Buffer.from('') };
    default:
      return { status: 404, type: 'text/plain', body: Buffer.from('') };
  }
}
