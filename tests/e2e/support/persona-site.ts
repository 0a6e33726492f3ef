/** A site that sees what a persona is, does what a platform does, and counts who connects. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { acting, reading } from '../../capture/look-only/requests.ts';
import { ranged, wav } from '../../support/ranged-sound.ts';

/** What a page, a frame of another origin and a worker say of themselves. */
export interface Said {
  where: 'page' | 'frame' | 'worker';
  userAgent: string;
  languages: string[];
  timeZone: string;
  platform: string;
  brands: { brand: string; version: string }[] | null;
  stored: string | null;
  /** Names of what else is kept for the origin: databases, caches, an item of the tab. */
  kept: string[];
}

/** Of the session that the sign-in makes: what must be found nowhere else. */
export const planted = {
  cookie: 'sid-9f8e7d6c5b4a39281706',
  token: 'token-1a2b3c4d5e6f708192a3',
};

const ask = `
const kept = async () => [
  ...(await indexedDB.databases()).map(({ name }) => 'database ' + name),
  ...(await caches.keys()).map((name) => 'cache ' + name),
  ...(typeof sessionStorage === 'undefined' ? [] : Object.keys(sessionStorage)).map((name) => 'item ' + name),
];
const ask = async (where) => ({
  where,
  userAgent: navigator.userAgent,
  languages: [...navigator.languages],
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  platform: navigator.userAgentData?.platform ?? navigator.platform,
  brands: navigator.userAgentData?.brands ?? null,
  // Not the token itself: what a page sends stands in the record.
  stored: typeof localStorage === 'undefined' ? null : (localStorage.getItem('token')?.slice(-4) ?? null),
  kept: await kept(),
});
// Not by POST: in Electron 25 a frame of another origin that is recorded cannot send a body.
const tell = async (where) => fetch('/told?' + encodeURIComponent(JSON.stringify(await ask(where))));
`;

const pages: Record<string, string> = {
  '/sign-in': `<p>Signed in.</p><script>${ask}
    const plant = async () => {
      // Answered when all is planted: until then the page does not rest.
      fetch('/until-planted');
      sessionStorage.setItem('tab', '1');
      await new Promise((done) => { indexedDB.open('planted').onsuccess = done; });
      await caches.open('planted');
      await fetch('/etag');
      await fetch('/planted?' + encodeURIComponent(JSON.stringify(await kept())));
    };
    plant();
    localStorage.setItem('token', ['${planted.token.slice(0, 9)}', '${planted.token.slice(9)}'].join(''));
  </script>`,
  '/who': `<p>Hello.</p><iframe src="OTHER/frame"></iframe>
    <script>${ask} tell('page'); fetch('/etag'); new Worker('/worker.js');</script>`,
  '/held': '<p>Held.</p>',
  '/sound': '<audio preload="metadata" controls src="/sound.wav"></audio>',
  '/feed': `<script>
    const more = () => {
      const count = document.querySelectorAll('article').length;
      if (count === 30 || scrollY + innerHeight < document.body.scrollHeight - 200) return;
      for (let n = count; n < count + 10; n += 1) {
        const post = document.createElement('article');
        post.style.height = '240px';
        post.textContent = 'Post ' + n;
        document.body.append(post);
      }
    };
    addEventListener('DOMContentLoaded', more);
    addEventListener('scroll', more);
  </script>`,
  '/frame': `<script>${ask} tell('frame')</script>`,
  '/acts': `<p>Acts.</p><iframe name="aside"></iframe>
    <form id="form" method="post" target="aside" action="/posts/1/like?by=form"></form>
    <script>
      const all = ${JSON.stringify([...acting, ...reading])};
      const send = ({ path, method = 'POST', body }) => fetch(path, { method, body: body || undefined }).catch(() => 0);
      document.getElementById('form').submit();
      navigator.sendBeacon('/posts/2/like?by=beacon', 'x');
      navigator.sendBeacon('/log/metrics?by=beacon', 'x');
      fetch('OTHER/posts/3/like?by=other', { method: 'POST', headers: { 'x-own': '1' } }).catch(() => 0);
      const asking = new XMLHttpRequest();
      asking.open('POST', '/posts/4/like?by=xhr');
      asking.send('x');
      new Worker('/acting.js');
      navigator.serviceWorker?.register('/service.js').catch(() => 0);
      Promise.all(all.map(send)).then(() => fetch('/done'));
    </script>`,
};
const scripts: Record<string, string> = {
  '/worker.js': `${ask} tell('worker');`,
  '/acting.js': `fetch('/posts/5/like?by=worker', { method: 'POST' }).catch(() => 0);
    fetch('/log/metrics?by=worker', { method: 'POST' });`,
  '/service.js': `self.addEventListener('install', (event) => event.waitUntil(
    Promise.all([fetch('/posts/6/like?by=service', { method: 'POST' }).catch(() => 0),
      fetch('/log/metrics?by=service', { method: 'POST' })])));`,
};

export interface PersonaSite {
  /** http://127.0.0.1:PORT */
  origin: string;
  port: number;
  /** Since the last `forget`. */
  requests: {
    method: string;
    path: string;
    headers: IncomingMessage['headers'];
    order: string[];
    body: string;
  }[];
  connections: number;
  told(): Said[];
  /** Keeps the answer at this path back until `answer`. */
  hold(path: string): { asked: Promise<void>; answer(): void };
  forget(): void;
  close(): void;
}

export async function servePersonaSite(): Promise<PersonaSite> {
  const sound = ranged(wav(), 'audio/wav');
  let visitors = 0;
  const untilPlanted: ServerResponse[] = [];
  const holding = new Map<string, { tell(): void; answered: Promise<void> }>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void text(request).then(async (body) => {
      const held = holding.get(request.url ?? '');
      held?.tell();
      await held?.answered;
      const path = request.url ?? '';
      site.requests.push({
        method: request.method ?? '',
        path,
        headers: request.headers,
        order: request.rawHeaders.filter((_, n) => n % 2 === 0),
        body,
      });
      const name = path.split('?')[0] ?? '';
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-allow-headers', '*');
      if (name === '/etag') {
        // What tells visitors apart without any cookie.
        visitors += 1;
        response.setHeader('etag', `"visitor-${visitors}"`).setHeader('cache-control', 'max-age=0');
      }
      if (name === '/sign-in') {
        response.setHeader('set-cookie', `sid=${planted.cookie}; Path=/; HttpOnly; SameSite=Lax`);
      }
      if (name === '/until-planted') {
        untilPlanted.push(response);
        return;
      }
      if (name === '/planted') for (const each of untilPlanted.splice(0)) each.end('{}');
      const page = request.method === 'GET' ? pages[name] : undefined;
      const script = scripts[name];
      if (page !== undefined) {
        const other = `http://localhost:${site.port}`;
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<!doctype html><title>A page</title>${page.replaceAll('OTHER', other)}`);
      } else if (name === '/sound.wav') {
        sound(request, response);
      } else if (script !== undefined) {
        response.setHeader('content-type', 'text/javascript').end(script);
      } else {
        response.setHeader('content-type', 'application/json').end('{}');
      }
    });
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: PersonaSite = {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    connections: 0,
    told: () =>
      site.requests
        .filter(({ path }) => path.startsWith('/told?'))
        .map(({ path }): Said => JSON.parse(decodeURIComponent(path.slice('/told?'.length)))),
    hold: (path) => {
      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const asked = new Promise<void>((tell) => holding.set(path, { tell, answered }));
      return { asked, answer };
    },
    forget: () => {
      site.requests = [];
      site.connections = 0;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  server.on('connection', () => {
    site.connections += 1;
  });
  return site;
}

export interface TestProxy {
  /** Of the proxy. */
  port: number;
  /** What it was asked to connect to, in order. */
  asked: string[];
  close(): void;
}

/** A proxy by SOCKS 5 without a sign-in (RFC 1928), which connects wherever it is asked to. */
export async function serveSocks(): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(Uint8Array.of(5, 0));
      client.once('data', (request: Buffer) => {
        const isName = request[3] === 3;
        const length = isName ? (request[4] ?? 0) : 4;
        const from = isName ? 5 : 4;
        const name = request.subarray(from, from + length);
        const host = isName ? name.toString('latin1') : [...name].join('.');
        const port = request.readUInt16BE(from + length);
        asked.push(`${host}:${port}`);
        const server = connect(port, '127.0.0.1', () => {
          client.write(Uint8Array.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0));
          client.pipe(server).pipe(client);
        });
        server.on('error', () => client.destroy());
        sockets.add(server);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
