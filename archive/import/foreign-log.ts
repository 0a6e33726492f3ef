/**
 * What a bundle shows of a log against what is known of that log: it may go on, and may never say otherwise. Known is
 * what earlier bundles showed, or this archive's own log.
 */
import { type ForeignHead, foreignHeads, isArchiveKnown, sizesShown } from '../../db/foreign-log.ts';
import { getLogHead, listCheckpoints, listLogKeys } from '../../db/log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { rootAt } from '../../evidence/log/tree.ts';
import type { VerifiedBundle } from '../../evidence/verify/verify.ts';
import type { Archive } from '../archive.ts';
import { nodeSource } from '../log/append.ts';

export interface ShownHead {
  size: number;
  root: string;
  /** The signed note. */
  note: string;
}

export interface ShownLog {
  origin: string;
  vkey: string;
  /** Smallest first; each the beginning of the next, which the check of the bundle has shown. */
  checkpoints: ShownHead[];
}

export interface Fork {
  origin: string;
  /** What was found, in a sentence. */
  found: string;
  known: { size: number; root: string; note: string | null };
  shown: ShownHead;
}

/**
 * 'first': nothing was known. 'extends': shown to be the same log. 'not-known': nothing says otherwise, nothing proves it.
 * 'other-key': its name, or its archive, is known with another key; which of the two is what it says, nobody can tell
 * from here.
 */
export type Relation =
  | { state: 'first' | 'extends' | 'not-known' | 'other-key' }
  | { state: 'forked'; fork: Fork };

export function shownLogs({ evidence, checkpoints }: VerifiedBundle): ShownLog[] {
  return evidence.logs.map(({ origin, vkey }) => ({
    origin,
    vkey,
    checkpoints: [...checkpoints.bySize.values()]
      .filter((each) => each.origin === origin)
      .map(({ size, root, note }) => ({ size, root: toHex(root), note: new TextDecoder().decode(note) })),
  }));
}

/** The relation of all logs of a bundle of `archiveId` to what is known; the worst of them counts. */
export function relate(archive: Archive, archiveId: string, logs: readonly ShownLog[]): Relation {
  const isKnown = archiveId === archive.info.archiveId || isArchiveKnown(archive.db, archiveId);
  const relations = logs
    .filter(({ checkpoints }) => checkpoints.length > 0)
    .map((log) => relateOne(log, known(archive, log)))
    // A log goes on under a new name where its archive was restored; anybody can say so, too.
    .map((each): Relation => (isKnown && each.state === 'first' ? { state: 'other-key' } : each));
  return (
    relations.find(({ state }) => state === 'forked') ??
    relations.find(({ state }) => state === 'other-key') ??
    relations.find(({ state }) => state === 'not-known') ??
    relations.find(({ state }) => state === 'extends') ?? { state: 'first' }
  );
}

/** Sizes that were shown to be of one log that only grew. */
interface History {
  newest: number;
  has(size: number): boolean;
}

/** What is known of one log. */
interface Known {
  vkey: string;
  /** What is known of this size; null where nothing is. */
  at(size: number): { root: string; note: string | null } | null;
  /** More than one where a bundle showed heads that nobody could compare with those known before. */
  histories: readonly History[];
}

/** Null: nothing. With the key `vkey` where one of that key is known, else with another. */
function known(archive: Archive, { origin, vkey }: ShownLog): Known | null {
  const keys = listLogKeys(archive.db);
  const own = keys.find((key) => key.origin === origin);
  if (own !== undefined) return ownLog(archive, own.vkey, ownSize(archive, origin, own === keys.at(-1)));
  const heads = foreignHeads(archive.db, origin);
  const same = heads.filter((head) => head.vkey === vkey);
  return remembered(archive, same.length > 0 ? same : heads);
}

function remembered(archive: Archive, heads: readonly ForeignHead[]): Known | null {
  const newest = heads[heads.length - 1];
  if (newest === undefined) return null;
  const bySize = new Map(heads.map((head) => [head.size, head]));
  const histories = historiesOf(sizesShown(archive.db, newest.vkey));
  return { vkey: newest.vkey, at: (size) => bySize.get(size) ?? null, histories };
}

/** Heads that bundles showed, as far as one of them is a beginning of another. */
function historiesOf(showings: readonly (readonly number[])[]): History[] {
  let histories: ReadonlySet<number>[] = [];
  for (const sizes of showings) {
    const shown = new Set(sizes);
    const begun = histories.filter((each) => shown.has(newestOf(each)));
    const others = histories.filter((each) => !begun.includes(each));
    const longer = others.find((each) => each.has(newestOf(shown)));
    const joined = new Set([shown, ...begun, longer ?? []].flatMap((each) => [...each]));
    histories = [...others.filter((each) => each !== longer), joined];
  }
  return histories.map((sizes) => ({ newest: newestOf(sizes), has: (size) => sizes.has(size) }));
}

function newestOf(sizes: ReadonlySet<number>): number {
  return [...sizes].reduce((most, size) => Math.max(most, size), 0);
}

/**
 * Up to where an archive knows what a key of its own log has signed. Under a key that was replaced, as by a restore, the
 * log may have gone on elsewhere: of that one, only what the newest checkpoint here covers.
 */
function ownSize(archive: Archive, origin: string, active: boolean): number {
  if (active) return getLogHead(archive.db)?.size ?? 0;
  return listCheckpoints(archive.db).findLast((each) => each.origin === origin)?.size ?? 0;
}

/** Of its own log an archive knows every size up to `newest`; null where that is nothing. */
function ownLog(archive: Archive, vkey: string, newest: number): Known | null {
  if (newest === 0) return null;
  const has = (size: number) => size <= newest;
  const at = (size: number) =>
    has(size) ? { root: toHex(rootAt(nodeSha256, nodeSource(archive.db), size)), note: null } : null;
  return { vkey, at, histories: [{ newest, has }] };
}

function relateOne({ origin, vkey, checkpoints }: ShownLog, about: Known | null): Relation {
  const last = checkpoints[checkpoints.length - 1];
  if (about === null || last === undefined) return { state: 'first' };
  if (about.vkey !== vkey) return { state: 'other-key' };
  for (const shown of checkpoints) {
    const before = about.at(shown.size);
    if (before === null || before.root === shown.root) continue;
    const found = `At ${shown.size} lines the log ${origin} was known with another root: it has two histories, and its key has signed both.`;
    return { state: 'forked', fork: { origin, found, known: { size: shown.size, ...pick(before) }, shown } };
  }
  // What a bundle shows belongs together, and so does a history: one shared head at the end of either is enough.
  const shown = new Set(checkpoints.map(({ size }) => size));
  const fits = (history: History) => shown.has(history.newest) || history.has(last.size);
  return { state: about.histories.every(fits) ? 'extends' : 'not-known' };
}

function pick({ root, note }: { root: string; note: string | null }) {
  return { root, note };
}
