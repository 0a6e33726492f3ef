/** Who is at the desk, and whether two acts are one person's. */
import { personOf } from '../../contract/model/actor.ts';
import { getSession } from '../../db/session.ts';
import { signerByFingerprint, signerById } from '../../db/signer.ts';
import type { Archive } from '../archive.ts';

/** Who works in this session, as `personOf` names people. */
export function personAtDesk(archive: Archive): string {
  const session = getSession(archive.db, archive.sessionId);
  if (session === null) throw new Error('the session of this opening is not recorded');
  return personOf(session.actor);
}

/** The signer that is used today in place of this one; other names stay as they are. */
function current(archive: Archive, person: string): string {
  const seen = new Set<string>();
  let signer = person;
  while (!seen.has(signer)) {
    seen.add(signer);
    const by = signerByFingerprint(archive.db, signer)?.replaced?.by;
    signer = (by === undefined ? null : signerById(archive.db, by))?.fingerprint ?? signer;
  }
  return signer;
}

/** Whether two people are one: the same, or one whose key took the place of the other's, signed or not. */
export function isSamePerson(archive: Archive, a: string, b: string): boolean {
  return a === b || current(archive, a) === current(archive, b);
}
