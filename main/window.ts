/** The one window: sandboxed, in a session that lives in memory only. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Session, session } from 'electron';
import { windowOrigin } from './own-urls.ts';
import { pageRestrictions } from './page-restrictions.ts';

/** Not `persist:`, which would leave what was shown in clear in a cache folder. */
const partition = 'holdfast-window';

/** The session in which the window lives and in which our protocols are served. */
export function windowSession(): Session {
  return session.fromPartition(partition, { cache: false });
}

export interface WindowOptions {
  /** The folder with the built preload script. */
  distPath: string;
  devTools: boolean;
  /** For the title bar: why this copy of the program is for tests only; null for any other. */
  notForUsers: string | null;
}

/** Opens the window and begins to load it; it shows itself when there is something to see. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: options.notForUsers === null ? 'Holdfast' : `Holdfast – ${options.notForUsers}`,
    width: 1280,
    height: 820,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      session: windowSession(),
      preload: join(options.distPath, 'preload', 'index.cjs'),
      ...pageRestrictions,
      safeDialogs: true,
      devTools: options.devTools,
    },
  });
  window.once('ready-to-show', () => window.show());
  // Titles come from pages elsewhere; this one is ours.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(`${windowOrigin}/index.html`).catch((error: unknown) => {
    process.stderr.write(
      `The window could not be loaded: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  });
  return window;
}
