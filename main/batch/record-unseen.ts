/** One page in a browser that nobody sees, in a session of its own that ends with it. */
import { BrowserWindow } from 'electron';
import type { CaptureResult, RecordingPurpose } from '../../contract/model/recording.ts';
import { CaptureSession } from '../capture-view/capture-session.ts';
import type { RecordPage } from '../capture-view/capture-view.ts';
import { pagePreferences } from '../capture-view/page-preferences.ts';

/** CSS pixels of the page: what most desktops show of one. */
const viewport = { width: 1280, height: 1024 };

/** Errors: what the recorder throws. */
export async function recordUnseen(
  record: RecordPage,
  order: { url: string; purpose?: RecordingPurpose; signal: AbortSignal },
): Promise<CaptureResult> {
  const capture = new CaptureSession(() => undefined);
  await capture.ready();
  // Pictures of a window that was never shown hang; an offscreen one is drawn without being shown.
  const window = new BrowserWindow({
    ...viewport,
    show: false,
    webPreferences: { ...pagePreferences(capture.session), offscreen: true },
  });
  try {
    await window.loadURL('about:blank');
    const { webContents: contents } = window;
    return await record({
      ...order,
      contents,
      certificates: capture.certificates,
      onProgress: () => undefined,
    });
  } finally {
    window.destroy();
    await capture.end();
  }
}
