/** Words that tags cite and that are no longer those of their clause. */
import type { ReadableDb } from '../../db/handle.ts';
import { type Cited, citedPlaces, lastJudgement } from '../../db/judgement.ts';
import type { Archive } from '../archive.ts';
import { stampOf } from '../policies/remembering.ts';
import { changedSince } from '../tags/flags.ts';

interface Looked {
  /** Of the library. */
  stamp: string;
  /** The tag that was set last when it was looked. */
  last: number;
  seen: Set<string>;
  changed: Cited[];
}

/** What was found of each open archive: with thousands of places, asking of each again for every page takes too long. */
const looked = new WeakMap<ReadableDb, Looked>();

/**
 * Of every place that any tag cites: those whose clause was reworded or dropped since. Asked by place, not by tag, as
 * very many tags cite few; and only of places that came since, as long as the library is what it was.
 */
export function changedPlaces({ db }: Archive): readonly Cited[] {
  const stamp = stampOf(db);
  const known = looked.get(db);
  const now: Looked = known?.stamp === stamp ? known : { stamp, last: -1, seen: new Set(), changed: [] };
  const last = lastJudgement(db);
  for (const cited of last > now.last ? citedPlaces(db, now.last) : []) {
    const place = `${cited.version} ${cited.part}`;
    if (!now.seen.has(place) && changedSince(db, cited) !== null) now.changed.push(cited);
    now.seen.add(place);
  }
  now.last = last;
  looked.set(db, now);
  return now.changed;
}
