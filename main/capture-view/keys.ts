/** The keys of the capture view: the same from the menu, and from a page that would keep them for itself. */
import type { Input } from 'electron';

export type ViewOrder = 'address' | 'switch' | 'capture' | 'back' | 'forward' | 'reload' | 'stop' | 'purge';

type Key = Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt' | 'shift'>;

/** The accelerators of the menu. On a Mac, Option with an arrow moves by words. */
export function accelerators(isMac: boolean): Record<ViewOrder, string> {
  return {
    address: 'CmdOrCtrl+L',
    switch: 'F6',
    capture: 'CmdOrCtrl+Shift+S',
    back: isMac ? 'Cmd+[' : 'Alt+Left',
    forward: isMac ? 'Cmd+]' : 'Alt+Right',
    reload: 'CmdOrCtrl+R',
    stop: 'Escape',
    purge: 'F9',
  };
}

/** What a key that was pressed in the page orders; null for a key that belongs to the page. */
export function orderOf(key: Key, isMac: boolean): ViewOrder | null {
  if (key.type !== 'keyDown') return null;
  const command = isMac ? key.meta : key.control;
  const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
  const pressed = [command && 'command', key.alt && 'alt', key.shift && 'shift', name]
    .filter(Boolean)
    .join('+');
  return orders(isMac).get(pressed) ?? null;
}

function orders(isMac: boolean): Map<string, ViewOrder> {
  return new Map<string, ViewOrder>([
    ['command+l', 'address'],
    ['F6', 'switch'],
    ['command+shift+s', 'capture'],
    [isMac ? 'command+[' : 'alt+ArrowLeft', 'back'],
    [isMac ? 'command+]' : 'alt+ArrowRight', 'forward'],
    ['command+r', 'reload'],
    ['F5', 'reload'],
    ['Escape', 'stop'],
    ['F9', 'purge'],
  ]);
}
