/** Putting packs of clauses into the archive. */
import type { ClausePack } from '../contract/model/clause.ts';
import { newId } from '../evidence/id.ts';
import type { Archive } from './archive.ts';
import { recordEvent } from './record.ts';

/** Adds a pack as one event. Inside the caller's transaction. */
export function addClauses(archive: Archive, pack: ClausePack): void {
  const { clauses, ...about } = pack;
  recordEvent(archive, 'clauses.added', {
    pack: about,
    clauses: clauses.map((clause) => ({ id: newId(), ...clause })),
  });
}
