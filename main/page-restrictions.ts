/** What holds for every page that this program shows, the window's own and the web's. */
import type { WebPreferences } from 'electron';

export const pageRestrictions: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  plugins: false,
  // A file that is dropped on a page must not take its place.
  navigateOnDragDrop: false,
};
