/** Opening a session: who works from here on, as claimed or as proven by a key. */
import { release, type as systemName } from 'node:os';
import { HoldfastError } from '../contract/errors.ts';
import { inTransaction } from '../db/handle.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import { signerOf } from '../evidence/identity/certificate.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { canonicalBytes } from '../evidence/log/canonical.ts';
import { signDetached } from '../evidence/signature/sign.ts';
import type { Archive, Person } from './archive.ts';
import { recordEvent } from './record.ts';
import { tool } from './tool.ts';

async function prove(
  archive: Archive,
  identity: Identity,
  time: Date,
): Promise<{ cms: string; signer: string }> {
  const statement = canonicalBytes({
    purpose: 'holdfast/session/1',
    archive: archive.info.archiveId,
    session: archive.sessionId,
    time: time.toISOString(),
  });
  const cms = await signDetached({ content: statement, identity, signingTime: time });
  return { cms: Buffer.from(cms).toString('base64'), signer: toHex(nodeSha256.of(identity.certificate)) };
}

/** Records who works in this session. Errors: `bad-input` for a name that is empty or too long. */
export async function openSession(archive: Archive, person: Person): Promise<void> {
  const identity = person.identity ?? null;
  const actor = (identity === null ? person.name : signerOf(identity.certificate).name).trim();
  if (actor === '' || actor.length > 200) {
    throw new HoldfastError('bad-input', 'Say who works: a name of 1 to 200 characters.');
  }
  const time = archive.clock();
  const proof = identity === null ? null : await prove(archive, identity, time);
  inTransaction(archive.db, () =>
    recordEvent(
      archive,
      'session.opened',
      {
        archive: archive.info.archiveId,
        actor: actor.toWellFormed(),
        proof,
        tool,
        system: `${systemName()} ${release()}`,
      },
      time,
    ),
  );
}
