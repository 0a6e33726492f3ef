/** Checks of the watch list that are under way: each can be stopped, and waited for, apart from all other work. */

export class Checks {
  readonly #running = new Map<string, { stop: AbortController; work: Promise<void> }>();

  get ids(): string[] {
    return [...this.#running.keys()];
  }

  has(watchId: string): boolean {
    return this.#running.has(watchId);
  }

  /** Begins a check of something that is not being checked. Resolves, or rejects, with it. */
  async run(watchId: string, check: (stopped: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const work = check(stop.signal);
    this.#running.set(watchId, { stop, work });
    try {
      await work;
    } finally {
      this.#running.delete(watchId);
    }
  }

  /** Stops all of them. Gives what ends when each has ended. */
  stop(): Promise<void>[] {
    return [...this.#running.values()].map(({ stop, work }) => {
      stop.abort();
      return work;
    });
  }
}
