/** What a page in the capture view may do by itself: go from web page to web page. Nothing else. */
import type { WebContents } from 'electron';
import { isWebUrl } from './address.ts';
import type { CaptureSession } from './capture-session.ts';

/** Holds a page to the rules from its first moment on; what it is refused is taken down in `capture`. */
export function guardPage(contents: WebContents, capture: CaptureSession): void {
  const { refusals } = capture;
  contents.setWindowOpenHandler(({ url }) => {
    refusals.add('window', url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    const allowed = isWebUrl(event.url) || (!event.isMainFrame && /^(about|blob|data):/i.test(event.url));
    if (allowed) return;
    refusals.add('navigation', event.url);
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (isWebUrl(event.url)) return;
    refusals.add('navigation', event.url);
    event.preventDefault();
  });
  // A page may not hold back whoever leaves it: preventing this event lets the page go.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
