/** A page laid over a part of the window, as the old and the new Electron do it. */
import { BrowserView, type BrowserWindow, type Rectangle, type WebContents, WebContentsView } from 'electron';

export interface PlacedView {
  readonly contents: WebContents;
  /** Shows it there; device-independent pixels from the top left of the window's content. */
  show(bounds: Rectangle): void;
  hide(): void;
  /** Takes it away and ends its page. */
  close(): void;
}

/** A view over `window`, hidden until it is shown. */
export function placeView(window: BrowserWindow, webPreferences: Electron.WebPreferences): PlacedView {
  // Electron 25 has the class but windows without a content view.
  return window.contentView === undefined
    ? browserView(window, webPreferences)
    : contentsView(window, webPreferences);
}

function contentsView(window: BrowserWindow, webPreferences: Electron.WebPreferences): PlacedView {
  const view = new WebContentsView({ webPreferences });
  view.setVisible(false);
  window.contentView.addChildView(view);
  return {
    contents: view.webContents,
    show(bounds) {
      view.setBounds(bounds);
      view.setVisible(true);
    },
    hide: () => view.setVisible(false),
    close() {
      if (!window.isDestroyed()) window.contentView.removeChildView(view);
      closePage(view.webContents);
    },
  };
}

function browserView(window: BrowserWindow, webPreferences: Electron.WebPreferences): PlacedView {
  const view = new BrowserView({ webPreferences });
  let shown = false;
  const hide = (): void => {
    if (shown && !window.isDestroyed()) window.removeBrowserView(view);
    shown = false;
  };
  return {
    contents: view.webContents,
    show(bounds) {
      if (!shown) window.addBrowserView(view);
      shown = true;
      view.setBounds(bounds);
    },
    hide,
    close() {
      hide();
      closePage(view.webContents);
    },
  };
}

/** A view does not end its page by itself; when the window is gone, the page is too. */
function closePage(contents: WebContents | undefined): void {
  if (contents !== undefined && !contents.isDestroyed()) contents.close();
}
