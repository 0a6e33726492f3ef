/**
 * Locking by itself: after some minutes without input, and when the system locks or sleeps. Work that is under way is
 * not stopped for it: the lock waits until it has ended, and says so.
 */
import type { PushMessage } from '../contract/channels.ts';

type News = PushMessage<'idleLock'>;

export interface IdleLockEffects {
  /** A monotonic clock, in milliseconds. */
  now(): number;
  /** Calls back after so many milliseconds of that clock; gives back how to call it off. */
  after(milliseconds: number, act: () => void): () => void;
  lock(): Promise<void>;
  tell(news: News): void;
}

const minute = 60_000;

export class IdleLock {
  readonly #effects: IdleLockEffects;
  #minutes: number | null;
  #isOpen = false;
  #work = 0;
  #lastInput: number;
  /** Why the archive should be locked by now. */
  #due: News['why'] | null = null;
  #callOff: () => void = () => undefined;

  constructor(effects: IdleLockEffects, minutes: number | null) {
    this.#effects = effects;
    this.#minutes = minutes;
    this.#lastInput = effects.now();
  }

  /** Null: never without a reason of the system's. */
  setMinutes(minutes: number | null): void {
    this.#minutes = minutes;
    this.#watch();
  }

  /** An archive was opened. */
  opened(): void {
    this.#isOpen = true;
    this.#due = null;
    this.#lastInput = this.#effects.now();
    this.#watch();
  }

  /** It was locked, by whomever. */
  closed(): void {
    this.#isOpen = false;
    this.#due = null;
    this.#callOff();
  }

  /** Somebody pressed a key or moved the mouse in a window of ours. */
  input(): void {
    this.#lastInput = this.#effects.now();
    if (this.#due !== 'idle') return;
    this.#due = null;
    this.#tell('off', 'idle');
    this.#watch();
  }

  /** The system's screen was locked, or it goes to sleep. What is due then stays due, whoever comes back. */
  systemLocked(): void {
    this.#fallDue('system');
  }

  /** Keeps the lock away until `work` has ended, however it ends. */
  during<T>(work: Promise<T>): Promise<T> {
    this.#work += 1;
    return work.finally(() => {
      this.#work -= 1;
      if (this.#due !== null && this.#work === 0) void this.#lock(this.#due);
    });
  }

  #watch(): void {
    this.#callOff();
    if (!this.#isOpen || this.#minutes === null || this.#due !== null) return;
    const left = this.#lastInput + this.#minutes * minute - this.#effects.now();
    if (left <= 0) this.#fallDue('idle');
    // Asked again then: input, which comes hundreds of times a minute, only notes the time.
    else this.#callOff = this.#effects.after(left, () => this.#watch());
  }

  #fallDue(why: News['why']): void {
    if (!this.#isOpen || this.#due === 'system') return;
    this.#due = why;
    if (this.#work > 0) this.#tell('waiting', why);
    else void this.#lock(why);
  }

  async #lock(why: News['why']): Promise<void> {
    this.closed();
    await this.#effects.lock();
    this.#tell('locked', why);
  }

  #tell(state: News['state'], why: News['why']): void {
    this.#effects.tell({ state, why, minutes: this.#minutes });
  }
}
