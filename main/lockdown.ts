/**
 * Default deny for every session and every page of this process: no network, no permission, no other page. A session
 * of the capture view begins like all others; what it may do more stands in capture-view/capture-session.ts.
 */
import { type App, app, type Session, session, type WebContents } from 'electron';
import { CaptureSession } from './capture-view/capture-session.ts';
import { guardPage } from './capture-view/page-rules.ts';
import { isOwnUrl, isWindowUrl } from './own-urls.ts';

/** Applies to all sessions and web contents from now on; call before Electron is ready. */
export function lockDownEverything(allowDevTools: boolean): void {
  app.on('session-created', (created) => lockDownSession(created, allowDevTools));
  app.on('web-contents-created', (_event, contents) => {
    const capture = CaptureSession.of(contents.session);
    if (capture === null) lockDownContents(contents);
    else guardPage(contents, capture);
  });
  refuseRemoteTrust(app);
}

/**
 * The default session is there before anyone can listen. Chromium asks a server for a dictionary within seconds
 * of the first window, so this runs before there is one. Names are resolved by the system alone: Chromium's own
 * resolver would try servers of its choice.
 */
export function lockDownDefaultSession(allowDevTools: boolean): void {
  lockDownSession(session.defaultSession, allowDevTools);
  app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' });
  // Requests that belong to no session; before Electron 30 they cannot be told apart.
  void app.setProxy?.(nowhere);
}

/**
 * A second wall behind the first, for what Chromium might ask for by itself without the page rules being asked: the
 * discard port of this very computer, which also resolves no name.
 */
const nowhere = { proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' };

function lockDownSession(target: Session, allowDevTools: boolean): void {
  target.setSpellCheckerEnabled(false);
  target.setSpellCheckerLanguages([]);
  target.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, answer) => {
    const own = isOwnUrl(details.url) || details.url.startsWith('data:');
    answer({ cancel: !(own || (allowDevTools && details.url.startsWith('devtools:'))) });
  });
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  target.on('will-download', (event) => event.preventDefault());
  // Left alone, each of these gives away the first device that it finds.
  target.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    choose('');
  });
  target.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    choose('');
  });
  target.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose('');
  });
  void target.setProxy(nowhere);
}

function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isWindowUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame ? !isWindowUrl(event.url) : !isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/**
 * Nobody is asked for a password, and no certificate is shown to a server. Another's certificate that Chromium refuses
 * stays refused, except in the capture view where a person has accepted that very one.
 */
function refuseRemoteTrust(target: App): void {
  target.on('certificate-error', (event, contents, url, error, certificate, answer) => {
    event.preventDefault();
    answer(CaptureSession.of(contents.session)?.certificates.trusts(url, error, certificate) ?? false);
  });
  target.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  target.on('login', (event, contents, _details, { isProxy, host, realm }, answer) => {
    event.preventDefault();
    answer();
    const who = isProxy ? `the proxy ${host}` : host;
    if (contents) CaptureSession.of(contents.session)?.refusals.add('sign-in', `${who} (${realm})`);
  });
}
