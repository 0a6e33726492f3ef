/**
 * What a bundle shows of a log against what is known of that log: it may go on, and may never say otherwise. Known is
 * what earlier bundles showed, or this archive's own log.
 */
import { type ForeignHead, foreignHeads } from '../../db/foreign-log.ts';
import { getLogHead, listLogKeys } from '../../db/log.ts';
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

export type Relation =
  /** 'first': nothing was known. 'extends': shown to be the same log. 'not-known': nothing says otherwise, nothing proves it. */
  { state: 'first' | 'extends' | 'not-known' } | { state: 'forked'; fork: Fork };

export function shownLogs({ evidence, checkpoints }: VerifiedBundle): ShownLog[] {
  return evidence.logs.map(({ origin, vkey }) => ({
    origin,
    vkey,
    checkpoints: [...checkpoints.bySize.values()]
      .filter((each) => each.origin === origin)
      .map(({ size, root, note }) => ({ size, root: toHex(root), note: new TextDecoder().decode(note) })),
  }));
}

/** The relation of all logs of a bundle to what is known; the worst of them counts. */
export function relate(archive: Archive, logs: readonly ShownLog[]): Relation {
  const relations = logs
    .filter(({ checkpoints }) => checkpoints.length > 0)
    .map((log) => relateOne(log, known(archive, log.origin)));
  return (
    relations.find(({ state }) => state === 'forked') ??
    relations.find(({ state }) => state === 'not-known') ??
    relations.find(({ state }) => state === 'extends') ?? { state: 'first' }
  );
}

/** What is known of one log. */
interface Known {
  /** Null: nothing. */
  vkey: string | null;
  /** The largest size of which something is known; 0: none. */
  size: number;
  /** What is known of this size; null where nothing is. */
  at(size: number): { root: string; note: string | null } | null;
  newest: { size: number; root: string; note: string | null } | null;
}

function known(archive: Archive, origin: string): Known {
  const own = listLogKeys(archive.db).find((key) => key.origin === origin);
  return own === undefined ? remembered(foreignHeads(archive.db, origin)) : ownLog(archive, own.vkey);
}

function remembered(heads: readonly ForeignHead[]): Known {
  const bySize = new Map(heads.map((head) => [head.size, head]));
  const newest = heads[heads.length - 1] ?? null;
  return { vkey: newest?.vkey ?? null, size: newest?.size ?? 0, at: (size) => bySize.get(size) ?? null, newest };
}

/** Of its own log an archive knows every size. */
function ownLog(archive: Archive, vkey: string): Known {
  const head = getLogHead(archive.db);
  const size = head?.size ?? 0;
  const at = (asked: number) =>
    asked > size ? null : { root: toHex(rootAt(nodeSha256, nodeSource(archive.db), asked)), note: null };
  return { vkey, size, at, newest: head && { size, root: toHex(head.root), note: null } };
}

function relateOne({ origin, vkey, checkpoints }: ShownLog, about: Known): Relation {
  const { newest } = about;
  const last = checkpoints[checkpoints.length - 1];
  if (newest === null || about.vkey === null || last === undefined) return { state: 'first' };
  if (about.vkey !== vkey) {
    const found = `The log ${origin} is signed by another key than before: two logs go by one name.`;
    return { state: 'forked', fork: { origin, found, known: newest, shown: last } };
  }
  for (const shown of checkpoints) {
    const before = about.at(shown.size);
    if (before === null || before.root === shown.root) continue;
    const found = `At ${shown.size} lines the log ${origin} was known with another root: it has two histories, and its key has signed both.`;
    return { state: 'forked', fork: { origin, found, known: { size: shown.size, ...pick(before) }, shown } };
  }
  // What a bundle shows belongs together, and so does what is remembered: one shared head at the end of either is enough.
  const isShown = checkpoints.some(({ size }) => size === newest.size);
  return { state: isShown || about.at(last.size) !== null ? 'extends' : 'not-known' };
}

function pick({ root, note }: { root: string; note: string | null }) {
  return { root, note };
}
