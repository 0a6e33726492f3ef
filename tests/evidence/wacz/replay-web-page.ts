/** ReplayWeb.page from its npm package, served on loopback, in a headless Chromium: the judge that others will use. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';

const folder = dirname(fileURLToPath(import.meta.resolve('replaywebpage/index.html')));

export interface ReplayWebPage {
  /** Opens the archived address; resolves with the frame that shows `lands`, where a redirect leads there. */
  show(url: string, lands?: string): Promise<Frame>;
  /** What was asked for elsewhere than from the loopback server. */
  readonly elsewhere: readonly string[];
  close(): Promise<void>;
}

/** Serves `wacz` and starts a Chromium. A missing Chromium throws: `npm run setup` names what is missing. */
export async function replayWebPage(wacz: Uint8Array): Promise<ReplayWebPage> {
  const server = createServer((request, response) => answer(wacz, request, response));
  const origin = await listening(server);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const elsewhere: string[] = [];
  const page = await readyPage(browser, origin, elsewhere);
  return {
    elsewhere,
    show: async (url, lands = url) => {
      await page.goto(`${origin}/?${new URLSearchParams({ url })}`);
      return archivedFrame(page, lands);
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The service worker is there before the first archive is opened: what it misses while it starts, it never shows. */
async function readyPage(browser: Browser, origin: string, elsewhere: string[]): Promise<Page> {
  const context = await browser.newContext();
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && /^(https?|wss?):/.test(request.url()))
      elsewhere.push(request.url());
  });
  const page = await context.newPage();
  await page.goto(`${origin}/empty`);
  // As text: these lines run in the page, and know other names than a test does.
  await page.evaluate(`navigator.serviceWorker
    .register('/replay/sw.js?serveIndex=1', { scope: '/replay/' })
    .then(({ installing }) => new Promise((resolve) => {
      installing.addEventListener('statechange', () => installing.state === 'activated' && resolve());
    }))`);
  return page;
}

/** Addresses of archived pages stand behind `mp_/` in those of their frames. */
async function archivedFrame(page: Page, url: string): Promise<Frame> {
  const shows = (frame: Frame) => frame.url().endsWith(`mp_/${url}`);
  const found = page.frames().find(shows);
  if (found !== undefined) return found;
  try {
    return await page.waitForEvent('framenavigated', { predicate: shows, timeout: 40_000 });
  } catch (cause) {
    const frames = page.frames().map((frame) => frame.url());
    throw new Error(`ReplayWeb.page does not show ${url}; its frames are ${frames.join(', ')}`, { cause });
  }
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function answer(wacz: Uint8Array, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback.test');
  const script = { '/ui.js': 'ui.js', '/replay/sw.js': 'sw.js' }[pathname];
  if (pathname === '/capture.wacz') sendRange(wacz, request, response);
  else if (script !== undefined) send(response, 'text/javascript', readFileSync(join(folder, script)));
  else if (pathname === '/empty') send(response, 'text/html', '<!doctype html><title>empty</title>');
  else if (pathname === '/') send(response, 'text/html', viewer(searchParams.get('url') ?? ''));
  else {
    response.statusCode = 404;
    send(response, 'text/plain', 'not here');
  }
}

function viewer(url: string): string {
  const quoted = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><title>archive</title><script src="/ui.js"></script>
<replay-web-page source="/capture.wacz" replayBase="/replay/" embed="replayonly" url="${quoted}" style="height: 600px"></replay-web-page>`;
}

function send(response: ServerResponse, type: string, body: Uint8Array | string): void {
  response.setHeader('Content-Type', type);
  response.end(body);
}

/** Range requests (RFC 9110, section 14), which WACZ readers live on. */
function sendRange(bytes: Uint8Array, { headers, method }: IncomingMessage, response: ServerResponse): void {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const start = from === '' ? (to === '' ? 0 : Math.max(0, bytes.length - Number(to))) : Number(from);
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  const part = bytes.subarray(start, end);
  response.statusCode = headers.range === undefined ? 200 : 206;
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Length', part.length);
  if (headers.range !== undefined)
    response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${bytes.length}`);
  if (method === 'HEAD') response.end();
  else send(response, 'application/wacz', part);
}
