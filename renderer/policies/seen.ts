import type { Seen } from '../../contract/model/policy.ts';

/** A sighting for people: the day, or the instant in UTC where it is known. */
export function seenInWords({ at, precision }: Seen): string {
  return precision === 'day' ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
