/** Purging: the one lawful way out of the archive. One transaction destroys, records that, and keeps the leaves. */
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { PurgeCause, PurgeOrder, PurgePlan, PurgeReport } from '../../contract/model/purge.ts';
import { addChunk, chunkSize, sealBlob, stageBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { destroyKept, forgetDigests } from '../../db/purge.ts';
import {
  bundleFiles,
  doomedBlobs,
  doomedEvents,
  neededParts,
  placedExhibits,
  readingsOf,
  watchesOf,
} from '../../db/purge-plan.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';
import { recordEvent } from '../record.ts';
import type { WorkOptions } from '../safety/pages.ts';
import { cleanFile } from './clean.ts';
import { type Doomed, doomedBy, doomedIds } from './doomed.ts';
import { countsOf, planOf } from './plan.ts';

/** Characters of the end of an id that are typed instead of all. */
const typedPart = 6;

/** Errors: `purge-not-confirmed`. */
function requireConfirmed({ captureId, confirm }: PurgeOrder): void {
  const typed = confirm.trim().toLowerCase();
  if (typed === captureId || typed === captureId.slice(-typedPart)) return;
  throw new HoldfastError(
    'purge-not-confirmed',
    `What was typed is neither the id of the capture nor its last ${typedPart} characters. Nothing was purged. Compare the id, and type it again.`,
  );
}

/** Errors: `capture-held`. */
export function requireNotHeld({ hold }: Pick<PurgePlan, 'hold'>): void {
  if (hold === null) return;
  throw new HoldfastError(
    'capture-held',
    `The capture ${hold.captureId} is under a legal hold since ${hold.at}, so nothing was purged. Whoever may lift the hold must do that first.`,
    { details: { capture: hold.captureId, since: hold.at } },
  );
}

/** Bytes inside blobs that go which others need: in blobs of their own from here on. */
function rescueParts(archive: Archive, captures: readonly string[], blobs: readonly number[]): void {
  const { db, holder } = archive;
  for (const { sha256, blobId, offset, size, mediaType } of neededParts(db, captures, blobs)) {
    const own = stageBlob(db, holder);
    for (let at = 0; at < size; at += chunkSize) {
      const bytes = Buffer.concat([
        ...readBlob(archive, blobId, offset + at, Math.min(chunkSize, size - at)),
      ]);
      addChunk(db, own, at / chunkSize, bytes);
    }
    sealBlob(db, own, { sha256, size, mediaType });
  }
}

/** Why, by what right, and what is kept of it. */
export interface Grounds {
  cause: PurgeCause;
  because: string;
  authority: string | null;
  keepAddress: boolean;
}

/** Inside the caller's transaction, once nothing speaks against it. */
export function destroy(
  archive: Archive,
  doomed: Doomed,
  { keepAddress, ...grounds }: Grounds,
): { leaf: number; events: number[] } {
  const { db } = archive;
  const { capture, elsewhere } = doomed;
  const captures = doomedIds(doomed);
  // Rows go in an order that the triggers want; that nothing is left hanging is checked at the end.
  db.pragma('defer_foreign_keys = ON');
  const events = doomedEvents(db, captures);
  const blobs = doomedBlobs(db, captures);
  const kept = { readings: readingsOf(db, captures), blobs: blobs.map(({ id }) => id) };
  rescueParts(archive, captures, kept.blobs);
  const addresses = [capture.url, capture.recording?.requestedUrl ?? null].filter((url) => url !== null);
  forgetDigests(db, addresses);
  for (const exhibit of placedExhibits(db, captures))
    recordEvent(archive, 'exhibit.removed', { ...exhibit, because: 'Its capture was purged.' });
  const { seq } = recordEvent(archive, 'capture.purged', {
    capture: capture.id,
    captures,
    elsewhere,
    ...grounds,
    address: keepAddress ? (capture.recording?.requestedUrl ?? capture.url) : null,
    startedAt: keepAddress ? capture.receivedAt : null,
    events: events.map(({ seq: at, session, posts }) => ({
      seq: at,
      session,
      ...(posts !== null && { posts }),
    })),
    watches: watchesOf(db, captures),
    destroyed: countsOf(captures, events, blobs),
  });
  destroyKept(db, seq, kept);
  return { leaf: seq, events: events.map((event) => event.seq) };
}

/**
 * Destroys a capture with everything that rests on it alone, and records that; `cleanFile` has to follow. Errors:
 * `purge-not-confirmed`, `capture-held`, `capture-not-found`, `capture-purged`, `archive-busy`, `disk-full`,
 * `archive-damaged`: nothing was purged.
 */
export async function purgeCapture(
  archive: Archive,
  order: PurgeOrder,
): Promise<PurgePlan & { leaf: number; events: number[] }> {
  requireConfirmed(order);
  const doomed = await doomedBy(archive, order.captureId);
  try {
    return inTransaction(archive.db, () => {
      if (bundleFiles(archive.db).length !== doomed.files) {
        throw new HoldfastError(
          'archive-busy',
          'A bundle was taken in meanwhile, which may hold the capture. Nothing was purged; try again.',
        );
      }
      const plan = planOf(archive, doomed);
      requireNotHeld(plan);
      const { because, authority, keepAddress } = order;
      return { ...plan, ...destroy(archive, doomed, { cause: 'purged', because, authority, keepAddress }) };
    });
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}

/**
 * `purgeCapture`, and then the traces in the file: where these cannot be cleared now, the next opening does it, and the
 * report says why. Nothing else may be under way on the archive; `replaced` as in `cleanFile`. Errors: those of
 * `purgeCapture`.
 */
export async function purgeAndClean(
  archive: Archive,
  order: PurgeOrder,
  options: WorkOptions,
  replaced: (archive: Archive) => void,
): Promise<PurgeReport> {
  const purged = await purgeCapture(archive, order);
  let open = archive;
  try {
    await cleanFile(archive, options, (next) => {
      open = next;
      replaced(next);
    });
    return { ...purged, cleaned: true, notCleaned: null };
  } catch (error) {
    if (!open.db.open) throw error;
    return { ...purged, cleaned: false, notCleaned: toFailure(error).message };
  }
}
