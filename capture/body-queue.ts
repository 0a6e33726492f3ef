/** Bodies between the browser and the archive: what arrived and was not yet taken, and how much of it there is. */

/**
 * How many bytes of all bodies wait in memory. Only those that the archive is reading hold the browser back: one
 * whose exchange has not begun waits for the browser itself, and would wait for ever.
 */
export class BodyMemory {
  readonly #high: number;
  readonly #onHigh: (isHigh: boolean) => void;
  #held = 0;
  #beingRead = 0;
  #isHigh = false;
  #waiting: (() => void)[] = [];
  /** The most that ever waited at once, in bytes. */
  peak = 0;

  /** `onHigh` hears when more than `high` bytes wait to be read on, and again when it is less than half of that. */
  constructor(high: number, onHigh: (isHigh: boolean) => void) {
    this.#high = high;
    this.#onHigh = onHigh;
  }

  add(bytes: number, isBeingRead: boolean): void {
    this.#held += bytes;
    this.peak = Math.max(this.peak, this.#held);
    if (isBeingRead) this.read(bytes);
  }

  /** So many of the bytes that wait are being read from now on. */
  read(bytes: number): void {
    this.#beingRead += bytes;
    if (this.#isHigh || this.#beingRead <= this.#high) return;
    this.#isHigh = true;
    this.#onHigh(true);
  }

  remove(bytes: number, wasBeingRead: boolean): void {
    this.#held -= bytes;
    if (wasBeingRead) this.#beingRead -= bytes;
    if (this.#held <= this.#high) for (const wake of this.#waiting.splice(0)) wake();
    if (!this.#isHigh || this.#beingRead > this.#high / 2) return;
    this.#isHigh = false;
    this.#onHigh(false);
  }

  /** Resolves when there is room for another body. */
  room(): Promise<void> {
    if (this.#held <= this.#high) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

/** One body: pushed as it arrives, read once by the sink. */
export class BodyQueue implements AsyncIterable<Uint8Array> {
  readonly #memory: BodyMemory;
  #pieces: Uint8Array[] = [];
  #ended = false;
  #discarded = false;
  #isRead = false;
  #wake: () => void = () => undefined;
  /** Bytes pushed so far. */
  size = 0;

  constructor(memory: BodyMemory) {
    this.#memory = memory;
  }

  push(pieces: readonly Uint8Array[]): void {
    if (this.#ended) return;
    for (const piece of pieces) {
      this.size += piece.length;
      if (this.#discarded || piece.length === 0) continue;
      this.#memory.add(piece.length, this.#isRead);
      this.#pieces.push(piece);
    }
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Nobody reads it any more: what waits is let go, what comes is only counted. */
  discard(): void {
    this.#discarded = true;
    for (const piece of this.#pieces.splice(0)) this.#memory.remove(piece.length, this.#isRead);
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#isRead = true;
    this.#memory.read(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        try {
          yield piece;
        } finally {
          this.#memory.remove(piece.length, true);
        }
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
