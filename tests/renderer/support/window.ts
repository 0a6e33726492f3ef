/**
 * The window, built and served on loopback with main's own content security policy, in a headless Chromium, with
 * the fake in the place of the preload script.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { answerWindow } from '../../../main/window-answer.ts';
import type { FakeOptions } from '../fake/holdfast.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const chromiumPath = '/usr/bin/chromium';

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="260"><rect width="400" height="260" fill="#87a"/><circle cx="120" cy="130" r="70" fill="#fc6"/><rect x="220" y="60" width="120" height="150" fill="#256"/></svg>`;

export interface WindowUnderTest {
  /** Opens a page with a fake of its own. Console errors and page errors collect in `complaints`. */
  open(
    options?: Partial<FakeOptions>,
    context?: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }>;
  close(): Promise<void>;
}

/** Builds, serves and launches. A missing Chromium throws: `npm run setup` names what is missing. */
export async function startWindow(): Promise<WindowUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-window-'));
  await build({
    configFile: join(root, 'renderer', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: join(folder, 'window'), emptyOutDir: true },
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
  const server = serve(join(folder, 'window'));
  const address = await listening(server);
  const browser = await launch();
  return {
    open: (options, context) => openPage(browser, address, fake, options, context),
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

async function openPage(
  browser: Browser,
  address: string,
  fake: string,
  options: Partial<FakeOptions> = {},
  contextOptions: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: 'Asia/Tehran',
    ...contextOptions,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const all: FakeOptions = {
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
    ...options,
  };
  await page.addInitScript({ content: `window.fakeOptions = ${JSON.stringify(all)};\n${fake}` });
  await page.goto(address);
  return { page, complaints };
}
