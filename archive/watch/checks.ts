/** What checks came to, as the log tells it to others: of this archive's own watches, and out of bundles. */
import type { PostCheck } from '../../contract/model/watch.ts';
import { checkEvents } from '../../db/bundled.ts';
import { getWholeEvent } from '../../db/event.ts';
import { mayConfirm } from '../../evidence/bundle/checks.ts';
import type { Archive } from '../archive.ts';
import { readEvent } from '../record.ts';

/** All of them in the order of the log. */
export function allChecks(archive: Archive): { seq: number; check: PostCheck }[] {
  return checkEvents(archive.db).flatMap((seq) => {
    const stored = getWholeEvent(archive.db, seq);
    const event = stored === null ? null : readEvent(stored.document);
    return event?.kind === 'post.checked' ? [{ seq, check: event.body }] : [];
  });
}

/** The check as it may stand behind these: where it cannot be held that it confirms another, it confirms none. */
export function asHeld<C extends PostCheck>(check: C, before: readonly PostCheck[]): C {
  return mayConfirm(check, before) ? check : { ...check, confirms: null };
}
