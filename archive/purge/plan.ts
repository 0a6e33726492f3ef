/** What a purge would do, told before it is done. */
import type { PurgeCounts, PurgePlan } from '../../contract/model/purge.ts';
import { listHolds, listRetained } from '../../db/keeping.ts';
import {
  alsoIn,
  backupsOf,
  bundlesOf,
  type DoomedBlob,
  type DoomedEvent,
  doomedBlobs,
  doomedEvents,
  watchesOf,
  whatStays,
} from '../../db/purge-plan.ts';
import type { Archive } from '../archive.ts';
import { type Doomed, doomedBy, doomedIds } from './doomed.ts';

/** What goes with captures that are purged. */
export interface Taken {
  captures: readonly string[];
  events: readonly DoomedEvent[];
  /** Those that are destroyed whole. */
  blobs: readonly DoomedBlob[];
  /** Ids of watches that end. */
  watches: readonly string[];
  counts: PurgeCounts;
}

export function takenWith({ db }: Archive, doomed: Doomed): Taken {
  const captures = doomedIds(doomed);
  const events = doomedEvents(db, captures);
  const blobs = doomedBlobs(db, captures);
  return {
    captures,
    events,
    blobs,
    watches: watchesOf(db, captures),
    counts: countsOf(captures, events, blobs),
  };
}

function countsOf(
  captures: readonly string[],
  events: readonly DoomedEvent[],
  blobs: readonly DoomedBlob[],
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

export function planOf({ db }: Archive, doomed: Doomed, { captures, counts, watches }: Taken): PurgePlan {
  const holds = captures.flatMap((id) => listHolds(db, id));
  return {
    captureId: doomed.capture.id,
    along: doomed.along,
    destroyed: counts,
    stays: whatStays(db, captures),
    alsoIn: alsoIn(db, captures),
    watches: watches.length,
    bundles: bundlesOf(db, captures),
    backups: backupsOf(db, captures),
    hold: holds[0] ?? null,
    retention: listRetained(db, doomed.capture.id)[0] ?? null,
  };
}

/** What would go, what would stay, and what cannot be reached. Errors: `capture-not-found`, `capture-purged`, `archive-damaged`. */
export async function planPurge(archive: Archive, captureId: string): Promise<PurgePlan> {
  const doomed = await doomedBy(archive, captureId);
  return planOf(archive, doomed, takenWith(archive, doomed));
}
