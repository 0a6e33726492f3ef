/** A run of the app that ends by itself: the holdfast command, the smoke test. */
import { writeSync } from 'node:fs';
import { app } from 'electron';
import { HoldfastError, toFailure } from '../contract/errors.ts';

export interface Run {
  /** Where Chromium keeps a profile: not that of a window, which may be open at the same time. */
  profilePath: string;
  /** Why no archive may be unlocked; null when it may. */
  unlockRefused: string | null;
  work: () => Promise<number>;
}

/** Does the work and ends the app with its exit code; says what went wrong and exits with 1 where it throws. */
export function runAndExit(run: Run): void {
  // Electron would ask a person, in a dialog that nobody sees, and wait for ever.
  const end = (error: unknown): void => {
    const { message, code } = toFailure(error);
    try {
      writeSync(2, `holdfast: ${message} [${code}]\n`);
    } catch {
      // Nobody hears it.
    }
    app.exit(1);
  };
  process.on('uncaughtException', end);
  app.setPath('userData', run.profilePath);
  app.setPath('sessionData', run.profilePath);
  app.disableHardwareAcceleration();
  app
    .whenReady()
    .then(() => {
      if (run.unlockRefused !== null) throw new HoldfastError('not-allowed', run.unlockRefused);
      return run.work();
    })
    .catch((error: unknown) => {
      const failure = toFailure(error);
      process.stderr.write(`holdfast: ${failure.message} [${failure.code}]\n`);
      return 1;
    })
    .then((code) => app.exit(code));
}
