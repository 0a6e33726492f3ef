/** Working on a batch, or on the watch list, from what the archive says is to be done to what came of it. */
import type { BatchNews, WatchNews } from '../../contract/capture-job.ts';
import { type Failure, toFailure } from '../../contract/errors.ts';
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { Batch, BatchItem, BatchOrder, BatchPace } from '../../contract/model/batch.ts';
import type { CaptureResult, RecordingPurpose } from '../../contract/model/recording.ts';
import type { Watch } from '../../contract/model/watch.ts';
import { type PaceDesk, waitForTurn } from '../persona/pace.ts';
import { type BatchTask, runBatch, type TaskOutcome } from './run-batch.ts';
import { within } from './signals.ts';

/** Records one address in a browser of its own, for that purpose; `persona` by id, where it names one. */
export type RecordFor = (
  url: string,
  purpose: RecordingPurpose,
  signal: AbortSignal,
  persona?: string | null,
) => Promise<CaptureResult>;

export interface BatchDesk extends PaceDesk {
  openBatch(order: BatchOrder): Promise<{ batch: Batch; todo: BatchItem[] }>;
  getBatch(batchId: string): Promise<Batch>;
}

export interface BatchWork {
  desk: BatchDesk;
  order: BatchOrder;
  pace: BatchPace;
  signal: AbortSignal;
  record: RecordFor;
  /** Under which `record` records; null: none. */
  persona: string | null;
  onNews(news: BatchNews): void;
  /** Hears which addresses are under way, by their place. */
  onRunning?(running: readonly number[]): void;
}

function outcomeNews(outcome: TaskOutcome): BatchNews {
  const { n, url } = outcome.task;
  return {
    news: 'outcome',
    n,
    url,
    result: 'result' in outcome ? outcome.result : null,
    failure: 'failure' in outcome ? outcome.failure : null,
  };
}

/** What scrolls for as long as a capture may take leaves no time for its pictures. */
export function withinPace(limits: AutopilotLimits | null, { limit }: BatchPace): AutopilotLimits | null {
  if (limits === null) return null;
  return { ...limits, minutes: Math.max(1, Math.min(limits.minutes, Math.floor(limit / 60) - 2)) };
}

/** Errors: those of `batch.open`; what becomes of one address is news, not an error. */
export async function workOnBatch(work: BatchWork): Promise<{ batch: Batch; stopped: Failure | null }> {
  const { desk, order, pace, signal, record, persona, onNews, onRunning } = work;
  const { batch, todo } = await desk.openBatch(order);
  onNews({ news: 'opened', batch, todo: todo.length });
  const running = new Set<number>();
  const tell = (): void => onRunning?.([...running]);
  const stopped = await runBatch({
    tasks: todo.map(({ n, url }) => ({ n, url })),
    pace,
    signal,
    ready: ({ n, url }) =>
      waitForTurn(desk, persona, signal, (until) => onNews({ news: 'waiting', n, url, until })),
    capture: ({ n, url }: BatchTask, taskSignal) =>
      record(url, { kind: 'batch', batch: batch.id, n }, taskSignal),
    onBegin: ({ n }) => {
      running.add(n);
      tell();
    },
    onOutcome: (outcome) => {
      running.delete(outcome.task.n);
      tell();
      onNews(outcomeNews(outcome));
    },
  });
  // An archive that was locked meanwhile does not answer: the last that is known of the batch stands then.
  const now = await desk.getBatch(batch.id).catch(() => batch);
  onNews({ news: 'ended', batch: now, stopped });
  return { batch: now, stopped };
}

export interface WatchDesk extends PaceDesk {
  dueWatches(): Promise<Watch[]>;
  getWatch(watchId: string): Promise<Watch>;
}

export interface WatchWork {
  desk: WatchDesk;
  /** Null: what is due. */
  ids: readonly string[] | null;
  /** From where it is looked at, as the person states it. */
  network: string | null;
  signal: AbortSignal;
  record: RecordFor;
  onNews(news: WatchNews): void;
}

/** Milliseconds for one check, as for one address of a batch. */
const checkLimit = 900_000;

/** One check after the other. Errors: those of finding what is to be checked; what a check comes to is news. */
export async function workOnWatches(work: WatchWork): Promise<void> {
  const { desk, ids, network, signal, record, onNews } = work;
  const watches =
    ids === null ? await desk.dueWatches() : await Promise.all(ids.map((id) => desk.getWatch(id)));
  for (const { id, url, persona } of watches) {
    if (signal.aborted) return;
    let failure: Failure | null = null;
    try {
      const purpose = { kind: 'watch', watch: id, network } as const;
      const onWaiting = (until: string | null) => onNews({ news: 'waiting', watch: id, url, until });
      await waitForTurn(desk, persona, signal, onWaiting);
      await within(checkLimit, signal, (limited) => record(url, purpose, limited, persona));
    } catch (error) {
      failure = toFailure(error);
    }
    onNews({ news: 'checked', watch: await desk.getWatch(id), failure });
  }
}
