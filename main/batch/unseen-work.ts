/** What the app captures without anybody looking: batches that a person began, and the watch list when it is due. */
import { anySignal } from '../../capture/batch/signals.ts';
import { type RecordFor, withinPace, workOnBatch, workOnWatches } from '../../capture/batch/work.ts';
import { circumstancesSchema } from '../../contract/capture-job.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/model/watch.ts';
import type { RecordPage } from '../capture-view/capture-view.ts';
import type { HostClient } from '../host-client.ts';
import type { ShellHandlers } from '../ipc.ts';
import { pushToAll } from '../push.ts';
import { Checks } from './checks.ts';
import { hostDesk, unseenRecorder } from './desk.ts';

export interface UnseenWorkParts {
  host: Pick<HostClient, 'call'>;
  record: RecordPage;
  /** Calls back after so many milliseconds; gives back how to call it off. */
  after(milliseconds: number, act: () => void): () => void;
  /** A lock that comes by itself waits for this work. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** Milliseconds between two looks at what is due. */
const lookEvery = 30_000;
/** Milliseconds that what is stopped gets for being sealed. */
const longestEnd = 10_000;
/** Looks for which a check that could not be made is left alone: a browser that does not start will not at once. */
const looksToWait = 20;

export class UnseenWork {
  readonly #parts: UnseenWorkParts;
  readonly #desk: ReturnType<typeof hostDesk>;
  readonly #record: RecordFor;
  /** Ends with the opening of the archive. */
  #opening: AbortController | null = null;
  #callOff: () => void = () => undefined;
  #batch: { persona: string | null; stop: AbortController; work: Promise<unknown> } | null = null;
  readonly #checks = new Checks();
  /** Checks that the pace of a persona holds back, and until when. */
  readonly #held = new Map<string, string>();
  /** Everything that is under way. */
  readonly #running = new Set<Promise<unknown>>();
  /** Watches whose last check could not be made, and how many looks they are left alone. */
  readonly #waiting = new Map<string, number>();

  constructor(parts: UnseenWorkParts) {
    this.#parts = parts;
    this.#desk = hostDesk(parts.host);
    this.#record = unseenRecorder(parts.host, parts.record, {
      circumstances: circumstancesSchema.parse({}),
      autopilot: null,
    });
  }

  /** An archive was opened: its watch list is looked after from now on. */
  opened(): void {
    void this.closed();
    this.#opening = new AbortController();
    this.#waiting.clear();
    this.#soon();
  }

  /**
   * It is being locked, or the window goes: what is under way is stopped, and nothing more is begun. Resolves when it
   * has ended, sealed as far as it came; later than after some seconds nobody waits for it.
   */
  closed(): Promise<void> {
    this.#callOff();
    this.#opening?.abort();
    this.#opening = null;
    return this.#ended(this.#running);
  }

  /**
   * A persona is changed, cleared or retired: neither a check nor its batch goes on as what it was, or keeps its
   * session afterwards.
   */
  async personaEnds(personaId: string): Promise<void> {
    const stopped: Promise<unknown>[] = this.#checks.stop();
    if (this.#batch?.persona === personaId) {
      this.#batch.stop.abort();
      stopped.push(this.#batch.work);
    }
    if (stopped.length > 0) await this.#ended(stopped);
  }

  async #ended(works: Iterable<Promise<unknown>>): Promise<void> {
    let callOff = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      callOff = this.#parts.after(longestEnd, resolve);
    });
    await Promise.race([Promise.allSettled(works), late]);
    callOff();
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  get handlers(): Pick<ShellHandlers, 'batch.run' | 'watch.run'> {
    return {
      'batch.run': async (order, _window, { signal, onProgress }) => {
        const { batchId, retryFailed, pace, circumstances, autopilot } = order;
        if (this.#batch !== null) {
          throw new HoldfastError(
            'not-allowed',
            'A batch is being captured. Stop it, or wait until it is done.',
          );
        }
        const stop = new AbortController();
        let total = 0;
        let done = 0;
        let running: number[] = [];
        const waiting = new Map<number, string>();
        const tellRunning = (): void =>
          pushToAll('batch', {
            batchId,
            running,
            waiting: [...waiting].map(([n, until]) => ({ n, until })),
          });
        const tell = (): void => onProgress({ step: 'capturing', done, total, unit: 'items' });
        try {
          const work = this.#track(
            workOnBatch({
              desk: this.#desk,
              order: { which: { kind: 'batch', batchId }, retryFailed },
              pace,
              signal: anySignal(this.#with(signal), stop.signal),
              persona: circumstances.persona,
              record: unseenRecorder(this.#parts.host, this.#parts.record, {
                circumstances,
                autopilot: withinPace(autopilot, pace),
              }),
              onRunning: (numbers) => {
                running = [...numbers];
                tellRunning();
              },
              onNews: (news) => {
                if (news.news === 'waiting') {
                  if (news.until === null) waiting.delete(news.n);
                  else waiting.set(news.n, news.until);
                  tellRunning();
                  return;
                }
                if (news.news === 'opened') total = news.todo;
                if (news.news === 'outcome') done += 1;
                tell();
                pushToAll('changed', { what: 'posts' });
              },
            }),
          );
          this.#batch = { persona: circumstances.persona, stop, work };
          return await work;
        } finally {
          this.#batch = null;
          pushToAll('batch', { batchId: null, running: [], waiting: [] });
        }
      },
      'watch.run': async ({ watchId, network }, _window, { signal }) => {
        await this.#check(watchId, network, this.#with(signal));
        return this.#desk.getWatch(watchId);
      },
    };
  }

  #with(signal: AbortSignal): AbortSignal {
    return this.#opening === null ? signal : anySignal(signal, this.#opening.signal);
  }

  #soon(): void {
    this.#callOff = this.#parts.after(lookEvery, () => void this.#look());
  }

  /** One due check after the other. Whatever goes wrong with one is its own matter; the next look tries again. */
  async #look(): Promise<void> {
    const opening = this.#opening;
    if (opening === null) return;
    const due = await this.#desk.dueWatches().catch((): Watch[] => []);
    for (const { id } of due) {
      if (opening.signal.aborted) return;
      if (this.#isWaiting(id) || this.#checks.has(id)) continue;
      await this.#parts
        .during(this.#check(id, null, opening.signal))
        .catch(() => this.#waiting.set(id, looksToWait));
    }
    if (!opening.signal.aborted) this.#soon();
  }

  #isWaiting(id: string): boolean {
    const left = this.#waiting.get(id) ?? 0;
    if (left > 1) this.#waiting.set(id, left - 1);
    else this.#waiting.delete(id);
    return left > 0;
  }

  /** Errors: `not-allowed` while it is being checked; why there is no capture. */
  async #check(watchId: string, network: string | null, signal: AbortSignal): Promise<void> {
    if (this.#checks.has(watchId)) {
      throw new HoldfastError(
        'not-allowed',
        'This is being checked at this moment. Wait until that is done.',
      );
    }
    const checking = this.#checks.run(watchId, (stopped) =>
      this.#track(
        workOnWatches({
          desk: this.#desk,
          ids: [watchId],
          network,
          signal: anySignal(signal, stopped),
          record: this.#record,
          onNews: (news) => {
            if (news.news === 'waiting') {
              if (news.until === null) this.#held.delete(watchId);
              else this.#held.set(watchId, news.until);
              this.#tellChecking();
            } else if (news.failure !== null) {
              throw new HoldfastError(news.failure.code, news.failure.message);
            }
          },
        }),
      ),
    );
    this.#tellChecking();
    try {
      await checking;
    } finally {
      this.#tellChecking();
      pushToAll('changed', { what: 'posts' });
    }
  }

  #tellChecking(): void {
    const waiting = [...this.#held].map(([watchId, until]) => ({ watchId, until }));
    pushToAll('watch', { running: this.#checks.ids, waiting });
  }
}
