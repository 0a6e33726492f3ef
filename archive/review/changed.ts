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

/** What is known of an archive, as long as the library is what it was. */
function knownOf(db: ReadableDb): Looked {
  const stamp = stampOf(db);
  const known = looked.get(db);
  const now: Looked = known?.stamp === stamp ? known : { stamp, last: -1, seen: new Set(), changed: [] };
  looked.set(db, now);
  return now;
}

function look(db: ReadableDb, known: Looked, cited: Cited): void {
  const place = `${cited.version} ${cited.part}`;
  if (!known.seen.has(place) && changedSince(db, cited) !== null) known.changed.push(cited);
  known.seen.add(place);
}

/**
 * Of every place that any tag cites: those whose clause was reworded or dropped since. Asked by place, not by tag, as
 * very many tags cite few; and only of places that came since, as long as the library is what it was.
 */
export function changedPlaces({ db }: Archive): readonly Cited[] {
  const known = knownOf(db);
  const last = lastJudgement(db);
  for (const cited of last > known.last ? citedPlaces(db, known.last) : []) look(db, known, cited);
  known.last = last;
  return known.changed;
}

/** Works out beforehand what the inbox needs; other work has its turn between. */
export async function warmChanged({ db }: Archive): Promise<void> {
  if (!db.open) return;
  for (const cited of citedPlaces(db, -1)) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!db.open) return;
    look(db, knownOf(db), cited);
  }
}
