/** Opening a session: who works from here on, as claimed or as proven by a key. */
import { release, type as systemName } from 'node:os';
import { HoldfastError } from '../contract/errors.ts';
import { inTransaction } from '../db/handle.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import type { Archive, Person } from './archive.ts';
import { recordEvent } from './record.ts';
import { checkNotReplaced, draftSigner, recordSigner, signStatement } from './signers.ts';
import { tool } from './tool.ts';

/** What the identity's key signs at the opening, and the signer that becomes known by it, if it is not yet. */
async function prove(archive: Archive, identity: Identity, time: Date) {
  checkNotReplaced(archive, identity);
  const statement = {
    purpose: 'holdfast/session/1',
    archive: archive.info.archiveId,
    session: archive.sessionId,
  };
  const { cms } = await signStatement(identity, statement, time);
  return {
    proof: { cms, signer: identity.signer.fingerprint },
    signer: await draftSigner(archive, identity, time),
  };
}

/**
 * Records who works in this session. Errors: `bad-input` for a name that is empty or too long; with an identity
 * `signer-replaced`, and `identity-not-supported` outside its certificate's validity.
 */
export async function openSession(archive: Archive, person: Person): Promise<void> {
  const identity = person.identity ?? null;
  const actor = (identity === null ? person.name : identity.signer.name).trim();
  if (actor === '' || actor.length > 200) {
    throw new HoldfastError('bad-input', 'Say who works: a name of 1 to 200 characters.');
  }
  const time = archive.clock();
  const proven = identity === null ? null : await prove(archive, identity, time);
  inTransaction(archive.db, () => {
    recordEvent(
      archive,
      'session.opened',
      {
        archive: archive.info.archiveId,
        actor: actor.toWellFormed(),
        proof: proven?.proof ?? null,
        tool,
        system: `${systemName()} ${release()}`,
      },
      time,
    );
    // Behind the opening: the signer's row names the session in which it was added.
    recordSigner(archive, proven?.signer ?? null, time);
  });
}
