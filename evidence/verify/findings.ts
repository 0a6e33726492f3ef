/** What a check has found so far: problems by step, and the files that they are about. */

import { HoldfastError } from '../../contract/errors.ts';
import type { Verification, VerificationStep } from '../../contract/model/bundle.ts';

export type StepName = VerificationStep['step'];
export type FileProblem = Verification['files'][number]['problem'];

interface Problem {
  code: string;
  message: string;
}

export class Findings {
  readonly #problems = new Map<StepName, Problem[]>();
  readonly #files = new Map<string, FileProblem>();

  /** Notes a problem; `file` is relative to the base folder. The first of a step is the one that is told in full. */
  fail(
    step: StepName,
    code: string,
    message: string,
    file?: readonly [path: string, problem: FileProblem],
  ): void {
    this.#problems.set(step, [...(this.#problems.get(step) ?? []).slice(0, 999), { code, message }]);
    // That a file changed explains why it could not be read.
    if (file !== undefined && (this.#files.get(file[0]) ?? 'unreadable') === 'unreadable')
      this.#files.set(...file);
  }

  /**
   * Runs a check of attacker-controlled bytes; what it refuses becomes a problem of the step, and null is returned.
   * What is no refusal (reading failed, work was cancelled) goes on. Whether `path` itself is at fault, or the file
   * that it was compared with, only the reader of its form can say: `problem` is for that one.
   */
  attempt<T>(step: StepName, code: string, path: string, read: () => T, problem?: FileProblem): T | null {
    try {
      return read();
    } catch (error) {
      if (
        !(error instanceof HoldfastError) ||
        (error.code !== 'bad-input' && error.code !== 'archive-damaged')
      )
        throw error;
      this.fail(step, code, `${path}: ${error.message}`, problem === undefined ? undefined : [path, problem]);
      return null;
    }
  }

  /** The step as reported: failed where there are problems, else as given. */
  report(step: StepName, otherwise: Omit<VerificationStep, 'step'>): VerificationStep {
    const problems = this.#problems.get(step);
    const [first] = problems ?? [];
    if (problems === undefined || first === undefined) return { step, ...otherwise };
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return { step, status: 'failed', code: first.code, message: `${first.message}${more}` };
  }

  files(): Verification['files'] {
    return [...this.#files].slice(0, 100).map(([path, problem]) => ({ path, problem }));
  }
}
