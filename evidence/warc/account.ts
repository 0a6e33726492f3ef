/** What became of each part of a WARC file: records by type, damaged places, warnings. */
import type { WarcWarning, WarcWarningCode } from './record.ts';

/** The types that the standard names; all others are counted as 'other'. */
export const recordTypes = [
  'warcinfo',
  'response',
  'resource',
  'request',
  'metadata',
  'revisit',
  'conversion',
  'continuation',
] as const;

export interface DamagedPlace {
  /** Bytes from the start of the file. */
  offset: number;
  /** Bytes; null where the damage lies inside a gzip member. */
  length: number | null;
  /** What is there, as a sentence without its full stop. */
  reason: string;
}

const MAX_LISTED = 1000;

export class WarcAccount {
  /** Records by type; those whose header could be read but whose content is damaged are among them. */
  readonly records: Record<string, number> = {};
  /** How many records there were, of all types. */
  total = 0;
  /** Bytes of the file that were read; all of them, where `stopped` is null. */
  bytes = 0;
  compression: 'none' | 'records' | 'whole' | 'mixed' = 'none';
  /** The first 1,000 damaged places. */
  readonly damaged: DamagedPlace[] = [];
  damagedCount = 0;
  /** The first 1,000 warnings, of records and of the file. */
  readonly warnings: WarcWarning[] = [];
  /** Why reading stopped before the end of the file; null where it did not. */
  stopped: string | null = null;

  /** @param type of the record, attacker-controlled: only names of the standard become keys */
  countRecord(type: string): void {
    const key = recordTypes.find((known) => known === type) ?? 'other';
    this.records[key] = (this.records[key] ?? 0) + 1;
    this.total += 1;
  }

  addDamage(place: DamagedPlace): void {
    this.damagedCount += 1;
    if (this.damaged.length < MAX_LISTED) this.damaged.push(place);
    this.addWarning('warc-record-damaged', `Byte ${place.offset}: ${place.reason}.`);
  }

  addWarning(code: WarcWarningCode, message: string): void {
    if (this.warnings.length < MAX_LISTED) this.warnings.push({ code, message });
    else if (this.warnings.length === MAX_LISTED) {
      const more = `More than ${MAX_LISTED} warnings; the rest were left out.`;
      this.warnings.push({ code: 'warc-more-warnings', message: more });
    }
  }
}
