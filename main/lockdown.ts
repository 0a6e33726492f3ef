/** Default deny for every session and every page of this process: no network, no permission, no other page. */
import { type App, app, type Session, session, type WebContents } from 'electron';
import { isOwnUrl, isWindowUrl } from './own-urls.ts';

/** Applies to all sessions and web contents from now on; call before Electron is ready. */
export function lockDownEverything(allowDevTools: boolean): void {
  app.on('session-created', (created) => lockDownSession(created, allowDevTools));
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
  refuseRemoteTrust(app);
}

/**
 * The default session is there before anyone can listen. Chromium asks a server for a dictionary within seconds
 * of the first window, so this runs before there is one.
 */
export function lockDownDefaultSession(allowDevTools: boolean): void {
  lockDownSession(session.defaultSession, allowDevTools);
}

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

/** Nobody is asked for a password or a certificate by something that should not have been reached at all. */
function refuseRemoteTrust(target: App): void {
  target.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  target.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  target.on('login', (event) => event.preventDefault());
}
