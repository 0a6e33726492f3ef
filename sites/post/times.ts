/** Two sources of the same time. */
import type { StatedTime } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import type { Notes } from '../notes.ts';
import { statedTime } from '../stated-time.ts';
import { notice } from './draft.ts';

/** Reads a time that may be missing; what cannot be read is noted. */
export function timeIn(raw: string | null, readFrom: string, notes: Notes): StatedTime | null {
  if (raw === null) return null;
  const { time, note } = statedTime(raw, readFrom);
  if (note !== null) notes.add(note);
  return time;
}

/** `raw`: seconds since 1970 in digits. Null where there are none, and for 0, which says that there is no time. */
export function timeOfSeconds(raw: string | null, readFrom: string): StatedTime | null {
  if (raw === null || raw.length > 11 || Number(raw) === 0) return null;
  const value = new Date(Number(raw) * 1000).toISOString().replace('.000Z', 'Z');
  return { value, precision: 'second', zone: 'utc', readFrom, raw };
}

/** A notice where the stated time and another source of it are further apart than `tolerance` milliseconds. */
export function disagreement(
  stated: StatedTime | null,
  other: StatedTime | null,
  tolerance: number,
): PostNotice[] {
  if (stated === null || other === null) return [];
  const [a, b] = [Date.parse(stated.value), Date.parse(other.value)];
  if (Number.isNaN(a) || Number.isNaN(b) || Math.abs(a - b) <= tolerance) return [];
  return [
    notice(
      'other',
      `Two sources of the time differ: ${stated.readFrom} says ${stated.value}, ${other.readFrom} says ${other.value}.`,
    ),
  ];
}
