/** How a page of the capture view is run. */
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

/** No preload, nothing of Node, no dialogs, no developer tools. */
export function pagePreferences(session: Session): WebPreferences {
  return {
    session,
    ...pageRestrictions,
    // alert, confirm and prompt would hold the whole window.
    disableDialogs: true,
    devTools: false,
    disableBlinkFeatures: switchedOff,
  };
}
