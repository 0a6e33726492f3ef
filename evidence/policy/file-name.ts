/** When a text was seen, as the names of dated files say it. */
import type { Seen } from '../../contract/model/policy.ts';

/** A date that the calendar has; null for any other. */
function instant(year: string, month: string, day: string, time = '00:00:00'): string | null {
  const text = `${year}-${month}-${day}T${time}.000Z`;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) || date.toISOString() !== text ? null : text;
}

/**
 * `20201203_Twitter_CommunityGuidelines.md`: a day. `2026-06-29T131310.md`: an instant in UTC. `2026-06-29.md`: a day.
 * Null: the name holds no date, or one that no calendar has.
 */
export function seenByName(name: string): Seen | null {
  const second = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})-?:?(\d{2})-?:?(\d{2})Z?(?![\d])/.exec(name);
  if (second !== null) {
    const [, year = '', month = '', day = '', hours = '', minutes = '', seconds = ''] = second;
    const at = instant(year, month, day, `${hours}:${minutes}:${seconds}`);
    return at === null ? null : { at, precision: 'second' };
  }
  const days = /^(\d{4})-?(\d{2})-?(\d{2})(?=[_. -]|$)/.exec(name);
  if (days === null) return null;
  const [, year = '', month = '', day = ''] = days;
  const at = instant(year, month, day);
  return at === null ? null : { at, precision: 'day' };
}

/** Of a commit of an Open Terms Archive; null: the message says nothing of the kind. */
export function causeByMessage(message: string): 'changed' | 'first' | 'technical' | null {
  if (/^record new changes of\b/i.test(message)) return 'changed';
  if (/^(?:first record of|start tracking)\b/i.test(message)) return 'first';
  return /^(?:apply technical or declaration upgrade on|refilter)\b/i.test(message) ? 'technical' : null;
}
