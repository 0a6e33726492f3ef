/** What main tells the window without being asked. */
import { BrowserWindow, type WebContents } from 'electron';
import type { PushChannel, PushMessage } from '../contract/channels.ts';
import { CaptureSession } from './capture-view/capture-session.ts';

/** To one window; one that is gone by now needs it no more. */
export function pushTo<C extends PushChannel>(
  contents: WebContents,
  channel: C,
  message: PushMessage<C>,
): void {
  if (!contents.isDestroyed()) contents.send(`push.${channel}`, message);
}

/** To every window of ours; pages of the web, which live in capture sessions, hear nothing. */
export function pushToAll<C extends PushChannel>(channel: C, message: PushMessage<C>): void {
  for (const { webContents: contents } of BrowserWindow.getAllWindows()) {
    if (CaptureSession.of(contents.session) === null) pushTo(contents, channel, message);
  }
}
