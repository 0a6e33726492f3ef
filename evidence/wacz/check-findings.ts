/** What a check of a WACZ has found so far, by step. */
import type { WaczStep } from '../../contract/model/wacz.ts';

export type StepName = WaczStep['step'];
export type StepAnswer = Omit<WaczStep, 'step'>;

export class WaczFindings {
  readonly #problems = new Map<StepName, { first: StepAnswer; count: number }>();
  readonly #notes = new Map<StepName, StepAnswer>();

  /** A contradiction. The first of a step is the one that is told in full. */
  fail(step: StepName, code: string, message: string): void {
    const found = this.#problems.get(step);
    if (found === undefined)
      this.#problems.set(step, { first: { status: 'failed', code, message }, count: 1 });
    else found.count += 1;
  }

  failed(step: StepName): boolean {
    return this.#problems.has(step);
  }

  /** What a step says unless it failed; the first word of a step stands. */
  say(step: StepName, status: 'ok' | 'not-known' | 'not-present', code: string, message: string): void {
    if (!this.#notes.has(step)) this.#notes.set(step, { status, code, message });
  }

  report(step: StepName): WaczStep {
    const problem = this.#problems.get(step);
    if (problem === undefined) {
      const unsaid = {
        status: 'not-known',
        code: 'not-reached',
        message: 'An earlier step failed.',
      } as const;
      return { step, ...(this.#notes.get(step) ?? unsaid) };
    }
    const { first, count } = problem;
    return {
      step,
      ...first,
      message: count > 1 ? `${first.message} (and ${count - 1} more)` : first.message,
    };
  }
}

/** A foreign word for a sentence: quoted, without control characters, not endless. */
export function quoted(text: string): string {
  const cut = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  return JSON.stringify(cut).replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    '\ufffd',
  );
}
