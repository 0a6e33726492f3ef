/** What a clause is called, by its key. */
import { getClauseByKey } from '../../db/clause.ts';
import { lastTitleOfKey } from '../../db/policy.ts';
import type { Archive } from '../archive.ts';

/** As a pack or the version seen last names it; the key where neither has it any more. */
export function clauseTitle(archive: Archive, key: string): string {
  return getClauseByKey(archive.db, key)?.title ?? lastTitleOfKey(archive.db, key) ?? key;
}
