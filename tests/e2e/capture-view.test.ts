/** The capture view in the real shell: what its pages may do, what they may not, and who else reaches the network. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShellInput } from '../../contract/channels.ts';
import type { ViewState } from '../../contract/model/view.ts';
import type { HoldfastWindow } from '../../contract/window.ts';
import { testCapture } from '../main/support/test-handlers.ts';
import { launchApp, type RunningApp } from '../support/electron.ts';
import { type Site, startSite } from './support/hostile-site.ts';
import { buildTestApp } from './support/test-app.ts';

let built: Awaited<ReturnType<typeof buildTestApp>>;
let running: RunningApp;
let site: Site;
const place = { x: 20, y: 120, width: 700, height: 400, visible: true };

beforeAll(async () => {
  site = await startSite();
  built = await buildTestApp({ recorder: 'test' });
  running = await launchApp({ appFolder: built.folder });
});

afterAll(async () => {
  await running?.close();
  built?.remove();
  site?.close();
});

beforeEach(async () => {
  await call('closeView');
  await running.page.goto('holdfast://app/index.html');
  await call('placeView', place);
  site.reached.length = 0;
});

function inWindow(expression: string): Promise<unknown> {
  return running.page.evaluate(expression);
}
function call(name: keyof HoldfastWindow, input: unknown = {}, callId?: number): Promise<unknown> {
  return inWindow(`holdfast.${name}(${JSON.stringify(input)}, ${JSON.stringify(callId)})`);
}
/** The newest state that the window was told. */
async function state(): Promise<ViewState> {
  const answer = (await call('openView', { url: null })) as { value: ViewState };
  return answer.value;
}
function act(name: ShellInput<'view.act'>['act']): Promise<unknown> {
  return call('actOnView', { act: name });
}
async function becomes(expected: Partial<ViewState>): Promise<void> {
  await expect.poll(state, { timeout: 30_000 }).toMatchObject(expected);
}
/** Opens the view at an address and waits until it is there. */
async function openAt(url: string): Promise<void> {
  await call('openView', { url });
  await becomes({ open: true, url, loading: false, failure: null });
}
/** Runs a script in the page, as if a person had just clicked there. */
function inPage(script: string): Promise<unknown> {
  return running.app.evaluate(({ webContents }, code) => {
    const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
    return page?.executeJavaScript(code, true);
  }, script);
}
/** What main knows of the page and of the window that it lies over. */
function facts() {
  return running.app.evaluate(({ webContents, BrowserWindow }) => {
    const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
    const [window] = BrowserWindow.getAllWindows();
    const [view] = window?.getBrowserViews() ?? [];
    return {
      persistent: page?.session.isPersistent(),
      same: page?.session === window?.webContents.session,
      agent: page?.getUserAgent(),
      spelling: page?.session.isSpellCheckerEnabled(),
      bounds: view?.getBounds(),
      devTools: page?.isDevToolsOpened(),
    };
  });
}

describe('the page', () => {
  test('is loaded in a session of its own, in memory, that says it is a plain Chromium', async () => {
    await openAt(`${site.http}/`);
    expect(site.reached).toEqual(expect.arrayContaining(['GET /', 'GET /picture-of-start']));
    expect(await state()).toMatchObject({ title: 'Page start', connection: 'plain', capturing: false });
    const { agent, ...rest } = await facts();
    expect(rest).toMatchObject({ persistent: false, same: false, spelling: false });
    expect(agent).toMatch(
      /^Mozilla\/5\.0 \([^)]+\) AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/,
    );
    expect(site.headersOf('/')?.['user-agent']).toBe(agent);
    expect(await inPage('navigator.userAgent')).toBe(agent);
    expect(await inPage('JSON.stringify(navigator.userAgentData.brands)')).not.toMatch(/Electron|Holdfast/);
    expect(await inPage('[typeof require, typeof process, typeof holdfast]')).toEqual(
      Array(3).fill('undefined'),
    );
  });

  test('goes back, forward and is loaded again', async () => {
    await openAt(`${site.http}/one`);
    expect(await state()).toMatchObject({ canGoBack: false, canGoForward: false });
    await call('navigateView', { address: `${site.http}/two` });
    await becomes({ url: `${site.http}/two`, canGoBack: true, loading: false });
    await act('back');
    await becomes({ url: `${site.http}/one`, title: 'Page one', canGoBack: false, canGoForward: true });
    await act('forward');
    await becomes({ title: 'Page two', loading: false });
    const before = site.reached.length;
    await act('reload');
    await expect.poll(() => site.reached.slice(before)).toContain('GET /two');
  });

  test('is stopped while it loads', async () => {
    await openAt(`${site.http}/one`);
    await call('navigateView', { address: `${site.http}/never` });
    await becomes({ url: `${site.http}/never`, loading: true });
    await act('stop');
    await becomes({ url: `${site.http}/one`, loading: false, failure: null });
  });

  test('forgets everything when the view is closed', async () => {
    await openAt(`${site.http}/`);
    await openAt(`${site.http}/again`);
    expect(site.headersOf('/again')?.cookie).toBe('seen=1');
    await call('closeView');
    expect(await inWindow('pushed.findLast(({ channel }) => channel === "view")')).toMatchObject({
      open: false,
    });
    await openAt(`${site.http}/afterwards`);
    expect(site.headersOf('/afterwards')?.cookie).toBeUndefined();
    expect((await state()).canGoBack).toBe(false);
  });

  test('that is not there is said so, and is not shown', async () => {
    await call('openView', { url: 'http://127.0.0.1:1/' });
    await becomes({ failure: expect.stringContaining('ERR_UNSAFE_PORT'), loading: false });
    expect((await facts()).bounds).toBeUndefined();
    await call('navigateView', { address: 'no-such-host.invalid' });
    await becomes({
      url: 'https://no-such-host.invalid/',
      failure: expect.stringContaining('ERR_NAME_NOT_RESOLVED'),
    });
    await openAt(`${site.http}/`);
    expect((await facts()).bounds).toMatchObject({ width: place.width });
  });

  test.each([
    'file:///etc/hostname',
    'holdfast://app/index.html',
    'javascript:alert(1)',
    'data:text/html,x',
    'chrome://gpu',
    'view-source:http://127.0.0.1/',
    'https://user:secret@example.org/',
    'two words',
    'https://',
  ])('does not stand at %s', async (address) => {
    await openAt(`${site.http}/`);
    expect(await call('navigateView', { address })).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect((await state()).url).toBe(`${site.http}/`);
  });

  test('lies where the window says, cut to the window, and nowhere else', async () => {
    await openAt(`${site.http}/`);
    expect((await facts()).bounds).toEqual({ x: 20, y: 120, width: 700, height: 400 });
    await call('placeView', { ...place, x: -50, width: 100_000 });
    const cut = (await facts()).bounds;
    expect(cut?.x).toBe(0);
    expect(cut?.width).toBeLessThan(3000);
    await call('placeView', { ...place, visible: false });
    expect((await facts()).bounds).toBeUndefined();
    await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2),
    );
    await call('placeView', { ...place, width: 200, height: 100 });
    expect((await facts()).bounds).toEqual({ x: 40, y: 240, width: 400, height: 200 });
    await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1),
    );
  });
});

describe('what a page is refused, and what is said of it', () => {
  const refused = async () => (await state()).refused;

  test.each([
    ['a new window', 'open("/pop-up"); 0', { what: 'window', detail: '/pop-up' }],
    [
      'a link for a new window',
      'Object.assign(document.body.appendChild(document.createElement("a")), { href: "/other-tab", target: "_blank" }).click()',
      { what: 'window', detail: '/other-tab' },
    ],
    ['a download', 'location.href = "/file"', { what: 'download', detail: '/file' }],
    [
      'a download by attribute',
      'Object.assign(document.body.appendChild(document.createElement("a")), { href: "data:text/plain,x", download: "x" }).click()',
      { what: 'download', detail: 'data:text/plain,x' },
    ],
    [
      'another program',
      'location.href = "mailto:somebody@example.invalid"',
      { what: 'navigation', detail: 'mailto:' },
    ],
    ['a call', 'location.href = "tel:+15550100"', { what: 'navigation', detail: 'tel:' }],
    [
      'our own window',
      'location.href = "holdfast://app/index.html"',
      { what: 'navigation', detail: 'holdfast://app' },
    ],
    [
      'geolocation',
      'navigator.geolocation.getCurrentPosition(() => {}, () => {})',
      { what: 'permission', detail: 'geolocation' },
    ],
    ['notifications', 'Notification.requestPermission(); 0', { what: 'permission', detail: 'notifications' }],
    [
      'the screen',
      'navigator.mediaDevices.getDisplayMedia().catch(() => 0)',
      { what: 'permission', detail: 'media' },
    ],
    [
      'the full screen',
      'void document.documentElement.requestFullscreen()',
      { what: 'permission', detail: 'fullscreen' },
    ],
  ])('%s', async (_name, script, { what, detail }) => {
    await openAt(`${site.http}/`);
    await inPage(script);
    await expect.poll(refused).toContainEqual({ what, detail: expect.stringContaining(detail) });
    expect((await state()).url).toBe(`${site.http}/`);
    const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
    expect(readdirSync(running.home)).not.toContain('Downloads');
  });

  test('the pointer', async () => {
    await openAt(`${site.http}/`);
    await running.app.evaluate(({ webContents }) => {
      const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
      page?.focus();
    });
    // Only a page that has the focus may ask.
    await expect.poll(() => inPage('document.hasFocus()')).toBe(true);
    const asked = `new Promise((resolve) => {
      document.addEventListener('pointerlockerror', () => resolve('refused'));
      document.addEventListener('pointerlockchange', () => resolve('locked'));
      void document.documentElement.requestPointerLock();
    })`;
    expect(await inPage(asked)).toBe('refused');
    expect(await refused()).toContainEqual({
      what: 'permission',
      detail: expect.stringContaining('pointerLock'),
    });
  });

  test('a file of this computer: nothing of it comes', async () => {
    await openAt(`${site.http}/`);
    await inPage('location.href = "file:///etc/hostname"');
    await inPage(
      'Object.assign(document.body.appendChild(document.createElement("iframe")), { src: "file:///etc/hostname" }); 0',
    );
    await becomes({ url: `${site.http}/`, loading: false });
    expect(await inPage('frames[0].length === 0 && location.href')).toBe(`${site.http}/`);
  });

  test('a frame inside it may not leave the web either', async () => {
    await openAt(`${site.http}/`);
    await inPage(
      'Object.assign(document.body.appendChild(document.createElement("iframe")), { src: "holdfast://app/index.html" }); 0',
    );
    await expect.poll(refused).toContainEqual({ what: 'navigation', detail: 'holdfast://app/index.html' });
  });

  test('a server that sends elsewhere than to the web', async () => {
    await openAt(`${site.http}/`);
    await call('navigateView', { address: `${site.http}/redirect-out` });
    await expect.poll(refused).toContainEqual({ what: 'navigation', detail: 'holdfast://app/index.html' });
    await becomes({ url: `${site.http}/`, title: 'Page start', loading: false });
  });

  test('a password: the page is shown as for a stranger', async () => {
    await openAt(`${site.http}/auth`);
    expect(await state()).toMatchObject({ title: 'Members only' });
    expect(await refused()).toEqual([{ what: 'sign-in', detail: expect.stringContaining('Members') }]);
  });

  test('devices, files and what it could take without being seen', async () => {
    await openAt(`${site.http}/`);
    const ways = ['navigator.usb', 'navigator.hid', 'navigator.serial', 'navigator.bluetooth'];
    expect(await inPage(`[${[...ways, 'globalThis.showOpenFilePicker']}].map((way) => typeof way)`)).toEqual(
      Array(5).fill('undefined'),
    );
    for (const asked of [
      'navigator.mediaDevices.getUserMedia({ video: true })',
      'navigator.clipboard.readText()',
      'navigator.requestMIDIAccess()',
      'getScreenDetails()',
    ]) {
      expect(await inPage(`${asked}.then(() => 'given', () => 'refused')`)).toBe('refused');
    }
    const state = 'navigator.permissions.query({ name: "geolocation" }).then(({ state }) => state)';
    expect(await inPage(state)).toBe('denied');
  });

  test('it cannot hold the window up with a dialog, nor be kept from being left', async () => {
    await openAt(`${site.http}/`);
    expect(await inPage('alert("x"); confirm("y")')).toBe(false);
    await inPage(
      'addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; }); 0',
    );
    await call('navigateView', { address: `${site.http}/next` });
    await becomes({ url: `${site.http}/next`, title: 'Page next' });
  });

  test.each([
    ['the page', 'print()'],
    ['a frame of it', 'frame.contentWindow.print()'],
    [
      'a frame that is still empty',
      'document.body.appendChild(document.createElement("iframe")).contentWindow.print()',
    ],
  ])('the system’s dialog for printing is not opened by %s', async (_name, script) => {
    await openAt(`${site.http}/`);
    // Whatever prints says so first.
    const asked = `new Promise((resolve) => {
      const frame = Object.assign(document.createElement('iframe'), { srcdoc: '<p>framed' });
      const said = [];
      addEventListener('beforeprint', () => said.push('page'));
      frame.onload = () => {
        frame.contentWindow.addEventListener('beforeprint', () => said.push('frame'));
        ${script};
        resolve(said.join() + document.getElementsByTagName('iframe').length + String(print).includes('[native code]'));
      };
      document.body.append(frame);
    })`;
    expect(await inPage(asked)).toMatch(/^[12]true$/);
    await becomes({ url: `${site.http}/`, loading: false });
  });

  test('the list holds each refusal once, and no more than twenty', async () => {
    await openAt(`${site.http}/`);
    await inPage('for (let n = 0; n < 30; n += 1) open("/window-" + (n % 25)); 0');
    await expect.poll(async () => (await refused()).length).toBe(20);
    expect((await refused())[0]).toEqual({ what: 'window', detail: `${site.http}/window-4` });
    expect(new Set((await refused()).map(({ detail }) => detail)).size).toBe(20);
  });
});

describe('a certificate that nobody vouches for', () => {
  test('hides the page until it is accepted, for this host and this opening only', async () => {
    await call('openView', { url: `${site.https}/secret` });
    await becomes({
      certificateError: expect.stringContaining('ERR_CERT_AUTHORITY_INVALID'),
      loading: false,
    });
    const { certificateError, connection } = await state();
    expect(certificateError).toContain(site.fingerprint);
    expect(certificateError).toContain('elsewhere.invalid');
    expect(connection).toBe('none');
    expect((await facts()).bounds).toBeUndefined();
    expect(site.reached).toEqual([]);

    await act('accept-certificate');
    await becomes({ title: 'Page secret', certificateError: null, connection: 'exception', loading: false });
    expect((await facts()).bounds).toMatchObject({ width: place.width });
    expect(site.reached).toEqual(expect.arrayContaining(['GET /secret', 'GET /picture-of-secret']));

    const captured = await call('captureView', {}, 50);
    expect(captured).toMatchObject({ ok: true, value: { verdict: 'complete' } });

    const byName = site.https.replace('127.0.0.1', 'localhost');
    await call('navigateView', { address: `${byName}/secret` });
    await becomes({ certificateError: expect.stringContaining('localhost'), loading: false });
    await call('closeView');
    await call('openView', { url: `${site.https}/secret` });
    await becomes({
      certificateError: expect.stringContaining('ERR_CERT_AUTHORITY_INVALID'),
      loading: false,
    });
  });

  test('there is nothing to accept where nothing is wrong', async () => {
    await openAt(`${site.http}/`);
    await act('accept-certificate');
    expect(await state()).toMatchObject({ url: `${site.http}/`, connection: 'plain' });
  });
});

describe('the network', () => {
  test.each(['window', 'default', 'new'])(
    'is not there for the %s session while the view uses it',
    async (which) => {
      await openAt(`${site.http}/`);
      const answers = await running.app.evaluate(
        async ({ BrowserWindow, session }, { which, url }) => {
          const own = BrowserWindow.getAllWindows()[0]?.webContents.session;
          const others = {
            window: own,
            default: session.defaultSession,
            new: session.fromPartition('another'),
          };
          const one = Reflect.get(others, which) as typeof own;
          const first = await one?.fetch(url).then(() => 'reached', String);
          // Without the rule, its proxy still leads nowhere.
          one?.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (_details, answer) => answer({}));
          const second =
            which === 'new' ? await one?.fetch(url).then(() => 'reached', String) : 'net::ERR_PROXY';
          return [first, second];
        },
        { which, url: `${site.http}/from-elsewhere` },
      );
      expect(answers[0]).toContain('ERR_BLOCKED_BY_CLIENT');
      expect(answers[1]).toContain('ERR_PROXY');
      expect(site.reached).not.toContain('GET /from-elsewhere');
    },
  );

  test('a page of the window that asks still gets nothing', async () => {
    await openAt(`${site.http}/`);
    expect(await inWindow(`attempt('fetch', '${site.http}/by-window')`)).toBe('refused: TypeError');
    expect(await inWindow(`attempt('image', '${site.http}/by-window')`)).toBe('error');
    expect(site.reached).not.toContain('GET /by-window');
  });
});

describe('a capture', () => {
  /** Begins one and answers once the recorder is at work. */
  async function begin(callId: number): Promise<void> {
    await inWindow(`void (globalThis.captured = holdfast.captureView({}, ${callId}))`);
    await expect
      .poll(() => inWindow('pushed'))
      .toContainEqual(expect.objectContaining({ channel: 'progress', callId, step: 'recording' }));
  }

  test('takes the page that is shown, and says so when it is sealed', async () => {
    await openAt(`${site.http}/post`);
    const result = await call('captureView', {}, 61);
    expect(result).toMatchObject({
      ok: true,
      value: { id: testCapture, finalUrl: `${site.http}/post`, verdict: 'complete', reasons: [] },
    });
    const pushed = await inWindow('pushed');
    expect(pushed).toContainEqual(
      expect.objectContaining({ channel: 'progress', callId: 61, step: 'sealing' }),
    );
    expect(pushed).toContainEqual({ channel: 'changed', what: 'posts' });
    expect(pushed).toContainEqual(expect.objectContaining({ channel: 'view', capturing: true }));
    expect(await state()).toMatchObject({ capturing: false, url: `${site.http}/post` });
  });

  test('leaves no empty page in the history that anybody comes to', async () => {
    await openAt(`${site.http}/one`);
    await openAt(`${site.http}/two`);
    expect(await call('captureView', {}, 70)).toMatchObject({ ok: true });
    expect(await inWindow('pushed.map(({ url }) => url)')).not.toContain('about:blank');
    await becomes({ url: `${site.http}/two`, canGoBack: true, canGoForward: false, loading: false });
    await act('back');
    await becomes({ url: `${site.http}/two`, title: 'Page two', canGoForward: true, loading: false });
    await act('back');
    await becomes({ url: `${site.http}/one`, title: 'Page one', canGoBack: false, loading: false });
    await act('forward');
    await becomes({ url: `${site.http}/two`, title: 'Page two', loading: false });
    await act('forward');
    await becomes({ url: `${site.http}/two`, title: 'Page two', canGoForward: false, loading: false });
  });

  test('takes no other order but to stop, keeps what it has, and gets its picture while the window shows something else', async () => {
    await openAt(`${site.http}/wait`);
    await begin(62);
    for (const asked of [
      call('navigateView', { address: `${site.http}/elsewhere` }),
      act('reload'),
      act('back'),
      call('captureView', {}, 63),
    ]) {
      expect(await asked).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    await call('placeView', { ...place, visible: false });
    expect((await facts()).bounds).toMatchObject({ width: place.width, height: place.height });
    await act('stop');
    const result = await inWindow('captured');
    expect(result).toMatchObject({
      ok: true,
      value: { verdict: 'incomplete', reasons: [{ code: 'stopped-by-user' }] },
    });
    expect(JSON.stringify(result)).toMatch(/artifact screenshot [1-9]\d{2,}/);
    expect(site.reached).not.toContain('GET /elsewhere');
    expect((await facts()).bounds).toBeUndefined();
  });

  test('keeps the keyboard with the window, where Escape stops it', async () => {
    await openAt(`${site.http}/wait`);
    await begin(71);
    const focused = (take: boolean) =>
      running.app.evaluate(({ webContents, BrowserWindow }, first) => {
        const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
        if (first) page?.focus();
        return [page?.isFocused(), BrowserWindow.getAllWindows()[0]?.webContents.isFocused()];
      }, take);
    await focused(true);
    await expect.poll(() => focused(false)).toEqual([false, true]);
    await act('stop');
    await inWindow('captured');
  });

  test('is cancelled by its id', async () => {
    await openAt(`${site.http}/wait`);
    await begin(64);
    await inWindow('holdfast.cancel(64)');
    expect(await inWindow('captured')).toMatchObject({ ok: true, value: { verdict: 'incomplete' } });
  });

  test('ends with what it has when the page’s process dies, and the view can be used again', async () => {
    await openAt(`${site.http}/wait`);
    await begin(65);
    await running.app.evaluate(({ webContents }) => {
      const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
      page?.forcefullyCrashRenderer();
    });
    expect(await inWindow('captured')).toMatchObject({
      ok: true,
      value: { reasons: [{ code: 'interrupted' }] },
    });
    await becomes({ capturing: false, failure: expect.stringContaining('process of the page ended') });
    await act('reload');
    await becomes({ failure: null, title: 'Page wait', loading: false });
  });

  test('that the recorder cannot make is told, and the view is free again', async () => {
    await openAt(`${site.http}/fail`);
    expect(await call('captureView', {}, 66)).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect((await state()).capturing).toBe(false);
  });

  test('needs a page', async () => {
    await call('openView', { url: null });
    expect(await call('captureView', {}, 67)).toMatchObject({ ok: false, error: { code: 'nothing-to-do' } });
    await call('closeView');
    expect(await call('captureView', {}, 68)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  test('and the page end when the archive is locked', async () => {
    await openAt(`${site.http}/wait`);
    await begin(69);
    await call('lockArchive');
    await inWindow('captured');
    await expect
      .poll(() => inWindow('pushed.findLast(({ channel }) => channel === "view")'))
      .toMatchObject({ open: false });
    const pages = await running.app.evaluate(
      ({ webContents }) =>
        webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL())).length,
    );
    expect(pages).toBe(0);
  });
});

describe('keys that are pressed in the page', () => {
  function press(keyCode: string, ...modifiers: ('control' | 'alt' | 'shift')[]): Promise<void> {
    return running.app.evaluate(
      ({ webContents }, key) => {
        const [page] = webContents.getAllWebContents().filter((one) => /^https?:/.test(one.getURL()));
        page?.sendInputEvent({ type: 'keyDown', ...key });
        page?.sendInputEvent({ type: 'keyUp', ...key });
      },
      { keyCode, modifiers },
    );
  }

  test('belong to the view where they are its own, whatever the page does with them', async () => {
    await openAt(`${site.http}/one`);
    await openAt(`${site.http}/two`);
    await inPage(
      'globalThis.keys = []; addEventListener("keydown", (event) => { keys.push(event.key); event.preventDefault(); }, true); 0',
    );
    await press('L', 'control');
    await press('S', 'control', 'shift');
    await press('x');
    await expect
      .poll(() =>
        inWindow('pushed.filter(({ channel }) => channel === "viewOrder").map(({ order }) => order)'),
      )
      .toEqual(['address', 'capture']);
    await expect.poll(() => inPage('keys.join()')).toBe('x');
    await press('Left', 'alt');
    await becomes({ url: `${site.http}/one` });
  });
});

describe('a recorded page, shown again', () => {
  const address = `holdfast-replay://${testCapture}/`;

  test('has its words, styles and pictures from the recording, and no script and no network', async () => {
    expect(await inWindow(`attempt('listenToFrame', '${address}')`)).toEqual([]);
    const frame = running.page.frames().find((one) => one.url() === address);
    const seen = await frame?.evaluate(`({
      words: document.getElementById('words').textContent,
      color: getComputedStyle(document.getElementById('words')).color,
      own: document.getElementById('own').naturalWidth,
      raw: document.getElementById('raw').naturalWidth,
      missing: document.getElementById('missing').naturalWidth,
      scripts: document.scripts.length,
      frames: frames.length,
      origin: origin,
    })`);
    expect(seen).toEqual({
      words: 'Words of the page',
      color: 'rgb(1, 2, 3)',
      own: 1,
      raw: 1,
      missing: 0,
      scripts: 0,
      frames: 1,
      origin: 'null',
    });
    await frame?.locator('button').click();
    expect(frame?.url()).toBe(address);
  });

  test('cannot become the window, and is nobody else’s to read', async () => {
    expect(await inWindow(`attempt('fetch', '${address}')`)).toBe('refused: TypeError');
    await inWindow(`attempt('navigate', '${address}')`);
    expect(running.page.url()).toBe('holdfast://app/index.html');
    await openAt(`${site.http}/`);
    await inPage(`location.href = ${JSON.stringify(address)}`);
    await expect
      .poll(async () => (await state()).refused)
      .toContainEqual({ what: 'navigation', detail: address });
  });
});
