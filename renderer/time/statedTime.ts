/** Times as shown: no more exact than the source was, and in which zone is always said. */
import type { PostLine, StatedTime } from '../../contract/model/post.ts';

export type Precision = StatedTime['precision'];

export interface ShownTime {
  /** `2021-01-14 09:30:05 UTC`; a value that is no time of the stated precision stays as it is. */
  text: string;
  /** What the reader must know about it, or null. */
  note: 'year only' | 'month only' | 'day only' | 'time zone not stated' | 'shown as read' | null;
  /** The instant, where day, time and zone are all known. */
  instant: Date | null;
}

const dateShape: Record<'year' | 'month' | 'day', RegExp> = {
  year: /^\d{4}$/,
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};
const dateNote = { year: 'year only', month: 'month only', day: 'day only' } as const;
// RFC 3339, section 5.6; seconds may be missing where the precision is a minute, the offset where it is unknown.
const timeShape = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|z|[+-]\d{2}:\d{2})?$/;

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function cut(iso: string, precision: Precision): string {
  const length = precision === 'minute' ? 16 : precision === 'second' ? 19 : 23;
  return iso.slice(0, length).replace('T', ' ');
}

function asRead(value: string): ShownTime {
  return { text: value, note: 'shown as read', instant: null };
}

/**
 * In: a stated time's value and precision (contract/model/post.ts).
 * Out: the same in words. Times with an offset are turned into UTC; without one they stay the source's wall clock.
 */
export function showStated(value: string, precision: Precision): ShownTime {
  if (precision === 'year' || precision === 'month' || precision === 'day') {
    const fits = dateShape[precision].test(value) && (precision !== 'day' || isCalendarDay(value));
    return fits ? { text: value, note: dateNote[precision], instant: null } : asRead(value);
  }
  const match = timeShape.exec(value);
  const day = match?.[1];
  const minute = match?.[2];
  if (day === undefined || minute === undefined || !isCalendarDay(day)) return asRead(value);
  const seconds = match?.[3] ?? '00';
  const milliseconds = (match?.[4] ?? '').padEnd(3, '0').slice(0, 3);
  const zone = match?.[5];
  const local = `${day}T${minute}:${seconds}.${milliseconds}`;
  const instant = new Date(`${local}${zone === undefined ? 'Z' : zone.toUpperCase()}`);
  // A leap second or an hour of 24 is no instant for JavaScript: better the raw value than a shifted one.
  if (Number.isNaN(instant.getTime())) return asRead(value);
  if (zone === undefined) return { text: cut(local, precision), note: 'time zone not stated', instant: null };
  return { text: `${cut(instant.toISOString(), precision)} UTC`, note: null, instant };
}

/** The posted time of a library line; null where the source gives none. */
export function showPosted(line: Pick<PostLine, 'postedAt' | 'postedPrecision'>): ShownTime | null {
  if (line.postedAt === null) return null;
  return line.postedPrecision === null
    ? asRead(line.postedAt)
    : showStated(line.postedAt, line.postedPrecision);
}

/** An instant of Holdfast's own clock (RFC 3339, UTC, milliseconds), shown to the second. */
export function showInstant(instant: string): ShownTime {
  return showStated(instant, 'second');
}

/** Made once for each zone: making one takes far longer than asking it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  });
  formats.set(timeZone, format);
  return format;
}

/** In: an instant and an IANA time zone. Out: `2021-01-14 10:30:05 GMT+1 (Europe/Berlin)`. */
export function inZone(instant: Date, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '';
  // Versions of the time zone library differ in how they write no offset.
  const offset = part('timeZoneName').replace(/^GMT\+0$/, 'GMT');
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')} ${offset} (${timeZone})`;
}

const zoneAtStart = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that this computer was set to when the window was opened. */
export function localZone(): string {
  return zoneAtStart;
}
