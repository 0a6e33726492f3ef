/** Legal holds, dates until which captures are kept, and what became of those that are gone. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Held, Keeping, Retained } from '../../contract/model/purge.ts';
import { inTransaction } from '../../db/handle.ts';
import { listHolds, listRetained } from '../../db/keeping.ts';
import { listPurges } from '../../db/purge.ts';
import type { Archive } from '../archive.ts';
import { requireCapture } from '../posts.ts';
import { recordEvent } from '../record.ts';

/** Purges that are listed, the newest first. */
const mostListed = 1000;

/** Holds, dates and purges; `due`: kept no longer than until a day that has passed, in UTC. */
export function listKeeping({ db, clock }: Archive): Keeping {
  const retained = listRetained(db);
  const today = clock().toISOString().slice(0, 10);
  return {
    held: listHolds(db),
    retained,
    due: retained.filter(({ until }) => until < today),
    purged: listPurges(db, mostListed),
  };
}

/** Errors: `capture-not-found`, `capture-purged`; `capture-held` where it is already. */
export function holdCapture(archive: Archive, captureId: string, because: string): Held {
  requireCapture(archive, captureId);
  return inTransaction(archive.db, () => {
    if (listHolds(archive.db, captureId).length > 0) {
      throw new HoldfastError('capture-held', `The capture ${captureId} is under a legal hold already.`);
    }
    recordEvent(archive, 'hold.set', { capture: captureId, because });
    const [held] = listHolds(archive.db, captureId);
    if (held === undefined) throw new HoldfastError('internal', 'A hold that was set is not there.');
    return held;
  });
}

/** Errors: `capture-not-held`. */
export function liftHold(archive: Archive, captureId: string, because: string): void {
  inTransaction(archive.db, () => {
    if (listHolds(archive.db, captureId).length === 0) {
      throw new HoldfastError('capture-not-held', `The capture ${captureId} is under no legal hold.`);
    }
    recordEvent(archive, 'hold.lifted', { capture: captureId, because });
  });
}

/** `until` null: it has no date any more. Errors: `capture-not-found`, `capture-purged`. */
export function retainCapture(
  archive: Archive,
  captureId: string,
  until: string | null,
  because: string,
): Retained | null {
  requireCapture(archive, captureId);
  return inTransaction(archive.db, () => {
    recordEvent(archive, 'retention.set', { capture: captureId, until, because });
    return listRetained(archive.db, captureId)[0] ?? null;
  });
}
