/** Progress of long work, on a terminal only. */
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../contract/model/common.ts';

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
