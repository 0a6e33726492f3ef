/** The id of a post and the code in its address are one number: the code in base 64, its time in the upper bits. */
import type { StatedTime } from '../../contract/model/post.ts';

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Milliseconds since 1970 from which ids count. */
const epoch = 1_314_220_021_721n;

export function isShortcode(value: string | null): value is string {
  return value !== null && /^[\w-]{5,40}$/.test(value);
}

/** `id`: digits. */
export function shortcodeOf(id: string): string {
  let left = BigInt(id);
  let code = '';
  for (; left > 0n; left /= 64n) code = (signs[Number(left % 64n)] ?? '') + code;
  return code;
}

/** When the id was given, which is when the upload began. Null for what is no such id. */
export function timeOfId(id: string | null): StatedTime | null {
  if (id === null || !/^\d{17,19}$/.test(id)) return null;
  const value = new Date(Number((BigInt(id) >> 23n) + epoch)).toISOString();
  return { value, precision: 'millisecond', zone: 'utc', readFrom: 'the id of the post', raw: id };
}
