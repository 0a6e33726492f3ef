/** The trail: pages that were visited under personas. No evidence: kept in an encrypted archive alone, and deleted when asked. */
import { HoldfastError } from '../../contract/errors.ts';
import {
  longestTrailAddress,
  type TrailLine,
  type TrailPageDraft,
  type TrailPurge,
} from '../../contract/model/trail.ts';
import { inTransaction } from '../../db/handle.ts';
import { countTrail, deleteTrail, insertTrailPage, listTrail } from '../../db/trail.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { requireActive, requirePersona } from './personas.ts';

/** False: not kept, because the archive is not encrypted. Errors: `persona-not-found`, `persona-retired`. */
export function addTrailPage(archive: Archive, page: TrailPageDraft): boolean {
  const { id: persona } = requireActive(archive, page.persona);
  if (archive.key === null) return false;
  const cut = (address: string): string => address.slice(0, longestTrailAddress);
  const { url, referrer } = page;
  insertTrailPage(archive.db, {
    ...page,
    persona,
    url: cut(url),
    referrer: referrer === null ? null : cut(referrer),
  });
  return true;
}

/** Newest first; `named` null: of every persona. Errors: `persona-not-found`. */
export function readTrail(
  archive: Archive,
  named: string | null,
  offset: number,
  limit: number,
): { total: number; lines: TrailLine[] } {
  const persona = named === null ? null : requirePersona(archive, named).id;
  return { total: countTrail(archive.db, persona), lines: listTrail(archive.db, persona, offset, limit) };
}

/**
 * Deletes lines for good, and records that so many were. Answers how many. Errors: `persona-not-found`, `nothing-to-do`.
 */
export function purgeTrail(archive: Archive, { persona: named, before }: TrailPurge): number {
  const persona = named === null ? null : requirePersona(archive, named).id;
  return inTransaction(archive.db, () => {
    const lines = deleteTrail(archive.db, { persona, before });
    if (lines === 0) throw new HoldfastError('nothing-to-do', 'There are no such lines in the trail.');
    recordEvent(archive, 'persona.trail', { persona, act: 'purged', lines });
    return lines;
  });
}
