/** The autopilot's options of `holdfast capture`, and what Ctrl-C means while it goes through a page. */
import type { Command } from 'commander';
import type { AutopilotControl } from '../../capture/autopilot/control.ts';
import { isTimeout } from '../../capture/batch/signals.ts';
import { type AutopilotLimits, autopilotLimitsSchema, usualLimits } from '../../contract/model/autopilot.ts';
import { wholeNumber } from './number.ts';

export interface AutopilotOptions {
  autopilot?: boolean;
  maxPosts?: number;
  maxScreens?: number;
  maxMinutes?: number;
}

const { posts, screens, minutes } = autopilotLimitsSchema.shape;

export function addAutopilotOptions(command: Command): Command {
  const limit = (of: keyof AutopilotLimits, most: number | null): [string, (text: string) => number] => [
    `ends it after so many ${of} (default: ${usualLimits[of]}); turns it on`,
    wholeNumber(1, most ?? undefined),
  ];
  return command
    .option(
      '--autopilot',
      'scrolls to the end, opens what shows more, plays media muted; Ctrl-C once ends the scrolling, twice the capture',
    )
    .option('--max-posts <n>', ...limit('posts', posts.maxValue))
    .option('--max-screens <n>', ...limit('screens', screens.maxValue))
    .option('--max-minutes <n>', ...limit('minutes', minutes.maxValue));
}

/** Null: the page is recorded as it loads. A limit alone asks for the autopilot, too. */
export function autopilotLimits(options: AutopilotOptions): AutopilotLimits | null {
  const { autopilot, maxPosts, maxScreens, maxMinutes } = options;
  const isAsked = autopilot ?? [maxPosts, maxScreens, maxMinutes].some((limit) => limit !== undefined);
  if (!isAsked) return null;
  return {
    posts: maxPosts ?? usualLimits.posts,
    screens: maxScreens ?? usualLimits.screens,
    minutes: maxMinutes ?? usualLimits.minutes,
  };
}

/**
 * A signal for the capture that follows `signal`, or, while an autopilot goes, the Ctrl-C after it: the first ends the
 * scrolling. `done` ends the listening.
 */
export function afterAutopilot(
  control: AutopilotControl | null,
  signal: AbortSignal,
): { signal: AbortSignal; done: () => void } {
  if (control === null) return { signal, done: () => undefined };
  const whole = new AbortController();
  const end = (): void => whole.abort();
  const stop = (): void => {
    // Nobody stops it, its time is over: there is none left for the scrolling to end in.
    if (isTimeout(signal.reason)) {
      whole.abort(signal.reason);
      return;
    }
    if (control.isStopped) end();
    else process.once('SIGINT', end);
    control.stop();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) end();
  return {
    signal: whole.signal,
    done: () => {
      signal.removeEventListener('abort', stop);
      process.off('SIGINT', end);
    },
  };
}
