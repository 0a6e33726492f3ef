/** Words that tags cite and that are no longer those of their clause. */
import { type Cited, citedPlaces } from '../../db/judgement.ts';
import type { Archive } from '../archive.ts';
import { changedSince } from '../tags/flags.ts';

/**
 * Of every place that any tag cites: those whose clause was reworded or dropped since. Asked by place, not by tag: very
 * many tags cite few clauses.
 */
export function changedPlaces({ db }: Archive): Cited[] {
  return citedPlaces(db).filter((cited) => changedSince(db, cited) !== null);
}
