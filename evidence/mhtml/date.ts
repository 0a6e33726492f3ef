/** The Date field of mail (RFC 5322, section 3.3). */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const pattern =
  /^(?:[a-z]{3},\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(?:([+-])(\d{2})(\d{2})|gmt|utc?|z)(?:\s*\([^)]*\))?$/i;

/** RFC 3339 in UTC with milliseconds for a mail date; null for anything else, impossible dates among them. */
export function mailDate(raw: string): string | null {
  const found = pattern.exec(raw.trim().slice(0, 100));
  if (!found) return null;
  const [
    ,
    day,
    monthName = '',
    year,
    hour,
    minute,
    second = '0',
    sign,
    offsetHours = '0',
    offsetMinutes = '0',
  ] = found;
  const month = months.indexOf(monthName.toLowerCase());
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = new Date(
    Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second)),
  );
  // Date.UTC turns 31 June into 1 July; a date that does not exist is not a date.
  if (local.getUTCMonth() !== month || local.getUTCFullYear() !== Number(year)) return null;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const written = new Date(local.getTime() - offset * 60_000).toISOString();
  return /^\d{4}-/.test(written) ? written : null;
}
