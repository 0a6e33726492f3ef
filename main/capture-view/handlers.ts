/** The window's calls about the capture view. */
import type { ShellHandlers } from '../ipc.ts';
import type { SecondDoor } from '../second-door/second-door.ts';
import type { CaptureView } from './capture-view.ts';

type ViewHandlers = Pick<
  ShellHandlers,
  | 'view.open'
  | 'view.close'
  | 'view.place'
  | 'view.navigate'
  | 'view.act'
  | 'view.capture'
  | 'view.lookOnly'
  | 'view.purge'
  | 'view.trail'
>;

/** `door`: look-only is chosen once, for both. */
export function viewHandlers(view: CaptureView, door: SecondDoor): ViewHandlers {
  return {
    'view.open': ({ url, persona }, window) => view.open(window, url, persona),
    'view.lookOnly': async ({ on }) => {
      door.requireIdle();
      const state = view.setLookOnly(on);
      await door.setLookOnly(on);
      return state;
    },
    'view.trail': async ({ on }) => view.setTrail(on),
    'view.close': async () => {
      await view.close();
      return {};
    },
    'view.place': async (placement) => {
      view.place(placement);
      return {};
    },
    'view.navigate': async ({ address }) => view.navigate(address),
    'view.act': async ({ act }) => view.act(act),
    'view.purge': () => view.purge(),
    'view.capture': (how, _window, { signal, onProgress }) => view.capture(how, signal, onProgress),
  };
}
