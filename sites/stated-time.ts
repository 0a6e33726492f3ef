/** Times as pages state them (ISO 8601 as schema.org and HTML use it, RFC 3339, HTTP and mail dates, and X's). */
import type { StatedTime } from '../contract/model/post.ts';

export interface TimeReading {
  /** Null where the characters state no time that exists. */
  time: StatedTime | null;
  /** Why there is none, as a sentence; null where there is one. */
  note: string | null;
}

/** No form of a time that is read here is longer. */
const MAX_RAW = 64;

const day = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const moment =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const mail =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (GMT|UTC|([+-])(\d{2})(\d{2}))$/;
/** As X writes them: 'Tue Jun 06 05:20:23 +0000 2023'. */
const unix = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2}) (\d{4})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type Precision = StatedTime['precision'];
type Zone = StatedTime['zone'];

interface Clock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  precision: Precision;
  zone: Zone;
  /** Minutes east of UTC. */
  offset: number;
}

/** Years before 100 are left out on purpose: Date.UTC takes them for years of the last century. */
function exists(clock: Clock): boolean {
  const date = new Date(Date.UTC(clock.year, clock.month - 1, clock.day));
  return (
    clock.year >= 100 &&
    date.getUTCMonth() === clock.month - 1 &&
    date.getUTCDate() === clock.day &&
    clock.hour <= 23 &&
    clock.minute <= 59 &&
    clock.second <= 59 &&
    Math.abs(clock.offset) <= 23 * 60 + 59
  );
}

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0, offset: 0 };

function offsetMinutes(sign: string | undefined, hours = '0', minutes = '0'): number {
  if (Number(minutes) > 59) return Number.POSITIVE_INFINITY;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

function fromDay(text: string): Clock | null {
  const found = day.exec(text);
  if (!found) return null;
  const precision = found[3] ? 'day' : found[2] ? 'month' : 'year';
  return {
    ...midnight,
    year: Number(found[1]),
    month: Number(found[2] ?? 1),
    day: Number(found[3] ?? 1),
    precision,
    zone: 'unknown',
  };
}

function fromMoment(text: string): Clock | null {
  const found = moment.exec(text);
  if (!found) return null;
  const [, year, month, date, hour, minute, second, fraction, utc, sign, offsetHours, offsetRest] = found;
  // RFC 3339, section 4.3: '-00:00' says that the time is UTC and the local offset unknown.
  const isUtc = utc !== undefined || (sign === '-' && Number(offsetHours) + Number(offsetRest ?? 0) === 0);
  return {
    year: Number(year),
    month: Number(month),
    day: Number(date),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
    precision: fraction !== undefined ? 'millisecond' : second !== undefined ? 'second' : 'minute',
    zone: isUtc ? 'utc' : sign !== undefined ? 'offset' : 'unknown',
    offset: offsetMinutes(sign, offsetHours, offsetRest),
  };
}

function fromMail(text: string): Clock | null {
  const found = mail.exec(text);
  if (!found) return null;
  const [, date, month = '', year, hour, minute, second, zone, sign, offsetHours, offsetRest] = found;
  return {
    year: Number(year),
    month: months.indexOf(month) + 1,
    day: Number(date),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: 0,
    precision: second !== undefined ? 'second' : 'minute',
    zone: zone === 'GMT' || zone === 'UTC' ? 'utc' : 'offset',
    offset: offsetMinutes(sign, offsetHours, offsetRest),
  };
}

function fromUnix(text: string): Clock | null {
  const found = unix.exec(text);
  if (!found) return null;
  const [, month, date, hour, minute, second, sign, offsetHours, offsetRest, year] = found;
  return fromMail(`${date} ${month} ${year} ${hour}:${minute}:${second} ${sign}${offsetHours}${offsetRest}`);
}

const lengths: Readonly<Record<Precision, number>> = {
  year: 4,
  month: 7,
  day: 10,
  minute: 16,
  second: 19,
  millisecond: 23,
};

/** The value cut to its precision; null where the offset leads out of the four-digit years. */
function written(clock: Clock): string | null {
  const { year, month, hour, minute, second, millisecond, offset } = clock;
  const at = Date.UTC(year, month - 1, clock.day, hour, minute - offset, second, millisecond);
  const full = new Date(at).toISOString();
  if (full.length !== 24) return null;
  const hasTime = lengths[clock.precision] > lengths.day;
  return full.slice(0, lengths[clock.precision]) + (hasTime && clock.zone !== 'unknown' ? 'Z' : '');
}

/**
 * Reads a stated time. Never throws.
 *
 * With an offset the value is converted to UTC; without one it stays the source's wall clock
 * (`zone: 'unknown'`, no offset in `value`). Fractions of a second are cut to milliseconds. Dates that do not
 * exist, leap seconds, hour 24 and other calendars are refused: nothing is guessed.
 *
 * @param raw attacker-controlled, of any length
 * @param readFrom where it stood, in words for the report: 'JSON-LD datePublished'
 */
export function statedTime(raw: string, readFrom: string): TimeReading {
  const text = raw.length > 4 * MAX_RAW ? '' : raw.trim();
  const shown = raw
    .trim()
    .slice(0, 40)
    .replace(/[\p{Surrogate}\0]/gu, '\uFFFD');
  const refused = { time: null, note: `${readFrom}: '${shown}' is not a time that can be read.` };
  if (text === '' || text.length > MAX_RAW) return refused;
  const clock = fromDay(text) ?? fromMoment(text) ?? fromMail(text) ?? fromUnix(text);
  if (clock === null) return refused;
  const value = exists(clock) ? written(clock) : null;
  if (value === null) return { time: null, note: `${readFrom}: '${shown}' is a time that does not exist.` };
  return { time: { value, precision: clock.precision, zone: clock.zone, readFrom, raw }, note: null };
}
