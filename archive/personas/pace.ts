/** How fast pages are asked for under a persona, counted over every way in which they are. */
import type { Turn } from '../../contract/model/persona.ts';
import { inTransaction } from '../../db/handle.ts';
import { listTurns, putTurn } from '../../db/persona.ts';
import type { Archive } from '../archive.ts';
import { requireActive } from './personas.ts';

const hour = 3_600_000;

/**
 * Books the next time at which a page may be asked for under a persona, and says when that is. `byHand`: a person asks
 * for it now; it counts, and waits for nothing. `chance`: from 0 to 1, for the jitter.
 * Errors: `persona-not-found`, `persona-retired`.
 */
export function takeTurn(
  archive: Archive,
  named: string,
  byHand = false,
  chance: () => number = Math.random,
): Turn {
  const { id, pace } = requireActive(archive, named);
  const now = archive.clock().getTime();
  return inTransaction(archive.db, () => {
    const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
    const before = instant(now - hour);
    let at = now;
    if (pace !== null && !byHand) {
      const turns = listTurns(archive.db, id, before).map((turn) => Date.parse(turn));
      const last = turns.at(-1);
      if (last !== undefined) at = Math.max(at, last + pace.betweenPages * 1000 * (1 + chance() / 2));
      // The one that leaves the hour before this one may come.
      const leaves = turns.at(-pace.pagesAnHour);
      if (leaves !== undefined) at = Math.max(at, leaves + hour);
    }
    at = Math.ceil(at);
    putTurn(archive.db, id, instant(at), before);
    return { at: instant(at), milliseconds: at - now };
  });
}
