/** How a page of the capture view is run. */
import { dirname, join } from 'node:path';
import type { Session, WebPreferences } from 'electron';
import { pageRestrictions } from '../page-restrictions.ts';

/**
 * Ways from a page to a device or to the system's own dialogs. Refusing the permission is not enough: asking for a USB
 * device crashes Electron 25 as a whole.
 */
const switchedOff = [
  'EyeDropperAPI',
  'FileSystemAccessLocal',
  'Serial',
  'WebBluetooth',
  'WebHID',
  'WebUSB',
].join(',');

// dist/main/index.cjs: what is built lies beside this file's folder.
const preload = join(dirname(import.meta.dirname), 'page', 'index.cjs');

/** Nothing of Node, no dialogs, no developer tools; a preload that only takes `print()` away (preload/page.ts). */
export function pagePreferences(session: Session): WebPreferences {
  return {
    session,
    ...pageRestrictions,
    preload,
    // The preload runs in frames too; it is no Node either.
    nodeIntegrationInSubFrames: true,
    // alert, confirm and prompt would hold the whole window.
    disableDialogs: true,
    devTools: false,
    disableBlinkFeatures: switchedOff,
  };
}
