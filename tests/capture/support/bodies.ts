/** The table of answers that both engines must record byte for byte, and the page that asks for them all. */
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { bytes, html, type Route } from '../../support/site-server.ts';

export interface BodyCase {
  path: string;
  route: Route;
  /** What must be recorded: the body after transfer and content decoding. Null: there is none. */
  expected: Buffer | null;
  status?: number;
}

const persian = 'متن فارسی، نقل‌قول دقیق';
const jsonWithBom = Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from('{"a":"é"}')]);
const invalidJson = Buffer.concat([Buffer.from('{"a":"'), Buffer.from('c328ff80', 'hex'), Buffer.from('"}')]);
const allBytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
const latin1 = Buffer.from('<p>caf\xe9 \xa9 \xff</p>', 'latin1');
// 'سلام' and a comma in windows-1256.
const arabic = Buffer.concat([Buffer.from('<p>'), Buffer.from('d3e1c7e3a1', 'hex'), Buffer.from('</p>')]);
const long = Buffer.from('0123456789abcdef\n'.repeat(20_000));
export const medium = randomBytes(3 * 1024 * 1024);

function typed(body: Uint8Array, type: string, more: Record<string, string> = {}): Route {
  return bytes(body, { 'content-type': type, ...more });
}

/** In pieces, without Content-Length: chunked over HTTP/1.1. */
function chunked(body: Uint8Array, type: string, size: number): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type });
    for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
    response.end();
  };
}

export const bodyCases: Record<string, BodyCase> = Object.fromEntries(
  Object.entries({
    'ISO-8859-1': { expected: latin1, route: typed(latin1, 'text/html; charset=iso-8859-1') },
    'windows-1256': { expected: arabic, route: typed(arabic, 'text/html; charset=windows-1256') },
    'UTF-8 with a byte-order mark': {
      expected: Buffer.from(`\ufeff<p>${persian}`),
      route: typed(Buffer.from(`\ufeff<p>${persian}`), 'text/html; charset=utf-8'),
    },
    'invalid UTF-8': { expected: allBytes, route: typed(allBytes, 'text/plain; charset=utf-8') },
    'UTF-16': {
      expected: Buffer.from(`\ufeff${persian}`, 'utf16le'),
      route: typed(Buffer.from(`\ufeff${persian}`, 'utf16le'), 'text/plain; charset=utf-16le'),
    },
    'JSON with a byte-order mark': { expected: jsonWithBom, route: typed(jsonWithBom, 'application/json') },
    'JSON with invalid UTF-8': { expected: invalidJson, route: typed(invalidJson, 'application/json') },
    binary: { expected: allBytes, route: typed(allBytes, 'application/octet-stream') },
    'no media type': { expected: allBytes, route: bytes(allBytes, {}) },
    gzip: { expected: long, route: typed(gzipSync(long), 'text/plain', { 'content-encoding': 'gzip' }) },
    brotli: {
      expected: long,
      route: typed(brotliCompressSync(long), 'application/json', { 'content-encoding': 'br' }),
    },
    deflate: {
      expected: long,
      route: typed(deflateSync(long), 'text/css', { 'content-encoding': 'deflate' }),
    },
    chunked: { expected: long, route: chunked(long, 'text/plain', 1000) },
    'chunked invalid UTF-8': { expected: allBytes, route: chunked(allBytes, 'text/html', 7) },
    '3 MiB': { expected: medium, route: typed(medium, 'image/png') },
    empty: { expected: Buffer.alloc(0), route: bytes(Buffer.alloc(0), { 'content-type': 'text/html' }) },
    'no content': {
      expected: null,
      status: 204,
      route: (_request, response) => response.writeHead(204).end(),
    },
    'not modified': {
      expected: null,
      status: 304,
      route: (_request, response) => response.writeHead(304).end(),
    },
    'an error page': {
      expected: allBytes,
      status: 500,
      route: bytes(allBytes, { 'content-type': 'text/html' }, 500),
    },
  } satisfies Record<string, Omit<BodyCase, 'path'>>).map(([name, body]) => [
    name,
    { ...body, path: `/body/${encodeURIComponent(name)}` },
  ]),
);

/** Asks for every case at once, and for some things that are not among them. */
export function bodiesSite(): Record<string, Route> {
  const paths = Object.values(bodyCases).map(({ path }) => path);
  return {
    '/': html(
      `<p>Bodies</p><script>
        const ask = (url, options) => fetch(url, options).then((answer) => answer.arrayBuffer()).catch(() => {});
        Promise.all([
          ...${JSON.stringify(paths)}.map((path) => ask(path)),
          ask('/hop/1'),
          ask('/echo?post', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: new Uint8Array([0, 255, 10, 200]) }),
          ask('/echo?head', { method: 'HEAD' }),
        ]).then(() => { document.title = 'all came'; });
      </script>`,
    ),
    '/hop/1': forward('/hop/2', 301),
    '/hop/2': forward('/hop/3', 302),
    '/hop/3': forward('/hop/end', 307),
    '/hop/end': bytes(latin1, { 'content-type': 'text/plain' }),
    '/echo': (_request, response, site) => {
      const body = site.seen.at(-1)?.body ?? Buffer.alloc(0);
      response
        .writeHead(200, { 'content-type': 'application/x-echo', 'set-cookie': ['a=1', 'b=2'] })
        .end(body);
    },
    ...Object.fromEntries(Object.values(bodyCases).map(({ path, route }) => [path, route])),
  };
}

export const forwardedBody = latin1;

function forward(to: string, status: number): Route {
  return (_request, response) =>
    response.writeHead(status, { location: to }).end(`<a href="${to}">there</a>`);
}
