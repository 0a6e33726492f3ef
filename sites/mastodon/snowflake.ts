/** Mastodon's ids carry the millisecond of the post: the upper 48 bits, since 1970. */
import type { StatedTime } from '../../contract/model/post.ts';

/** 2016-10-06, when Mastodon was shown first: ids from before it changed its ids are small numbers. */
const first = 1_475_712_000_000n;
const last = 253_402_300_799_999n;

export function timeOfId(id: string): StatedTime | null {
  if (!/^\d{1,20}$/.test(id)) return null;
  const at = BigInt(id) >> 16n;
  if (at < first || at > last) return null;
  return {
    value: new Date(Number(at)).toISOString(),
    precision: 'millisecond',
    zone: 'utc',
    readFrom: 'the id of the post (snowflake)',
    raw: id,
  };
}
