/** Checks that come in a bundle: whether posts that are here now were still there, as somebody else saw it. */
import { isCheckKnown } from '../../../db/post-check.ts';
import type { VerifiedBundle } from '../../../evidence/verify/verify.ts';
import type { Archive } from '../../archive.ts';
import { recordEvent } from '../../record.ts';
import { asHeld } from '../../watch/checks.ts';
import type { PostMap } from './bundle-posts.ts';

/**
 * Records those that are not here yet; gives back how many. A check is known by its capture, which stays what it is in the
 * archive that made it. Names of who made them count as claimed: nobody here saw a proof.
 */
export function takeChecks(archive: Archive, { evidence }: VerifiedBundle, posts: PostMap): number {
  const { checks = [], bundle, archive: from } = evidence;
  const here = (id: string | null): string | null => (id === null ? null : (posts.get(id) ?? null));
  let taken = 0;
  for (const { event, session: _session, time, actor, origin, ...check } of checks) {
    if (isCheckKnown(archive.db, check.capture)) continue;
    const { post, read, comparedWith } = check;
    const ids = { post: here(post), read: here(read), comparedWith: here(comparedWith) };
    const held = asHeld(archive, { ...check, ...ids });
    const told = origin ?? { bundle, archive: from, event, time, actor };
    const by = { name: told.actor.name, basis: 'claimed' as const, signer: null };
    recordEvent(archive, 'post.checked', { ...held, origin: { ...told, actor: by } });
    taken += 1;
  }
  return taken;
}
