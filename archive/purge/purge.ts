/** Purging: the one lawful way out of the archive. One transaction destroys, records that, and keeps the leaves. */
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { PurgeOrder, PurgePlan, PurgeReport } from '../../contract/model/purge.ts';
import { addChunk, chunkSize, sealBlob, stageBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { destroyKept, forgetDigests } from '../../db/purge.ts';
import { bundleFiles, neededParts, placedExhibits, readingsOf } from '../../db/purge-plan.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';
import { recordEvent } from '../record.ts';
import type { WorkOptions } from '../work.ts';
import { cleanFile } from './clean.ts';
import { type Doomed, doomedBy } from './doomed.ts';
import { planOf, type Taken, takenWith } from './plan.ts';

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
function requireNotHeld({ hold }: Pick<PurgePlan, 'hold'>): void {
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

/** Inside the caller's transaction, once nothing speaks against it. */
function destroy(
  archive: Archive,
  { capture, elsewhere }: Doomed,
  { captures, events, blobs, watches, counts }: Taken,
  { because, authority, keepAddress }: PurgeOrder,
): { leaf: number; events: number[] } {
  const { db } = archive;
  // Rows go in an order that the triggers want; that nothing is left hanging is checked at the end.
  db.pragma('defer_foreign_keys = ON');
  const kept = { readings: readingsOf(db, captures), blobs: blobs.map(({ id }) => id) };
  rescueParts(archive, captures, kept.blobs);
  const addresses = [capture.url, capture.recording?.requestedUrl ?? null].filter((url) => url !== null);
  forgetDigests(db, addresses);
  for (const exhibit of placedExhibits(db, captures))
    recordEvent(archive, 'exhibit.removed', { ...exhibit, because: 'Its capture was purged.' });
  const { seq } = recordEvent(archive, 'capture.purged', {
    capture: capture.id,
    captures: [...captures],
    elsewhere,
    cause: 'purged',
    because,
    authority,
    address: keepAddress ? (capture.recording?.requestedUrl ?? capture.url) : null,
    startedAt: keepAddress ? capture.receivedAt : null,
    events: events.map(({ seq: at, session, posts }) => ({
      seq: at,
      session,
      ...(posts !== null && { posts }),
    })),
    watches: [...watches],
    destroyed: counts,
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
      const taken = takenWith(archive, doomed);
      const plan = planOf(archive, doomed, taken);
      requireNotHeld(plan);
      return { ...plan, ...destroy(archive, doomed, taken, order) };
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
