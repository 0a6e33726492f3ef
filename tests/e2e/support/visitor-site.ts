/**
 * A site that recognises visitors by what a browser remembers below its pages: TLS sessions, HSTS, connections, sign-ins
 * by HTTP, preflights, other ways in (Alt-Svc), service workers, icons, what may be stored. One port speaks it all.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeCertificate } from '../../support/site-server.ts';

/** Where a visit begins: in the clear, unless the browser knows better. */
export const visitorEntry = 'http://visitors.example/';

/** What one visitor asked for. */
export interface Visit {
  /** Such as 'GET https://visitors.example/page', in order, with what a first visitor does not have. Without icons. */
  lines: string[];
  /** Over which connections. */
  connections: Set<number>;
  icons: number;
  /** Of QUIC, which every answer over TLS offers. */
  datagrams: number;
}

export interface VisitorSite {
  /** Switches with which a browser finds the site, and trusts it. */
  switches: string[];
  /** What is asked for while `come` runs, and until a visit has come to its end. */
  visit(come: () => Promise<unknown>): Promise<Visit>;
  close(): Promise<void>;
}

const page = `<!doctype html><title>A page</title><link rel="icon" href="/icon.png"><p>Hello.</p><script>
  const ask = (path, options) => fetch(path, options).then((answer) => answer.text());
  const frame = () => new Promise((done) => {
    const made = document.createElement('iframe');
    made.onload = done;
    made.src = '/in/frame';
    document.body.append(made);
  });
  const signIn = () => new Promise((done) => {
    const asking = new XMLHttpRequest();
    asking.open('GET', '/members/door', true, 'visitor', 'word');
    asking.onloadend = done;
    asking.send();
  });
  const other = 'https://other.visitors.example/preflight';
  const visit = async () => {
    await frame();
    await ask('/members/first');
    await signIn();
    await ask('/members/again');
    for (const n of [1, 2]) await ask(other, { headers: { 'x-own': '1' } });
    for (const n of [1, 2]) await ask('/stored.txt');
    await ask('/parting');
    await ask('/resumed');
    if (navigator.serviceWorker !== undefined) {
      await navigator.serviceWorker.register('/worker.js', { scope: '/in/' }).then((made) => new Promise((done) => {
        const look = () => (made.active?.state === 'activated' ? done() : setTimeout(look, 20));
        look();
      })).catch(() => 0);
    }
    await frame();
    await ask('/left');
  };
  visit();
</script>`;
const worker = `self.addEventListener('fetch', (event) => event.respondWith(new Response('by the worker')));`;

const nothing = (): Visit => ({ lines: [], connections: new Set(), icons: 0, datagrams: 0 });

/** @param folder for the certificate. */
export async function serveVisitors(folder: string): Promise<VisitorSite> {
  const tls = makeCertificate(folder);
  let connections = 0;
  const numbers = new WeakMap<Socket, number>();
  let now: Visit = nothing();
  let left: () => void = () => undefined;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '', headers, socket } = request;
    const isSecure = socket instanceof TLSSocket;
    const signs = [
      isSecure && socket.isSessionReused() ? 'on a resumed session' : null,
      headers.authorization === undefined ? null : 'signed in',
      headers['if-none-match'] === undefined ? null : 'with a tag',
    ].filter((sign) => sign !== null);
    if (url === '/icon.png') now.icons += 1;
    // The engine looks in its own time for a new worker, and for an icon of the frame.
    else if (url !== '/worker.js' && url !== '/favicon.ico') {
      const line = [method, `${isSecure ? 'https' : 'http'}://${headers.host ?? ''}${url}`, ...signs].join(
        ' ',
      );
      now.lines.push(line);
      now.connections.add(numbers.get(socket) ?? 0);
    }
    if (isSecure) {
      response.setHeader('strict-transport-security', 'max-age=3600; includeSubDomains');
      response.setHeader('alt-svc', `h3=":${port}"; ma=3600`);
    }
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'x-own');
    response.setHeader('access-control-max-age', '3600');
    response.setHeader('content-type', 'text/plain');
    if (url === '/') response.writeHead(302, { location: 'https://visitors.example/page' }).end();
    else if (url === '/page') response.setHeader('content-type', 'text/html').end(page);
    else if (url === '/worker.js') response.setHeader('content-type', 'text/javascript').end(worker);
    else if (url === '/stored.txt')
      response.writeHead(200, { 'cache-control': 'max-age=3600', etag: '"stored"' }).end('stored');
    else if (url === '/members/door' && headers.authorization === undefined)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="members"' }).end('who?');
    else if (url === '/parting') response.writeHead(200, { connection: 'close' }).end('bye');
    else response.end('here');
    if (url === '/left') response.once('finish', () => left());
  };
  const plain = createServer(answer);
  const secure = createTlsServer(tls, answer);
  // The number of the connection, which Node wraps for TLS.
  secure.on('secureConnection', (socket) => numbers.set(socket, ++connections));
  plain.on('connection', (socket) => numbers.set(socket, ++connections));
  const open = new Set<Socket>();
  const front = createTcpServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      // A TLS record of a handshake begins with this byte (RFC 8446, 5.1).
      (first[0] === 0x16 ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  const quic = createSocket('udp4');
  quic.on('message', () => {
    now.datagrams += 1;
  });
  await new Promise<void>((resolve) => quic.bind(port, '127.0.0.1', resolve));
  const key = new X509Certificate(tls.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    switches: [
      `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
    ],
    visit: async (come) => {
      const visit = nothing();
      now = visit;
      const hasLeft = new Promise<void>((resolve) => {
        left = resolve;
      });
      await Promise.all([come(), hasLeft]);
      return visit;
    },
    close: async () => {
      quic.close();
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
