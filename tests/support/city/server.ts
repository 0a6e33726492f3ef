/** Serves the fixture city: all its hosts over TLS at one port of loopback. Keeps what it served, to the byte. */
import { createHash, type Hash, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { makeCertificate, type Route, type Site } from '../site-server.ts';
import type { CityPage } from './page.ts';
import { openSocket } from './web-socket.ts';

/** An answer, as far as it was sent. */
export interface Served {
  /** Host and path. */
  place: string;
  method: string;
  status: number;
  /** The whole address. */
  url: string;
  /** After content decoding. */
  size: number;
  sha256: string;
  /** The server said that this was all, and nobody hung up before. */
  isWhole: boolean;
}

export interface City {
  /** Switches with which a Chromium finds the city under every host name, and trusts it. */
  switches: string[];
  /** Everything that was answered so far, in the order in which it was asked for. Resolves when hashes are made. */
  served(): Promise<Served[]>;
  close(): Promise<void>;
}

/** @param folder for the certificate. */
export async function serveCity(pages: readonly CityPage[], folder: string): Promise<City> {
  const routes = joined(pages.map((page) => page.routes()));
  const sockets = joined(pages.map((page) => page.sockets?.() ?? {}));
  const records: Promise<Served>[] = [];
  const tls = makeCertificate(folder);
  const seen: Site['seen'] = [];
  const server = createServer(tls, (request, response) => {
    records.push(recorded(request, response));
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(parts) });
      answer(routes[placeOf(request)], request, response, site);
    });
  });
  server.on('upgrade', (request, stream) => {
    const talk = sockets[placeOf(request)];
    if (talk === undefined) stream.destroy();
    else openSocket(request, stream, talk);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `https://127.0.0.1:${port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const site: Site = { origin, otherOrigin: origin, seen, certificate: tls.cert, close };
  const key = new X509Certificate(tls.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    switches: [
      `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
    ],
    served: () => Promise.all(records),
    close,
  };
}

function answer(
  route: Route | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
): void {
  if (route !== undefined) route(request, response, site);
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
}

function joined<T>(maps: readonly Record<string, T>[]): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [place, one] of maps.flatMap((map) => Object.entries(map))) {
    if (place in all) throw new Error(`two pages of the city serve ${place}`);
    all[place] = one;
  }
  return all;
}

function placeOf({ headers, url = '' }: IncomingMessage): string {
  return `${headers.host ?? ''}${url.split('?')[0] ?? ''}`;
}

/** Resolves when the answer is over, however it ends; until then with what came so far. */
function recorded(request: IncomingMessage, response: ServerResponse): Promise<Served> {
  const body = new Decoded(response);
  const { write, end } = response;
  const watched = (original: typeof write | typeof end) =>
    function (this: ServerResponse, ...given: unknown[]) {
      const [piece] = given;
      if (typeof piece === 'string' || piece instanceof Uint8Array) body.push(Buffer.from(piece as string));
      return Reflect.apply(original, this, given);
    };
  response.write = watched(write) as typeof write;
  response.end = watched(end) as typeof end;
  const over = new Promise<void>((resolve) => response.once('close', resolve));
  const { method = '', headers, url = '' } = request;
  return over.then(async () => ({
    place: placeOf(request),
    method,
    status: response.statusCode,
    url: `https://${headers.host ?? ''}${url}`,
    ...(await body.end()),
    isWhole: response.writableFinished,
  }));
}

/** Hashes a body as the page gets it, whatever its coding. */
class Decoded {
  readonly #response: ServerResponse;
  readonly #hash: Hash = createHash('sha256');
  #coded: Buffer[] | null = null;
  #size = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  push(piece: Buffer): void {
    if (this.#response.getHeader('content-encoding') !== undefined) {
      this.#coded ??= [];
      this.#coded.push(piece);
      return;
    }
    this.#take(piece);
  }

  #take(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#size += piece.length;
  }

  async end(): Promise<{ size: number; sha256: string }> {
    if (this.#coded !== null) {
      const decoder =
        this.#response.getHeader('content-encoding') === 'br' ? createBrotliDecompress() : createGunzip();
      decoder.end(Buffer.concat(this.#coded));
      for await (const piece of decoder) this.#take(piece);
    }
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }
}
