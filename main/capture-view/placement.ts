/** From the window's own pixels to those of the system. */
import type { BrowserWindow, Rectangle } from 'electron';
import type { ShellInput } from '../../contract/channels.ts';

/**
 * In: a rectangle in CSS pixels of the window's page. Out: device-independent pixels, cut to the window's content;
 * null where nothing of it is to be seen.
 */
export function boundsOf(place: ShellInput<'view.place'>, window: BrowserWindow): Rectangle | null {
  if (!place.visible) return null;
  const [width, height] = window.getContentSize();
  const zoom = window.webContents.getZoomFactor();
  const left = clamp(place.x * zoom, width);
  const top = clamp(place.y * zoom, height);
  const right = clamp((place.x + place.width) * zoom, width);
  const bottom = clamp((place.y + place.height) * zoom, height);
  if (right - left < 1 || bottom - top < 1) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function clamp(value: number, most = 0): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}

/** The same size with one pixel of it in the window's last corner: drawn, and in nobody's way. */
export function parkedBounds(window: BrowserWindow, size: Rectangle | null): Rectangle {
  const [width = 1, height = 1] = window.getContentSize();
  return { x: width - 1, y: height - 1, width: size?.width ?? width, height: size?.height ?? height };
}
