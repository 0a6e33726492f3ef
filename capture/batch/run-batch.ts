/** Captures many addresses, a few at a time, whoever makes the browsers: the command line, the app, its window. */
import type { ErrorCode, Failure } from '../../contract/errors.ts';
import { toFailure } from '../../contract/errors.ts';
import type { BatchPace } from '../../contract/model/batch.ts';
import type { CaptureResult } from '../../contract/model/recording.ts';
import { within } from './signals.ts';

export interface BatchTask {
  n: number;
  url: string;
}

/** What came of one address. A failure here means that there is no capture, or none that is sealed yet. */
export type TaskOutcome = { task: BatchTask; result: CaptureResult } | { task: BatchTask; failure: Failure };

export interface BatchRun {
  tasks: readonly BatchTask[];
  pace: BatchPace;
  /** Stops what is under way, which is sealed as far as it came, and begins nothing more. */
  signal: AbortSignal;
  /** Resolves when its page may be asked for; the time for a capture does not run before. */
  ready?(task: BatchTask): Promise<void>;
  capture(task: BatchTask, signal: AbortSignal): Promise<CaptureResult>;
  onBegin?(task: BatchTask): void;
  /** In the order in which they end. */
  onOutcome(outcome: TaskOutcome): void;
}

/** With these no other address would fare better: nothing more is begun. */
const endsAll: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'archive-busy',
  'archive-damaged',
  'archive-gone',
  'archive-in-use',
  'archive-not-open',
  'batch-not-found',
  'disk-full',
  'file-not-found',
  'host-stopped',
  'not-allowed',
  'not-writable',
]);

/**
 * Answers when everything that was begun has ended. Never rejects for what becomes of one address: a browser that
 * crashes or a page that hangs is that address's outcome. Out: why the rest was not begun; null where nothing
 * but `signal`, or nothing at all, stood in the way.
 */
export async function runBatch(run: BatchRun): Promise<Failure | null> {
  const { tasks, pace, signal, ready, capture, onBegin, onOutcome } = run;
  let next = 0;
  let ended: Failure | null = null;
  const worker = async (): Promise<void> => {
    for (;;) {
      const task = tasks[next];
      if (task === undefined || ended !== null || signal.aborted) return;
      next += 1;
      onBegin?.(task);
      try {
        await ready?.(task);
        const result = await within(pace.limit * 1000, signal, (limited) => capture(task, limited));
        onOutcome({ task, result });
      } catch (error) {
        const failure = toFailure(error);
        // Stopped before anything was asked for: it stays to be done.
        if (failure.code === 'cancelled' && signal.aborted) return;
        if (endsAll.has(failure.code)) ended ??= failure;
        onOutcome({ task, failure });
      }
    }
  };
  await Promise.all(Array.from({ length: pace.jobs }, worker));
  return ended;
}
