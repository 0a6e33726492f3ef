/** Main's way to the archive host: calls, and a new host when the old one died. */
import type { HostChannel, HostInput, HostOutput, PushMessage } from '../contract/channels.ts';
import { HoldfastError, type Result, toFailure } from '../contract/errors.ts';
import { fromHostSchema } from '../contract/wire.ts';
import { type CallOptions, PendingCall } from './host-call.ts';
import type { HostProcess, LaunchHost } from './host-process.ts';
import { RestartLimit } from './restart-limit.ts';

export type { CallOptions } from './host-call.ts';
export type HostState = PushMessage<'host'>;

const maxRestarts = 3;
const restartWindowMs = 60_000;

/** One host process from its start to its end, and the calls that wait for it. */
interface Run {
  process: HostProcess;
  calls: Map<number, PendingCall>;
  ready: boolean;
}

export class HostClient {
  readonly #launch: LaunchHost;
  readonly #onState: (state: HostState) => void;
  readonly #restarts: RestartLimit;
  #run: Promise<Run> | null = null;
  #current: Run | null = null;
  #startedBefore = false;
  #nextId = 1;
  #stopping = false;

  /** `onState` hears of every change; `now` is a monotonic clock in milliseconds. */
  constructor(launch: LaunchHost, onState: (state: HostState) => void, now = () => performance.now()) {
    this.#launch = launch;
    this.#onState = onState;
    this.#restarts = new RestartLimit(maxRestarts, restartWindowMs, now);
  }

  /** The Node version of the running host; null while there is none. */
  get node(): string | null {
    return this.#current?.ready === true ? this.#current.process.node : null;
  }

  /** The process id of the running host; null while there is none. */
  get pid(): number | null {
    return this.#current?.process.pid ?? null;
  }

  /** Calls the host and trusts its answer to be what the contract says. Never rejects. */
  async call<C extends HostChannel>(
    channel: C,
    input: HostInput<C>,
    options: CallOptions = {},
  ): Promise<Result<HostOutput<C>>> {
    // The handler's type holds the output to the contract; it crossed a process, so the compiler cannot see that.
    return (await this.forward(channel, input, options)) as Result<HostOutput<C>>;
  }

  /** The same for an input that nobody has looked at: the host parses it. Never rejects. */
  async forward(channel: HostChannel, input: unknown, options: CallOptions = {}): Promise<Result<unknown>> {
    try {
      const run = await this.#connect();
      if (options.signal?.aborted === true)
        throw new HoldfastError('cancelled', 'Cancelled at your request.');
      if (run !== this.#current) throw gone('It stopped before the call was sent');
      const id = this.#nextId++;
      const call = new PendingCall(id, (message) => run.process.post(message), options);
      run.calls.set(id, call);
      call.start(channel, input);
      const result = await call.result;
      run.calls.delete(id);
      return result;
    } catch (error) {
      return { ok: false, error: toFailure(error) };
    }
  }

  /** Resolves when a host is ready, starting one where there is none. Rejects with `host-stopped` or `unfit-node`. */
  async start(): Promise<void> {
    await this.#connect();
  }

  /**
   * Lets the host close the archive, answer everything and exit, or kills it after `patienceMs`.
   * Resolves when it is gone; no other is started.
   */
  async stop(patienceMs: number): Promise<void> {
    this.#stopping = true;
    const run = await this.#run?.catch(() => null);
    if (run === null || run === undefined || run !== this.#current) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => run.process.kill(), patienceMs);
      run.process.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
      run.process.post({ type: 'shutdown' });
    });
  }

  #connect(): Promise<Run> {
    if (this.#stopping) return Promise.reject(gone('Holdfast is closing'));
    if (this.#run !== null) return this.#run;
    if (this.#startedBefore && !this.#restarts.take()) {
      const error = gone(`It stopped ${maxRestarts + 1} times within a minute and is left alone for now`);
      this.#onState({ state: 'stopped', message: error.message });
      return Promise.reject(error);
    }
    const run = this.#begin();
    this.#run = run;
    run.catch(() => {
      if (this.#run === run) this.#run = null;
    });
    return run;
  }

  async #begin(): Promise<Run> {
    const process = await this.#launch();
    const restarted = this.#startedBefore;
    this.#startedBefore = true;
    const run: Run = { process, calls: new Map(), ready: false };
    this.#current = run;
    await new Promise<void>((resolve, reject) => {
      process.onExit((reason) => {
        reject(gone(`It stopped before it was ready (${reason})`));
        this.#ended(run, reason);
      });
      process.onMessage((raw) => this.#message(run, raw, resolve));
    });
    this.#onState(
      restarted
        ? {
            state: 'restarted',
            message:
              'The archive host had stopped and was started again. Open the archive again; nothing that was acknowledged is lost.',
          }
        : { state: 'ready', message: 'The archive host is ready.' },
    );
    return run;
  }

  #message(run: Run, raw: unknown, ready: () => void): void {
    const parsed = fromHostSchema.safeParse(raw);
    if (!parsed.success) {
      // Answers cannot be told apart any more: better a new host than a window that waits for ever.
      run.process.kill();
      return;
    }
    const message = parsed.data;
    if (message.type === 'ready') {
      run.ready = true;
      ready();
    } else if (message.type === 'closed') {
      run.process.post({ type: 'shutdown' });
    } else {
      run.calls.get(message.id)?.message(message);
    }
  }

  #ended(run: Run, reason: string): void {
    const wasReady = run.ready;
    run.ready = false;
    if (this.#current === run) {
      this.#current = null;
      this.#run = null;
    }
    const failure = gone(`It stopped while the call was running (${reason})`);
    for (const call of run.calls.values()) call.stopped(failure);
    run.calls.clear();
    if (this.#stopping) return;
    this.#onState({ state: 'stopped', message: `The archive host stopped (${reason}).` });
    // One that never came up would not come up now either: the next call tries again and says why.
    if (wasReady) this.#connect().catch(() => undefined);
  }
}

function gone(what: string): HoldfastError {
  return new HoldfastError(
    'host-stopped',
    `The archive host is not running. ${what}. Nothing that was acknowledged is lost: open the archive again, or restart Holdfast if this goes on.`,
  );
}
