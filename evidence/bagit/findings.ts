/** What was found about a bag, bounded: a hostile bag can be wrong in a million places. */
import type { BagCheck, BagFinding } from '../../contract/model/bag-check.ts';

const maxListed = 1000;

export class BagFindings {
  readonly list: BagFinding[] = [];
  readonly counts = { error: 0, warning: 0, note: 0 };

  error(code: string, message: string, file: string | null = null): void {
    this.#add({ level: 'error', code, message, file });
  }

  warn(code: string, message: string, file: string | null = null): void {
    this.#add({ level: 'warning', code, message, file });
  }

  note(code: string, message: string, file: string | null = null): void {
    this.#add({ level: 'note', code, message, file });
  }

  #add(finding: BagFinding): void {
    this.counts[finding.level] += 1;
    // Errors push out what weighs less: a list full of warnings must not hide why a bag is invalid.
    if (this.list.length === maxListed && finding.level === 'error') {
      const lesser = this.list.findLastIndex(({ level }) => level !== 'error');
      if (lesser >= 0) this.list.splice(lesser, 1);
    }
    if (this.list.length < maxListed) {
      this.list.push({ ...finding, file: finding.file === null ? null : finding.file.slice(0, 1024) });
    }
  }

  verdict(): BagCheck['verdict'] {
    if (this.counts.error > 0) return 'invalid';
    return this.counts.warning > 0 ? 'valid-with-warnings' : 'valid';
  }
}
