/** A minimal Electron app that records what its parent process asks for, in a window of its own each time. */
import { app, BrowserWindow, type Session, session, type WebContents } from 'electron';
import type { CertificateSource } from '../../../capture/certificates.ts';
import { placeView } from '../../../main/capture-view/placed-view.ts';
import { parkedBounds } from '../../../main/capture-view/placement.ts';
import { electronCdp } from '../../../main/electron-cdp.ts';
import { type Recorded, type RunOptions, run, type Stage, usualStage } from './run.ts';

/** What the parent asks for. */
export interface Order {
  id: number;
  url: string;
  options: RunOptions;
}

/** Of the order with this number; number 0: the app is ready. */
export interface Answer {
  id: number;
  recorded?: Recorded;
  error?: string;
}

let windows = 0;

/** Where the page is: in a window of its own, or laid over one as the capture view is. */
function stage(from: Session, { kind, width, height }: Stage = usualStage) {
  const webPreferences = { session: from, sandbox: true, contextIsolation: true, spellcheck: false };
  if (kind === 'window') {
    const window = new BrowserWindow({ width, height, useContentSize: true, webPreferences });
    return { contents: window.webContents, end: () => window.destroy() };
  }
  const window = new BrowserWindow({ width: 1000, height: 800, useContentSize: true });
  const view = placeView(window, webPreferences);
  const bounds = { x: 20, y: 120, width, height };
  view.show(kind === 'parked' ? parkedBounds(window, bounds) : bounds);
  return {
    contents: view.contents,
    end: () => {
      view.close();
      window.destroy();
    },
  };
}

/** Everything that a person could do to a page, by the same way into Chromium as from the system. */
function disturb(contents: WebContents): void {
  contents.focus();
  const at = { x: 50, y: 50 };
  contents.sendInputEvent({ type: 'mouseMove', ...at });
  contents.sendInputEvent({ type: 'mouseDown', button: 'left', clickCount: 1, ...at });
  contents.sendInputEvent({ type: 'mouseMove', x: 90, y: 90, modifiers: ['leftbuttondown'] });
  contents.sendInputEvent({ type: 'mouseUp', button: 'left', clickCount: 1, x: 90, y: 90 });
  contents.sendInputEvent({ type: 'mouseWheel', deltaX: 0, deltaY: -300, canScroll: true, ...at });
  for (const type of ['keyDown', 'char', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode: 'x' });
}

async function record({ url, options }: Order): Promise<Recorded> {
  const partition = session.fromPartition(`memory-${windows++}`);
  partition.setSpellCheckerEnabled(false);
  partition.setSpellCheckerLanguages([]);
  const chains = new Map<string, Uint8Array[]>();
  partition.setCertificateVerifyProc(({ hostname, certificate, errorCode }, answer) => {
    const chain: Uint8Array[] = [];
    for (let one: Electron.Certificate | undefined = certificate; one !== undefined; one = one.issuerCert) {
      chain.push(Buffer.from(one.data.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
      if (one.issuerCert === one) break;
    }
    chains.set(hostname, chain);
    answer(options.acceptedCertificateError === undefined ? errorCode : 0);
  });
  const certificates: CertificateSource = {
    chain: async (origin) => chains.get(new URL(origin).hostname) ?? [],
    error: async () => options.acceptedCertificateError ?? null,
  };
  const { contents: webContents, end } = stage(partition, options.stage);
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  await webContents.loadURL('about:blank');
  const cdp = electronCdp(webContents);
  try {
    return await run(
      {
        session: cdp,
        engine: {
          name: 'electron',
          version: `Chromium ${process.versions.chrome}`,
          userAgent: webContents.getUserAgent(),
        },
        certificates,
        print: () => webContents.printToPDF({ printBackground: true }),
        kill: () => webContents.forcefullyCrashRenderer(),
        disturb: () => disturb(webContents),
      },
      url,
      options,
    );
  } finally {
    await cdp.detach();
    end();
  }
}

app.on('window-all-closed', () => undefined);
process.on('disconnect', () => app.exit(0));
function answer(message: Answer): void {
  process.send?.(message);
}

process.on('message', (order: Order) => {
  record(order).then(
    (recorded) => answer({ id: order.id, recorded }),
    (error: unknown) => answer({ id: order.id, error: String(error) }),
  );
});
void app.whenReady().then(() => answer({ id: 0 }));
