/** A minimal Electron app that records what its parent process asks for, in a window of its own each time. */
import { app, BrowserWindow, session } from 'electron';
import type { CertificateSource } from '../../../capture/certificates.ts';
import { electronCdp } from '../../../main/electron-cdp.ts';
import { type Recorded, type RunOptions, run } from './run.ts';

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
  const window = new BrowserWindow({
    width: 1000,
    height: 800,
    webPreferences: { session: partition, sandbox: true, contextIsolation: true, spellcheck: false },
  });
  const { webContents } = window;
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
      },
      url,
      options,
    );
  } finally {
    await cdp.detach();
    window.destroy();
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
