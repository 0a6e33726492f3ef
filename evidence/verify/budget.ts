/** How much of a bundle may still be parsed and held: many allowed files together could be too much. */
import { limits } from '../bundle/limits.ts';
import type { Contents } from './contents.ts';
import type { Findings, StepName } from './findings.ts';

export class ParsingBudget {
  #left: number = limits.parsedTotal;

  /** The bytes of a file that will be parsed; null, and the step failed, where it is missing or too large. */
  async bytes(
    contents: Contents,
    findings: Findings,
    step: StepName,
    path: string,
    limit: number,
  ): Promise<Uint8Array | null> {
    if (!contents.has(path)) {
      findings.fail(step, 'file-missing', `${path} is missing.`, [path, 'missing']);
      return null;
    }
    const size = contents.size(path);
    if (size > Math.min(limit, this.#left)) {
      findings.fail(step, 'file-too-large', `${path} is larger than what can be checked.`, [
        path,
        'unreadable',
      ]);
      return null;
    }
    this.#left -= size;
    return contents.bytes(path, limit);
  }
}
