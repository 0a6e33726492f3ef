/** What a bundle shows of the custody log: which heads, which timestamps over them, and how they belong together. */
import { listCheckpoints, listLogKeys, type StoredCheckpoint } from '../db/log.ts';
import type { PlannedCheckpoint, PlannedExtra, PlannedLog, PlannedStamp } from '../evidence/build/plan.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { inclusionPath } from '../evidence/log/tree.ts';
import type { Archive } from './archive.ts';
import { nodeSource } from './log/append.ts';
import { makeCheckpoint, proveConsistency } from './log/checkpoint.ts';

/**
 * So many of the newest heads go into every bundle, with the proof that the log went on from each: whoever took in an
 * earlier bundle can then see that this one belongs to the same log. A proof has some 1,000 bytes.
 */
const headsInBundle = 500;

/** The log as planned, but for its beginnings, whose events the caller reads. */
export interface BundleLog extends Omit<PlannedLog, 'started'> {
  /** Events `log.started` of the shown heads, oldest first. */
  startedAt: readonly number[];
  extras: readonly PlannedExtra[];
  /** Size of the checkpoint to show an event under: the earliest stamped one that covers it, else the newest. */
  checkpointOf(seq: number): number;
}

/**
 * Makes a checkpoint over everything recorded so far and gathers what a bundle shows of the log. `events`: places of the
 * captures. Errors: those of `makeCheckpoint`.
 */
export function planBundleLog(archive: Archive, events: readonly number[]): BundleLog {
  const { db } = archive;
  const newest = makeCheckpoint(archive);
  const stamps = stampsCovering(archive, events);
  const stored = listCheckpoints(db);
  const shown = stored.filter(({ size }, i) => i >= stored.length - headsInBundle || stamps.bySize.has(size));
  const origins = new Set(shown.map(({ origin }) => origin));
  return {
    startedAt: listLogKeys(db)
      .filter(({ origin }) => origins.has(origin))
      .map(({ eventSeq }) => eventSeq),
    checkpoints: shown.map((each) => planned(archive, each, newest, stamps.bySize)),
    inclusionPath: (seq, size) => inclusionPath(nodeSha256, nodeSource(db), seq, size),
    extras: stamps.extras,
    checkpointOf: (seq) => stamps.byEvent.get(seq) ?? newest.size,
  };
}

function planned(
  archive: Archive,
  { size, origin, root, note }: StoredCheckpoint,
  newest: StoredCheckpoint,
  stamps: ReadonlyMap<number, PlannedStamp>,
): PlannedCheckpoint {
  const consistency = size === newest.size ? [] : proveConsistency(archive, { size, root }, newest);
  return { size, origin, root, note, consistency, stamp: stamps.get(size) ?? null };
}

interface Stamps {
  bySize: ReadonlyMap<number, PlannedStamp>;
  /** By place in the log: size of the earliest stamped checkpoint that covers it. */
  byEvent: ReadonlyMap<number, number>;
  extras: readonly PlannedExtra[];
}

function stampsCovering(_archive: Archive, _events: readonly number[]): Stamps {
  return { bySize: new Map(), byEvent: new Map(), extras: [] };
}
