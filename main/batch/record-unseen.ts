/** One page in a browser that nobody sees, in a session of its own that ends with it. */

import { BrowserWindow, session } from 'electron';
import { AutopilotControl } from '../../capture/autopilot/control.ts';
import { notApplied } from '../../capture/persona/not-applied.ts';
import type { Circumstances } from '../../contract/capture-job.ts';
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { CaptureResult, RecordingPurpose } from '../../contract/model/recording.ts';
import { CaptureSession } from '../capture-view/capture-session.ts';
import type { RecordPage } from '../capture-view/capture-view.ts';
import { pagePreferences } from '../capture-view/page-preferences.ts';
import { circumstancesOf, dress, keep, tellNotKept, wear } from '../capture-view/worn.ts';
import type { HostClient } from '../host-client.ts';

/** CSS pixels of the page: what most desktops show of one. */
const viewport = { width: 1280, height: 1024 };

export interface UnseenOrder {
  url: string;
  circumstances: Circumstances;
  /** How far the autopilot may go through the page; null: the page is recorded as it loads. */
  autopilot: AutopilotLimits | null;
  /** Of the autopilot; missing: nobody stops it but by the signal. */
  control?: AutopilotControl;
  purpose?: RecordingPurpose;
  signal: AbortSignal;
}

/** Errors: what the recorder throws; those of a persona that cannot be worn, then nothing was asked for. */
export async function recordUnseen(
  host: Pick<HostClient, 'call'>,
  record: RecordPage,
  { circumstances: { persona, access, lookOnly }, autopilot: limits, control, ...order }: UnseenOrder,
): Promise<CaptureResult> {
  const worn = persona === null ? null : await wear(host, persona, session.defaultSession.getUserAgent());
  const capture = new CaptureSession(() => undefined, worn);
  capture.lookOnly.isOn = lookOnly;
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
    contents.on('did-navigate', (_event, visited) => capture.visited(visited));
    const dresser = await dress(contents, capture).catch((cause: unknown) => {
      throw notApplied(cause);
    });
    dresser?.pause();
    return await record({
      ...order,
      contents,
      certificates: capture.certificates,
      session: dresser?.session ?? null,
      circumstances: circumstancesOf(capture, order.url, access, dresser),
      onProgress: () => undefined,
      autopilot: limits === null ? null : { limits, control: control ?? new AutopilotControl() },
    }).finally(() => keep(host, capture, false).catch(tellNotKept));
  } finally {
    window.destroy();
    await capture.end();
  }
}
