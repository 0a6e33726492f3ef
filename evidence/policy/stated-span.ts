/** What instants a time may mean, as a source states it. */
import type { StatedTime } from '../../contract/model/post.ts';
import { dayLength, type Span } from './in-force.ts';

const hour = 60 * 60 * 1000;
/** No clock on earth is further from UTC: 14 hours ahead, 12 behind. */
const [furthestAhead, furthestBehind] = [14 * hour, 12 * hour];

/** The first instant after a time as it was stated, by its precision. */
function endOf(from: number, precision: StatedTime['precision']): number {
  const date = new Date(from);
  if (precision === 'year') return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  if (precision === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  const lengths = { day: dayLength, minute: 60_000, second: 1, millisecond: 1 };
  return from + lengths[precision];
}

/** All instants that a stated time may mean; null where it is no time. A second counts as its first instant. */
export function spanOfStated({ value, precision, zone }: StatedTime): Span | null {
  const isDate = precision === 'year' || precision === 'month' || precision === 'day';
  // Without an offset it is read as if it were UTC, and then widened by what the zone may be.
  const from = Date.parse(isDate || zone !== 'unknown' ? value : `${value}Z`);
  if (Number.isNaN(from)) return null;
  const to = endOf(from, precision) - 1;
  return zone === 'unknown' ? { from: from - furthestAhead, to: to + furthestBehind } : { from, to };
}
