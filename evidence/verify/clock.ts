/** Whether the signer's own times can be: what an authority stamped was not made later, whatever a clock said. */
import { paths } from '../bundle/paths.ts';
import type { GoodSignature } from '../signature/check.ts';
import type { LogExtract } from './log.ts';
import type { Stamp, Stamps } from './timestamps.ts';

/** Clocks of computers drift; what is within this many milliseconds contradicts nothing. */
const tolerance = 5 * 60_000;

/**
 * What says of itself that it is later than a stamp over it, by an authority that the user named: a sentence for each.
 * Nothing failed by that: the bytes are older than they say.
 */
export function clockContradictions(
  log: LogExtract,
  signature: GoodSignature | null,
  { all }: Stamps,
): string[] {
  const believed = all.filter(({ found }) => found.trust === 'trusted' && found.revocation !== 'revoked');
  const found = leavesLater(log, believed);
  for (const stamp of believed) {
    const stated = signature?.signingTime.getTime() ?? 0;
    if (stamp.over === 'signature' && stated > latest(stamp)) {
      found.unshift(sentence(paths.signature, new Date(stated).toISOString(), stamp));
    }
  }
  return found;
}

/** By place in the log from its end, so that the earliest stamp that covers a line is at hand. */
function leavesLater({ leaves }: LogExtract, believed: readonly Stamp[]): string[] {
  const stamps = believed
    .flatMap((stamp) => (stamp.over === 'signature' ? [] : [{ stamp, size: stamp.over.checkpoint }]))
    .sort((a, b) => b.size - a.size);
  const found: string[] = [];
  let earliest: Stamp | null = null;
  let next = 0;
  for (const [event, { seq, time }] of [...leaves].sort(([, a], [, b]) => b.seq - a.seq)) {
    for (let each = stamps[next]; each !== undefined && each.size > seq; each = stamps[++next]) {
      if (earliest === null || latest(each.stamp) < latest(earliest)) earliest = each.stamp;
    }
    if (earliest !== null && Date.parse(time) > latest(earliest)) {
      found.push(sentence(paths.leaf(event), time, earliest));
    }
  }
  return found;
}

/** Milliseconds: when it was stamped, by the authority's clock at its worst, and a little more. */
function latest({ found }: Stamp): number {
  return found.genTime.getTime() + (found.accuracy ?? 0) / 1000 + tolerance;
}

function sentence(what: string, stated: string, { path, found }: Stamp): string {
  return `${what} says ${stated}, and existed at ${found.genTime.toISOString()} already, by ${path}: the clock of the signer's computer was wrong then.`;
}
