/** Runs in the page before anything else: puts the fake where the preload script would put the real one. */
import './jitless.ts';
import { type FakeOptions, makeFake } from './holdfast.ts';

declare global {
  interface Window {
    fakeOptions: FakeOptions;
    fake: ReturnType<typeof makeFake>['controls'];
  }
}

const { holdfast, controls } = makeFake(window.fakeOptions);
Object.assign(window, { holdfast, fake: controls });
