/** An archive at which one person after the other sits down. */
import { onTestFinished } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { closeArchive, openArchive } from '../../../archive/open.ts';
import { addTag } from '../../../archive/tags/add.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { makeArchive } from '../../support/archive.ts';

export interface Desk {
  /** As whoever sits there now left it. */
  readonly archive: Archive;
  /** Locks, and opens it again for somebody else: by a name, or by an identity. */
  sit(who: string | Identity): Promise<Archive>;
}

/** A plain archive; 'Tess Ter' sits there first. */
export async function makeDesk(): Promise<Desk> {
  let archive = await makeArchive({ plain: true });
  const { path } = archive;
  onTestFinished(() => {
    if (archive.db.open) closeArchive(archive);
  });
  return {
    get archive() {
      return archive;
    },
    sit: async (who) => {
      closeArchive(archive);
      const person = typeof who === 'string' ? { name: who } : { name: who.signer.name, identity: who };
      archive = await openArchive({ path, passphrase: null, person });
      return archive;
    },
  };
}

/** A tag by the clause of the test pack; its id. */
export function tag(archive: Archive, postId: string, because = 'a reason'): string {
  return addTag(archive, { postId, clauseKey: 'x/hateful-conduct', because }).id;
}

/** How many events there are of each kind. */
export function countEvents(archive: Archive): number {
  return Number(archive.db.prepare('SELECT count(*) FROM event').pluck().get());
}
