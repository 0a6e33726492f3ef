/** What a bundle shows of the custody log: which heads, which timestamps over them, and how they belong together. */
import { HoldfastError } from '../contract/errors.ts';
import { listCheckpoints, listLogKeys, type StoredCheckpoint } from '../db/log.ts';
import { earliestStampCovering } from '../db/timestamp.ts';
import type { PlannedCheckpoint, PlannedExtra, PlannedLog, PlannedStamp } from '../evidence/build/plan.ts';
import { paths } from '../evidence/bundle/paths.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import { toPem } from '../evidence/identity/pem.ts';
import { inclusionPath } from '../evidence/log/tree.ts';
import { checkTimestamp } from '../evidence/timestamp/check.ts';
import type { Archive } from './archive.ts';
import { nodeSource } from './log/append.ts';
import { makeCheckpoint, proveConsistency } from './log/checkpoint.ts';
import { keptBytes, stampedBytes } from './timestamps/stamped.ts';

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
 * captures. Errors: those of `makeCheckpoint`, `archive-damaged` for a timestamp that does not hold any more.
 */
export async function planBundleLog(archive: Archive, events: readonly number[]): Promise<BundleLog> {
  const { db } = archive;
  const newest = makeCheckpoint(archive);
  const stamps = await stampsCovering(archive, events);
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

/** The stamp for each event: the earliest that covers it, of an authority that the user had named where there is one. */
async function stampsCovering(archive: Archive, events: readonly number[]): Promise<Stamps> {
  const bySize = new Map<number, PlannedStamp>();
  const byEvent = new Map<number, number>();
  const extras = new Map<string, Uint8Array>();
  for (const seq of events) {
    // A checkpoint of n leaves covers the events 0 to n - 1.
    const stamp = earliestStampCovering(archive.db, seq + 1);
    if (stamp === null || stamp.token === null || stamp.subject.kind !== 'checkpoint') continue;
    const { size } = stamp.subject;
    byEvent.set(seq, size);
    if (bySize.has(size)) continue;
    const answers = stamp.token.answerFiles.map((sha256) => keptBytes(archive, sha256));
    const { planned: checked, certificates } = await checkedStamp(archive, size, stamp.token.sha256, answers);
    bySize.set(size, checked);
    const { certificate } = checked.existedNoLaterThan;
    extras.set(paths.authority(certificate), new TextEncoder().encode(toPem(...certificates)));
    for (const answer of answers) extras.set(paths.revocation(toHex(nodeSha256.of(answer))), answer);
  }
  const sorted = [...extras].sort(([a], [b]) => (a < b ? -1 : 1));
  return { bySize, byEvent, extras: sorted.map(([path, bytes]) => ({ path, bytes })) };
}

/** Checked again: what was attached long ago is about to leave the desk. Errors: `archive-damaged`. */
async function checkedStamp(
  archive: Archive,
  size: number,
  tsr: string,
  revocation: readonly Uint8Array[],
): Promise<{ planned: PlannedStamp; certificates: readonly Uint8Array[] }> {
  const response = keptBytes(archive, tsr);
  const found = await checkTimestamp({
    response,
    digest: nodeSha256.of(stampedBytes(archive, { kind: 'checkpoint', size })),
    nonce: null,
    trusted: [],
    now: archive.clock(),
    revocation,
  });
  if (found.status === 'failed') {
    throw new HoldfastError(
      'archive-damaged',
      `The timestamp over the checkpoint of ${size} events does not hold any more: ${found.message}`,
    );
  }
  const { accuracy, authority, certificates, genTime } = found;
  const { name, fingerprint } = authority;
  const time = genTime.toISOString();
  const existedNoLaterThan = { time, accuracy, authority: name, certificate: fingerprint };
  return { planned: { response, existedNoLaterThan }, certificates };
}
