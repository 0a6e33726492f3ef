import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HoldfastWindow } from '../../contract/window.ts';
import { hugeSize, testArtifacts } from '../main/support/test-handlers.ts';
import { launchApp, type RunningApp } from '../support/electron.ts';
import { buildTestApp } from './support/test-app.ts';
import type { exerciseUtility } from './support/utility-echo.ts';

let built: Awaited<ReturnType<typeof buildTestApp>>;
let running: RunningApp;
let server: Server;
let origin: string;
const reached: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*').end('reached');
  });
  server.on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  origin = `http://127.0.0.1:${address.port}`;
  built = await buildTestApp();
  running = await launchApp({ appFolder: built.folder });
});

beforeEach(() => running.page.goto('holdfast://app/index.html'));

afterAll(async () => {
  await running?.close();
  built?.remove();
  server?.close();
});

/** Lets the page try something; what it gets back, or 'refused: …'. */
function attempt(name: string, ...given: unknown[]): Promise<unknown> {
  return running.page.evaluate(
    `attempt(${[name, ...given].map((value) => JSON.stringify(value)).join(', ')})`,
  );
}

function inPage(expression: string): Promise<unknown> {
  return running.page.evaluate(expression);
}

/** Calls a function of the bridge. */
function call(name: keyof HoldfastWindow, input: unknown = {}): Promise<unknown> {
  return inPage(`holdfast.${name}(${JSON.stringify(input)})`);
}

/** Waits until the window was pushed a message like this one since it was loaded. */
async function pushed(message: Record<string, unknown>): Promise<void> {
  await expect
    .poll(() => inPage('pushed'), { timeout: 30_000 })
    .toContainEqual(expect.objectContaining(message));
}

const bridge: Record<keyof HoldfastWindow, true> = {
  createArchive: true,
  openArchive: true,
  lockArchive: true,
  archiveStatus: true,
  rebuild: true,
  rereadCapture: true,
  planPurge: true,
  purgeCapture: true,
  listKeeping: true,
  holdCapture: true,
  liftHold: true,
  retainCapture: true,
  purgeView: true,
  onViewPurged: true,
  backUp: true,
  restore: true,
  checkArchive: true,
  saveRecoverySheet: true,
  estimatePassphrase: true,
  changePassphrase: true,
  listEvents: true,
  logStatus: true,
  verifyLog: true,
  makeCheckpoint: true,
  proveCapture: true,
  importFiles: true,
  listCaptures: true,
  getCapture: true,
  listExchanges: true,
  listCaptureEvents: true,
  listPosts: true,
  getPost: true,
  listClauses: true,
  listPolicies: true,
  listPolicyVersions: true,
  listVersionClauses: true,
  clausesOn: true,
  diffPolicyVersions: true,
  clauseHistory: true,
  importPolicy: true,
  addStatement: true,
  linkClauses: true,
  correctClause: true,
  listTags: true,
  addTag: true,
  findClauses: true,
  prepareTag: true,
  addTags: true,
  reviewTag: true,
  listInbox: true,
  getPalette: true,
  arrangePalette: true,
  listPhrases: true,
  addPhrase: true,
  removePhrase: true,
  suggestTags: true,
  drawCoding: true,
  listCodings: true,
  nextToCode: true,
  codingResult: true,
  certificationLines: true,
  certifyBundle: true,
  listCases: true,
  readCase: true,
  makeCase: true,
  addExhibits: true,
  changeCase: true,
  labelExhibit: true,
  noteExhibit: true,
  moveExhibit: true,
  removeExhibit: true,
  listPersonas: true,
  addPersona: true,
  changePersona: true,
  retirePersona: true,
  clearPersonaSession: true,
  listTrail: true,
  purgeTrail: true,
  keepTrail: true,
  lookOnly: true,
  addReport: true,
  listReports: true,
  listTimestamps: true,
  timeBasis: true,
  requestTimestamp: true,
  attachTimestamp: true,
  requestBundleTimestamp: true,
  attachBundleTimestamp: true,
  askForTimestamp: true,
  createIdentity: true,
  importIdentity: true,
  showIdentity: true,
  listSigners: true,
  addSigner: true,
  replaceSigner: true,
  saveCertificate: true,
  previewBundle: true,
  listRedactions: true,
  addRedaction: true,
  liftRedaction: true,
  compileBundle: true,
  verifyBundle: true,
  openDialog: true,
  saveDialog: true,
  openView: true,
  closeView: true,
  placeView: true,
  navigateView: true,
  openDoor: true,
  doorState: true,
  closeDoor: true,
  keepDoorTrail: true,
  captureTab: true,
  actOnTab: true,
  actOnView: true,
  captureView: true,
  listBatches: true,
  openBatch: true,
  listBatchItems: true,
  endBatch: true,
  runBatch: true,
  addWatch: true,
  setWatch: true,
  listWatches: true,
  getWatch: true,
  watchesOfPost: true,
  toldChecks: true,
  diffCheck: true,
  runWatch: true,
  onBatch: true,
  onWatch: true,
  lockSettings: true,
  setLock: true,
  importClipboard: true,
  keychainStatus: true,
  keepPassphrase: true,
  forgetPassphrase: true,
  copyText: true,
  showInFolder: true,
  info: true,
  cancel: true,
  onProgress: true,
  onHost: true,
  onView: true,
  onDoor: true,
  onViewOrder: true,
  onIdleLock: true,
  onChanged: true,
  pathsOf: true,
};

describe('the window', () => {
  test('is our page, over our scheme, under our title', async () => {
    expect(running.page.url()).toBe('holdfast://app/index.html');
    expect(await inPage('moduleRan')).toBe(true);
    const state = await running.app.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      const [window] = windows;
      return {
        count: windows.length,
        title: window?.getTitle(),
        minimum: window?.getMinimumSize(),
        persistent: window?.webContents.session.isPersistent(),
      };
    });
    expect(state).toEqual({ count: 1, title: 'Holdfast', minimum: [900, 600], persistent: false });
  });

  test('has exactly the named functions and nothing of Node', async () => {
    expect(await inPage('Object.keys(holdfast).sort()')).toEqual(Object.keys(bridge).sort());
    expect(await inPage('Object.values(holdfast).every((value) => typeof value === "function")')).toBe(true);
    expect(
      await inPage('[typeof require, typeof process, typeof module, typeof Buffer, typeof electron]'),
    ).toEqual(Array(5).fill('undefined'));
    expect(await inPage('Object.isFrozen(holdfast)')).toBe(true);
  });

  test('has a policy that lets neither inline code nor inline style through', async () => {
    const headers = await attempt('headers');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/,
      ),
      'x-content-type-options': 'nosniff',
    });
    expect(await inPage('typeof inlineScriptRan')).toBe('undefined');
    const color = (id: string) => inPage(`getComputedStyle(document.getElementById('${id}')).color`);
    expect([await color('with-nonce'), await color('without-nonce')]).toEqual([
      'rgb(1, 2, 3)',
      'rgb(0, 0, 0)',
    ]);
    expect(await inPage('document.querySelector("meta[property=csp-nonce]").nonce.length')).toBe(24);
    expect(await attempt('eval')).toBe('refused: EvalError');
    expect(await attempt('newFunction')).toBe('refused: EvalError');
    expect(await attempt('inlineScript')).toBe(false);
    expect(await attempt('inlineHandler')).toBe(false);
  });

  test('keeps spell checking, which would ask a server, off in every session', async () => {
    const state = await running.app.evaluate(({ BrowserWindow, session }) =>
      [session.defaultSession, BrowserWindow.getAllWindows()[0]?.webContents.session].map((one) => [
        one?.isSpellCheckerEnabled(),
        one?.getSpellCheckerLanguages(),
      ]),
    );
    expect(state).toEqual([
      [false, []],
      [false, []],
    ]);
  });
});

describe('the network', () => {
  test.each([
    ['fetch', 'refused: TypeError'],
    ['script', 'error'],
    ['image', 'error'],
    ['style', 'error'],
    ['eventSource', 'error'],
    ['worker', 'refused: SecurityError'],
    ['form', 'submitted'],
    ['frame', 'closed'],
    ['open', true],
    ['navigate', 'asked'],
  ])('is not reached by %s', async (name, answer) => {
    expect(await attempt(name, `${origin}/${name}`)).toBe(answer);
    await attempt('beacon', `${origin}/beacon`);
    expect(await attempt('socket', `${origin.replace('http', 'ws')}/socket`)).toMatch(/error|refused/);
    expect(running.page.url()).toBe('holdfast://app/index.html');
    expect(running.app.windows()).toHaveLength(1);
    expect(reached).toEqual([]);
  });

  test.each(['window', 'default'])(
    'is refused by the %s session itself, without any policy of a page',
    async (which) => {
      const answer = await running.app.evaluate(
        async ({ BrowserWindow, session }, { which, url }) => {
          const one =
            which === 'window'
              ? BrowserWindow.getAllWindows()[0]?.webContents.session
              : session.defaultSession;
          try {
            await one?.fetch(url);
            return 'reached';
          } catch (error) {
            return String(error);
          }
        },
        { which, url: `${origin}/session` },
      );
      expect(answer).toContain('ERR_BLOCKED_BY_CLIENT');
      expect(reached).toEqual([]);
    },
  );

  test('files of this computer are no page either', async () => {
    expect(await attempt('fetch', 'file:///etc/hostname')).toBe('refused: TypeError');
    expect(await attempt('image', 'file:///etc/hostname')).toBe('error');
    await attempt('navigate', 'file:///etc/hostname');
    expect(running.page.url()).toBe('holdfast://app/index.html');
  });
});

describe('permissions', () => {
  test.each(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'])(
    '%s is denied',
    async (name) => {
      expect(await attempt('permission', name)).toBe('denied');
    },
  );

  test('asking for one is refused', async () => {
    expect(await attempt('notification')).toBe('denied');
    expect(await attempt('camera')).toMatch(/^refused: /);
    expect(await attempt('position')).toBe('denied');
    expect(await attempt('clipboard')).toMatch(/^refused: /);
  });

  test('a download is refused', async () => {
    await running.app.evaluate(({ BrowserWindow }) => {
      const seen: boolean[] = [];
      Reflect.set(globalThis, 'downloads', seen);
      BrowserWindow.getAllWindows()[0]?.webContents.session.on('will-download', (event) => {
        seen.push(event.defaultPrevented);
      });
    });
    await attempt('download', 'holdfast://app/window.js');
    await expect.poll(() => running.app.evaluate(() => Reflect.get(globalThis, 'downloads'))).toEqual([true]);
    expect(readdirSync(running.home).sort()).toEqual(expect.not.arrayContaining(['Downloads']));
  });
});

describe('calls', () => {
  test('reach the archive host and come back', async () => {
    expect(await call('listPosts', { query: 'four', offset: 0, limit: 1 })).toEqual({
      ok: true,
      value: { total: 4, totalIsLowerBound: false, posts: [] },
    });
    expect(await call('listPosts', { query: 4 })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await inPage('holdfast.archiveStatus()')).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect(await call('info')).toMatchObject({
      ok: true,
      value: { version: '0.0.1', electron: running.version, hostNode: expect.stringMatching(/^2[2-9]\./) },
    });
  });

  test('report progress under their id and say what changed', async () => {
    expect(await inPage('holdfast.importFiles({ paths: ["progress 3"] }, 41)')).toMatchObject({ ok: true });
    const messages = await inPage('pushed');
    expect(messages).toEqual([
      { channel: 'progress', callId: 41, step: 'counting', done: 1, total: 3, unit: 'items' },
      { channel: 'progress', callId: 41, step: 'counting', done: 3, total: 3, unit: 'items' },
      { channel: 'changed', what: 'posts' },
    ]);
  });

  test('are cancelled by their id', async () => {
    expect(await attempt('cancelFromProgress', 42)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
  });

  test.each(['"7"', '-1', '1.5', '{}'])('refuse %s as an id', async (id) => {
    expect(await inPage(`holdfast.importFiles({ paths: ['x'] }, ${id})`)).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
  });

  test('are refused when another page or an inner frame of the process makes them', async () => {
    const answers = await running.app.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/dist/preload/index.cjs`;
      const ask = 'holdfast.archiveStatus({}).then((answer) => answer.error?.code ?? "answered")';
      const results: unknown[] = [];
      for (const url of ['about:blank', 'data:text/html,<p>hello']) {
        const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await other.loadURL(url);
        results.push(await other.webContents.executeJavaScript(ask));
        other.destroy();
      }
      const [window] = BrowserWindow.getAllWindows().filter((one) => one.isVisible());
      if (window === undefined) throw new Error('no window is shown');
      const { session } = window.webContents;
      const framed = new BrowserWindow({
        show: false,
        webPreferences: { preload, session, sandbox: true, nodeIntegrationInSubFrames: true },
      });
      await framed.loadURL('holdfast://app/index.html');
      await framed.webContents.executeJavaScript(
        `new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.srcdoc = '<p>inside';
          frame.onload = () => resolve();
          document.body.append(frame);
        })`,
      );
      const [inner] = framed.webContents.mainFrame.frames;
      results.push(await inner?.executeJavaScript(ask));
      results.push(await framed.webContents.executeJavaScript(ask));
      framed.destroy();
      return results;
    });
    expect(answers).toEqual(['not-allowed', 'not-allowed', 'not-allowed', 'answered']);
  });
});

describe('artifacts', () => {
  const url = (sha256: string): string => `holdfast-artifact://${sha256}/`;

  test('a picture is shown', async () => {
    expect(await attempt('pixels', url(testArtifacts.png))).toEqual([1, 1]);
  });

  test.each(['html', 'svg'] as const)(
    'hostile %s in a frame is text, and says nothing to the page',
    async (kind) => {
      const frames = running.page.frames().length;
      expect(await attempt('listenToFrame', url(testArtifacts[kind]))).toEqual([]);
      const frame = running.page.frames().at(frames);
      expect(frame?.url()).toBe(url(testArtifacts[kind]));
      const response = await running.app.evaluate(async ({ BrowserWindow }, address) => {
        const answer = await BrowserWindow.getAllWindows()[0]?.webContents.session.fetch(address);
        return {
          type: answer?.headers.get('content-type'),
          policy: answer?.headers.get('content-security-policy'),
        };
      }, url(testArtifacts[kind]));
      expect(response).toEqual({
        type: 'text/plain; charset=utf-8',
        policy: "default-src 'none'; sandbox; frame-ancestors holdfast://app",
      });
    },
  );

  test('hostile SVG as a picture is not shown', async () => {
    expect(await attempt('image', url(testArtifacts.svg))).toBe('error');
  });

  test('script of the window cannot read one', async () => {
    expect(await attempt('fetch', url(testArtifacts.html))).toBe('refused: TypeError');
  });

  test('the window does not become one', async () => {
    await attempt('navigate', url(testArtifacts.html));
    expect(running.page.url()).toBe('holdfast://app/index.html');
  });

  test('200 MiB pass through main whole', async () => {
    const size = await running.app.evaluate(async ({ BrowserWindow }, address) => {
      const answer = await BrowserWindow.getAllWindows()[0]?.webContents.session.fetch(address);
      let bytes = 0;
      const reader = answer?.body?.getReader();
      for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
        bytes += piece.value.byteLength;
      }
      return bytes;
    }, url(testArtifacts.huge));
    expect(size).toBe(hugeSize);
  });
});

describe('dialogs, clipboard and files', () => {
  test('the paths of dropped files are known, and only of files', async () => {
    const path = join(running.home, 'post ä.html');
    writeFileSync(path, 'x');
    await inPage(
      'void document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "f" }))',
    );
    await running.page.setInputFiles('#f', path);
    expect(await inPage('holdfast.pathsOf([...document.getElementById("f").files])')).toEqual([path]);
    expect(await inPage('holdfast.pathsOf([new File(["x"], "made-up"), "text", null, {}])')).toEqual([]);
  });

  test('a cancelled dialog is null, and one that is not starts in a folder', async () => {
    await running.app.evaluate(({ dialog }) => {
      // The system's own dialogs cannot be driven by a test.
      Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: true, filePaths: [] }));
      Reflect.set(dialog, 'showSaveDialog', async (_window: unknown, options: { defaultPath: string }) => ({
        canceled: false,
        filePath: options.defaultPath.replace(/\.zip$/, ''),
      }));
    });
    expect(await call('openDialog', { kind: 'archive' })).toEqual({ ok: true, value: { paths: null } });
    expect(await call('openDialog', { kind: 'anything' })).toMatchObject({ error: { code: 'bad-input' } });
    expect(await call('saveDialog', { kind: 'bundle', suggestedName: '../../etc/a:b' })).toEqual({
      ok: true,
      value: { path: expect.stringMatching(/\/a_b\.zip$/) },
    });
  });

  test('a picture on the clipboard is imported byte for byte as PNG, and none is said so', async () => {
    await running.app.evaluate(({ clipboard }) => clipboard.clear());
    expect(await call('importClipboard')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    const png = await running.app.evaluate(({ clipboard, nativeImage }) => {
      const pixels = Buffer.alloc(64 * 64 * 4, 0x7f);
      const image = nativeImage.createFromBitmap(pixels, { width: 64, height: 64 });
      Reflect.get(clipboard, 'writeImage').call(clipboard, image);
      return Reflect.get(clipboard, 'readImage').call(clipboard).toPNG().toString('base64');
    });
    const bytes = Buffer.from(png, 'base64');
    expect(await call('importClipboard')).toMatchObject({
      ok: true,
      value: {
        warnings: [
          {
            path: expect.stringMatching(/^clipboard-\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z\.png$/),
            code: String(bytes.length),
            message: createHash('sha256').update(bytes).digest('hex'),
          },
        ],
      },
    });
  });

  test('text is copied', async () => {
    expect(await call('copyText', { text: 'שלום' })).toEqual({ ok: true, value: {} });
    expect(await running.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('שלום');
  });

  test.each(['/nowhere/at/all', 'relative'])('%s cannot be shown in its folder', async (path) => {
    expect(await call('showInFolder', { path })).toMatchObject({
      ok: false,
      error: { code: 'file-not-found' },
    });
  });
});

describe('processes', () => {
  test('the transport works over a utility process of this Electron, too', async () => {
    const answers = await running.app.evaluate(
      ({ app }): ReturnType<typeof exerciseUtility> =>
        process.mainModule?.require(`${app.getAppPath()}/dist/utility-echo/index.cjs`).exerciseUtility(),
    );
    const size = 40 * 1024 * 1024;
    expect(answers).toMatchObject({
      reply: { ok: true, value: { total: 4 } },
      refused: { ok: false, error: { code: 'bad-input' } },
      progress: { ok: true },
      lastProgress: 5,
      bytesIn: {
        ok: true,
        value: {
          warnings: [
            { code: String(size), message: createHash('sha256').update(Buffer.alloc(size)).digest('hex') },
          ],
        },
      },
      bytesOut: { ok: true, value: { size: hugeSize } },
      cancelled: { ok: false, error: { code: 'cancelled' } },
      died: { ok: false, error: { code: 'host-stopped' } },
      afterwards: { ok: true, value: { total: 5 } },
      states: ['ready', 'stopped', 'restarted'],
      after: null,
    });
  });

  test('a host that is killed is replaced, and the window is told', async () => {
    const [host] = hostsOf(running.app.process().pid);
    expect(host).toBeDefined();
    process.kill(host ?? 0, 'SIGKILL');
    await pushed({ channel: 'host', state: 'stopped' });
    await pushed({ channel: 'host', state: 'restarted' });
    expect(await call('lockArchive')).toEqual({ ok: true, value: {} });
    expect(hostsOf(running.app.process().pid)).not.toContain(host);
  });

  test('a second start hands over its archive and ends; the first offers it', async () => {
    expect(await running.startAgain(join(running.home, 'second.holdfast'))).toBe(0);
    await pushed({ channel: 'changed', what: 'archive' });
    expect(await call('info')).toMatchObject({
      value: { archivePath: join(running.home, 'second.holdfast') },
    });
    expect(running.app.windows()).toHaveLength(1);
  });

  test('quitting lets the host close and leaves no process behind', async () => {
    const other = await launchApp({ appFolder: built.folder });
    const app = other.app.process().pid;
    const [host] = hostsOf(app);
    expect(host).toBeDefined();
    await other.close();
    for (const pid of [app, host]) expect(() => process.kill(pid ?? 0, 0)).toThrow(/ESRCH/);
  });

  // The last one: Playwright does not speak to a page that has crashed once.
  test('a page that crashes is loaded again', async () => {
    await running.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) throw new Error('there is no window');
      const loaded = new Promise<void>((resolve) => {
        window.webContents.once('did-finish-load', () => resolve());
      });
      window.webContents.forcefullyCrashRenderer();
      await loaded;
    });
    const answer = await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('holdfast.lockArchive({})'),
    );
    expect(answer).toEqual({ ok: true, value: {} });
  });
});

/** Process ids of the archive hosts below a process, on Linux. */
function hostsOf(parent: number | undefined): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((pid) => {
    try {
      const [, parentOf] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(parentOf) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('host.cjs');
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
