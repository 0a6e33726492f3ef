/** X's ids carry the millisecond in which they were given (snowflake). */
import type { StatedTime } from '../../contract/model/post.ts';

/** 2010-11-04T01:42:54.657Z. */
const epoch = 1_288_834_974_657n;
/** The first id of this kind; those before were counted. */
const first = 29_700_859_247n;

/** The time that an id carries; null for ids from before, and for what is none. */
export function timeOfId(id: string): StatedTime | null {
  if (!/^\d{1,19}$/.test(id) || BigInt(id) < first) return null;
  const at = new Date(Number((BigInt(id) >> 22n) + epoch));
  return {
    value: at.toISOString(),
    precision: 'millisecond',
    zone: 'utc',
    readFrom: 'the id of the post (snowflake)',
    raw: id,
  };
}
