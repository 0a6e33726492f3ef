/** Under what circumstances a capture is made: by which persona, who may see the page, what is not sent. */
import type { Access } from '../contract/model/persona.ts';
import type { BlockedCount } from './look-only/look-only.ts';
import type { Guise } from './persona/guise.ts';

export interface CaptureCircumstances {
  persona?: string | null;
  access?: Access;
  /** What frames and workers say they are; the page says it already. */
  guise?: Guise | null;
  /** Words that lead to the persona, such as its proxy: replaced wherever they stand in the record. */
  hidden?: readonly string[];
  /** What servers were reached is not told: the way there is the persona's own. */
  hasProxy?: boolean;
  lookOnly?: LookOnly | null;
}

/** `by` 'session': whoever gave the page blocks and counts. */
export interface LookOnly {
  by: 'recorder' | 'session';
  blocked: BlockedCount;
}
