/** The window's calls about the capture view. */
import type { ShellHandlers } from '../ipc.ts';
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

export function viewHandlers(view: CaptureView): ViewHandlers {
  return {
    'view.open': ({ url, persona }, window) => view.open(window, url, persona),
    'view.lookOnly': async ({ on }) => view.setLookOnly(on),
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
