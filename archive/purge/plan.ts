/** What a purge would do, told before it is done. */
import type { PurgeCounts, PurgePlan } from '../../contract/model/purge.ts';
import { listHolds, listRetained } from '../../db/keeping.ts';
import {
  alsoIn,
  backupsOf,
  bundlesOf,
  type DoomedEvent,
  doomedBlobs,
  doomedEvents,
  watchesOf,
  whatStays,
} from '../../db/purge-plan.ts';
import type { Archive } from '../archive.ts';
import { type Doomed, doomedBy, doomedIds } from './doomed.ts';

/** `blobs`: those that are destroyed whole. */
export function countsOf(
  captures: readonly string[],
  events: readonly DoomedEvent[],
  blobs: readonly { size: number }[],
): PurgeCounts {
  const of = (kind: string): number => events.filter((event) => event.kind === kind).length;
  // What commits to the files of a capture goes with it, and is no record of its own to who reads the numbers.
  const sealing = of('capture.sealed') + of('artifacts.committed');
  const [readings, tags, reviews] = [of('reading.made'), of('tag.set'), of('tag.reviewed')];
  return {
    captures: captures.length,
    readings,
    posts: events.reduce((sum, { posts }) => sum + (posts ?? 0), 0),
    tags,
    reviews,
    others: events.length - sealing - readings - tags - reviews,
    artifacts: blobs.length,
    bytes: blobs.reduce((sum, { size }) => sum + size, 0),
  };
}

export function planOf(archive: Archive, doomed: Doomed): PurgePlan {
  const { db } = archive;
  const captures = doomedIds(doomed);
  const holds = captures.flatMap((id) => listHolds(db, id));
  return {
    captureId: doomed.capture.id,
    along: doomed.along,
    destroyed: countsOf(captures, doomedEvents(db, captures), doomedBlobs(db, captures)),
    stays: whatStays(db, captures),
    alsoIn: alsoIn(db, captures),
    watches: watchesOf(db, captures).length,
    bundles: bundlesOf(db, captures),
    backups: backupsOf(db, captures),
    hold: holds[0] ?? null,
    retention: listRetained(db, doomed.capture.id)[0] ?? null,
  };
}

/** What would go, what would stay, and what cannot be reached. Errors: `capture-not-found`, `capture-purged`, `archive-damaged`. */
export async function planPurge(archive: Archive, captureId: string): Promise<PurgePlan> {
  return planOf(archive, await doomedBy(archive, captureId));
}
