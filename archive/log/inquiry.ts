/** What a check of the log goes on with: one moment of the archive, what was found so far, and a pause now and then. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { LogProblem } from '../../contract/model/log.ts';
import type { ReadableDb } from '../../db/handle.ts';
import type { WorkOptions } from '../work.ts';

/** Problems that are listed; those beyond are counted. */
const maxProblems = 100;
/** Milliseconds after which whoever shares the process gets a turn. */
const patience = 12;

export class Inquiry {
  /** The archive as it was when the check began, whatever is recorded meanwhile. */
  readonly db: ReadableDb;
  readonly problems: LogProblem[] = [];
  more = 0;
  readonly #options: WorkOptions;
  #lastTurn = performance.now();

  constructor(db: ReadableDb, options: WorkOptions) {
    this.db = db;
    this.#options = options;
  }

  found(table: string, row: string | null, code: LogProblem['code'], message: string): void {
    if (this.problems.length < maxProblems) this.problems.push({ table, row, code, message });
    else this.more += 1;
  }

  /** To be called between small steps. Errors: `cancelled`. */
  async pause(progress: () => Progress): Promise<void> {
    if (this.#options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing was changed.');
    if (performance.now() - this.#lastTurn < patience) return;
    this.#options.progress?.(progress());
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#lastTurn = performance.now();
  }
}
