import type { HoldfastWindow } from '../contract/window.ts';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly holdfast: HoldfastWindow;
  }
}
