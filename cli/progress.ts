/** Progress of long work, on a terminal only. */
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../contract/model/common.ts';
import { oneLine } from './output.ts';

export interface Meter {
  show(progress: Progress): void;
  stop(): void;
}

export function meter(): Meter {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: '{step} [{bar}] {percentage}%',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: ({ step, done, total }) => {
      if (!started) bar.start(total ?? 0, done, { step });
      started = true;
      if (total !== null) bar.setTotal(total);
      bar.update(done, { step });
    },
    stop: () => bar.stop(),
  };
}

/** Before a capture under a persona whose pace holds it back. */
export function waitingLine(url: string, until: string): string {
  return `waiting until ${until}, at the persona’s pace: ${oneLine(url, 100)}`;
}

/** Says it where results do not stand; nothing when the waiting is over. */
export function sayWaiting(url: string, until: string | null): void {
  if (until !== null) process.stderr.write(`${waitingLine(url, until)}\n`);
}
