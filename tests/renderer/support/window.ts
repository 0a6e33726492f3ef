/**
 * The window, built and served on loopback with main's own content security policy, in a headless Chromium, with
 * the fake in the place of the preload script.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import { build } from 'vite';
import { answerWindow } from '../../../main/window-answer.ts';
import { buildState } from '../../../scripts/sources.mjs';
import type { FakeOptions } from '../fake/holdfast.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Chromium without what shows it on a screen: the same engine, which starts in half the time. */
const chromiumPath = '/usr/bin/chromium-headless-shell';

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="260"><rect width="400" height="260" fill="#87a"/><circle cx="120" cy="130" r="70" fill="#fc6"/><rect x="220" y="60" width="120" height="150" fill="#256"/></svg>`;

export interface WindowUnderTest {
  /**
   * Opens the window with a fake of its own. Console errors and page errors collect in `complaints`. A page that is
   * still open and has the same `context` is loaded anew, which takes a third of the time; the window keeps nothing
   * in a browser's stores.
   */
  open(
    options?: Partial<FakeOptions>,
    context?: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }>;
  close(): Promise<void>;
}

/**
 * Serves what users run, where it is built from the sources as they are; otherwise builds it. A missing
 * Chromium throws: `npm run setup` names what is missing.
 */
export async function startWindow(): Promise<WindowUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-window-'));
  const isBuilt = buildState(root) === 'current';
  const window = isBuilt ? join(root, 'dist', 'renderer') : join(folder, 'window');
  if (!isBuilt)
    await build({
      configFile: join(root, 'renderer', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: window, emptyOutDir: true },
    });
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'fake'),
      emptyOutDir: true,
      minify: false,
      lib: {
        entry: join(root, 'tests/renderer/fake/inject.ts'),
        formats: ['iife'],
        name: 'inject',
        fileName: () => 'fake.js',
      },
    },
  });
  const fake = readFileSync(join(folder, 'fake', 'fake.js'), 'utf8');
  const server = serve(window);
  const address = await listening(server);
  const browser = await launch();
  const pages = new Pages(browser, address, fake);
  return {
    open: (options, context) => pages.open(options, context),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

function serve(folder: string): Server {
  return createServer((request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/artifact/')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture);
      return;
    }
    if (path.startsWith('/replay/')) {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': 'sandbox' });
      response.end('<h1 style="font-family:serif">An invented page, as recorded</h1>');
      return;
    }
    answerWindow(folder, request.method ?? 'GET', `holdfast://app${path}`).then(async (answer) => {
      const bytes = Buffer.from(await answer.arrayBuffer());
      // Chromium knows no schemes of ours here; pictures and pages come from this server instead.
      const body = path.endsWith('.js')
        ? bytes
            .toString('utf8')
            .replaceAll('holdfast-artifact://', '/artifact/')
            .replaceAll('holdfast-replay://', '/replay/')
        : bytes;
      const headers = Object.fromEntries(answer.headers);
      const policy = headers['content-security-policy']?.replace('frame-src', "frame-src 'self'") ?? '';
      // Main lets nothing be kept. Here Chromium keeps the compiled scripts, whose names change with what they hold.
      if (path.endsWith('.js')) headers['cache-control'] = 'max-age=3600';
      response.writeHead(answer.status, { ...headers, 'content-security-policy': policy }).end(body);
    });
  });
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(`http://127.0.0.1:${address.port}/`);
    });
  });
}

const defaults: FakeOptions = {
  open: true,
  posts: 60,
  errors: {},
  dialogPath: null,
  hold: false,
  verdict: 'consistent',
  captureVerdict: 'complete',
  whole: true,
  encrypted: true,
  keychain: true,
  stamps: true,
  logVerdict: 'in order',
  otherTags: 60,
  hidden: 0,
};

interface OpenPage {
  page: Page;
  cdp: CDPSession;
  context: BrowserContextOptions;
  /** What runs before the page's own scripts. */
  script: string | null;
}

class Pages {
  readonly #browser: Browser;
  readonly #address: string;
  readonly #fake: string;
  #last: OpenPage | null = null;

  constructor(browser: Browser, address: string, fake: string) {
    this.#browser = browser;
    this.#address = address;
    this.#fake = fake;
  }

  async open(options: Partial<FakeOptions> = {}, context: BrowserContextOptions = {}) {
    const opened = await this.#page({
      viewport: { width: 1280, height: 800 },
      timezoneId: 'Asia/Tehran',
      ...context,
    });
    const { page, cdp, script } = opened;
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    if (script !== null) await cdp.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: script });
    const { identifier } = await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `window.fakeOptions = ${JSON.stringify({ ...defaults, ...options })};\n${this.#fake}`,
    });
    opened.script = identifier;
    await page.goto(this.#address);
    return { page, complaints };
  }

  async #page(context: BrowserContextOptions): Promise<OpenPage> {
    const last = this.#last;
    if (last !== null && !last.page.isClosed() && isDeepStrictEqual(last.context, context)) {
      for (const event of ['pageerror', 'console', 'request'] as const) last.page.removeAllListeners(event);
      const { colorScheme = null, reducedMotion = null, viewport } = context;
      await last.page.emulateMedia({ colorScheme, reducedMotion });
      if (viewport) await last.page.setViewportSize(viewport);
      await last.page.mouse.move(0, 0);
      return last;
    }
    await last?.page.context().close();
    const page = await (await this.#browser.newContext(context)).newPage();
    page.setDefaultTimeout(90_000);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.enable');
    this.#last = { page, cdp, context, script: null };
    return this.#last;
  }
}
