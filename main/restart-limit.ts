/** How often something that fell over may be started again. */

/** At most `limit` starts in any `windowMs` milliseconds of the clock given. */
export class RestartLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  #taken: number[] = [];

  /** `now`: a monotonic clock in milliseconds. */
  constructor(limit: number, windowMs: number, now: () => number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** True, and counted, when one more start is allowed now. */
  take(): boolean {
    const now = this.#now();
    this.#taken = this.#taken.filter((time) => now - time < this.#windowMs);
    if (this.#taken.length >= this.#limit) return false;
    this.#taken.push(now);
    return true;
  }
}
