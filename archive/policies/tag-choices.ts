/** Clauses of packs in the form of the dated library: names and links, without text. */
import type { DatedClause } from '../../contract/model/policy.ts';
import { findClauses } from '../../db/clause.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import type { Archive } from '../archive.ts';
import { clauseOn } from './lookup.ts';

/** The clauses of packs for a platform, or all, each as it stood at a time as far as statements say. */
export function packClausesOn(archive: Archive, platform: string | null, on: string): DatedClause[] {
  return findClauses(archive.db, '', platform === null ? null : platformSlug(platform)).map(({ key }) =>
    clauseOn(archive, null, key, on),
  );
}
