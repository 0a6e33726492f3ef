/** One recording into memory, the same in every engine. */
import { randomBytes } from 'node:crypto';
import type { Patience } from '../../../capture/autopilot/autopilot.ts';
import { AutopilotControl } from '../../../capture/autopilot/control.ts';
import type { CdpSession } from '../../../capture/cdp-session.ts';
import { type RecordPageOptions, recordPage } from '../../../capture/record-page.ts';
import { toFailure } from '../../../contract/errors.ts';
import { type AutopilotLimits, type AutopilotState, usualLimits } from '../../../contract/model/autopilot.ts';
import type { CaptureResult } from '../../../contract/model/recording.ts';
import { memorySink, type Stored } from './memory-sink.ts';

/** In Electron, where the page is: a window of its own, over one, or over one with a pixel of it to be seen. */
export interface Stage {
  kind: 'window' | 'view' | 'parked';
  /** CSS pixels of the page. */
  width: number;
  height: number;
}
export const usualStage: Stage = { kind: 'window', width: 1000, height: 800 };

export interface AutopilotOrder {
  limits?: Partial<AutopilotLimits>;
  patience?: Partial<Patience>;
  /** What a person orders once so many posts were seen. */
  orders?: { posts: number; order: 'pause' | 'stop' }[];
}

/** Plain data: it crosses to the process that runs Electron. */
export interface RunOptions {
  limits?: RecordPageOptions['limits'];
  settle?: RecordPageOptions['settle'];
  acceptedCertificateError?: string;
  /** What happens once the sink was given this many bytes of bodies. */
  after?: { bytes: number; act: 'abort' | 'refuse' | 'kill' | 'disturb' };
  /** Milliseconds that the sink takes for each piece. */
  slow?: number;
  stage?: Stage;
  autopilot?: AutopilotOrder;
}

export interface Recorded {
  result: CaptureResult | null;
  /** Message of what was thrown; null: nothing. */
  error: string | null;
  stored: Stored;
  /** Bytes of bodies that waited at once; growth of this process's memory at its highest, in bytes. */
  peakMemory: number;
  peakGrowth: number;
  /** What the autopilot said of itself, in order. */
  states: AutopilotState[];
}

export type Session = Pick<RecordPageOptions, 'engine' | 'print' | 'certificates'> & {
  session: CdpSession;
  kill(): void;
  /** Does to the page what a person could; where there is a way. */
  disturb?(): void;
};

export async function run(engine: Session, url: string, options: RunOptions): Promise<Recorded> {
  const abort = new AbortController();
  let given = 0;
  let acted = false;
  const act = (): void => {
    const { after } = options;
    if (after === undefined || given < after.bytes || acted) return;
    acted = true;
    if (after.act === 'refuse') throw new Error('the disk is full');
    if (after.act === 'abort') abort.abort();
    else if (after.act === 'disturb') engine.disturb?.();
    else engine.kill();
  };
  const { sink, stored } = memorySink(async (bytes) => {
    given += bytes.length;
    act();
    if (options.slow !== undefined) await new Promise((resolve) => setTimeout(resolve, options.slow));
  });
  const states: AutopilotState[] = [];
  const before = process.memoryUsage().rss;
  let peakGrowth = 0;
  let peakMemory = 0;
  const watch = setInterval(() => {
    peakGrowth = Math.max(peakGrowth, process.memoryUsage().rss - before);
  }, 20);
  const outcome = await recordPage({
    ...engine,
    url,
    sink,
    clock: () => new Date(),
    monotonic: () => performance.now(),
    randomBytes: (length) => randomBytes(length),
    signal: abort.signal,
    onPeakMemory: (bytes) => {
      peakMemory = bytes;
    },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.settle === undefined ? {} : { settle: options.settle }),
    ...(options.autopilot === undefined ? {} : { autopilot: pilot(options.autopilot, states) }),
    acceptedCertificateError: options.acceptedCertificateError ?? null,
  }).then(
    (result) => ({ result, error: null }),
    (error: unknown) => ({ result: null, error: toFailure(error).message }),
  );
  clearInterval(watch);
  return { ...outcome, stored, peakMemory, peakGrowth, states };
}

/** A person who orders what they are said to order, and goes on soon after a pause. */
function pilot({ limits, patience = {}, orders = [] }: AutopilotOrder, states: AutopilotState[]) {
  const waiting = [...orders];
  const control = new AutopilotControl((state) => {
    states.push(state);
    const [next] = waiting;
    if (next === undefined || state.phase !== 'running' || state.posts < next.posts) return;
    waiting.shift();
    if (next.order === 'stop') control.stop();
    else {
      control.pause();
      setTimeout(() => control.resume(), 300);
    }
  });
  return { limits: { ...usualLimits, ...limits }, control, patience };
}
