/** What checks came to, as the log tells it to others: of this archive's own watches, and out of bundles. */
import type { PostCheck } from '../../contract/model/watch.ts';
import { checksBehind } from '../../db/post-check.ts';
import { mayConfirm } from '../../evidence/bundle/checks.ts';
import type { Archive } from '../archive.ts';

/** The check as it may stand behind those of the log: where it cannot be held that it confirms another, it confirms none. */
export function asHeld<C extends PostCheck>({ db }: Archive, check: C): C {
  if (check.confirms === null || mayConfirm(check, checksBehind(db, check))) return check;
  return { ...check, confirms: null };
}
