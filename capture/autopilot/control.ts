/** What a person orders of an autopilot that runs, and what it says of itself. */
import type { AutopilotState } from '../../contract/model/autopilot.ts';

export class AutopilotControl {
  #phase: AutopilotState['phase'] = 'running';
  #seen = { posts: 0, screens: 0, seconds: 0 };
  #waitingUntil: string | null = null;
  #wake: () => void = () => undefined;
  readonly #onState: (state: AutopilotState) => void;

  constructor(onState: (state: AutopilotState) => void = () => undefined) {
    this.#onState = onState;
  }

  get state(): AutopilotState {
    return { phase: this.#phase, waitingUntil: this.#waitingUntil, ...this.#seen };
  }

  get isStopped(): boolean {
    return this.#phase === 'ending';
  }

  get isPaused(): boolean {
    return this.#phase === 'paused';
  }

  /** Nothing moves until `resume` or `stop`; the recording goes on. */
  pause(): void {
    if (this.#phase === 'running') this.#set('paused');
  }

  resume(): void {
    if (this.#phase === 'paused') this.#set('running');
  }

  /** Ends the scrolling: the capture is sealed with what is there. */
  stop(): void {
    if (this.#phase !== 'ending') this.#set('ending');
  }

  /** Of the autopilot itself: how far it is. */
  tell(seen: Omit<AutopilotState, 'phase' | 'waitingUntil'>): void {
    this.#seen = seen;
    this.#onState(this.state);
  }

  /** Of the autopilot itself: until when its pace holds it back; null: it does not. */
  wait(until: string | null): void {
    if (until === this.#waitingUntil) return;
    this.#waitingUntil = until;
    this.#onState(this.state);
  }

  /** Resolves when something was ordered, at the latest after `milliseconds`. */
  ordered(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #set(phase: AutopilotState['phase']): void {
    this.#phase = phase;
    this.#wake();
    this.#onState(this.state);
  }
}
