/** How facts are put into words in the report. */
import type { Actor } from '../../../contract/model/actor.ts';
import type { StatedTime } from '../../../contract/model/post.ts';
import { foreign, type Html, html } from './html.ts';

/** '2026-11-22 08:45:24 UTC' for an instant in UTC with milliseconds. */
function utc(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

/** An instant in words. */
export type When = (instant: string) => string;

/**
 * Instants in a time zone, with the offset that held then, and in UTC:
 * '2026-11-22 09:45:24 +01:00 Europe/Berlin (2026-11-22 08:45:24 UTC)'. For the zone `UTC` that alone.
 */
export function whenIn(timeZone: string): When {
  if (timeZone === 'UTC') return utc;
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    const offset = of('timeZoneName').replace(/^GMT$/, '+00:00').replace('GMT', '').replace('\u2212', '-');
    const day = `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
    return `${day} ${of('hour')}:${of('minute')}:${of('second')} ${offset} ${timeZone} (${utc(instant)})`;
  };
}

export function who(actor: Actor): Html {
  return actor.basis === 'proven'
    ? html`${foreign(actor.name)} (proven by the key of certificate <code>${actor.signer}</code>)`
    : html`${foreign(actor.name)} (name as claimed, not proven)`;
}

/** What the source says, with how exactly it says it and where; and the same instant as the report gives times. */
export function stated(time: StatedTime, when: When): Html {
  const zone = time.zone === 'unknown' && time.value.includes('T') ? ', time zone not given' : '';
  const instant = instantOf(time);
  const same = instant === null ? null : html`<br>${when(instant)} `;
  return html`${foreign(time.value)} <span class="soft">(as the source says, to the ${time.precision}${zone}; read from ${foreign(time.readFrom)})</span>${same}`;
}

/** UTC with milliseconds, where the source says an instant to the second or the minute with its zone. */
function instantOf({ value, zone }: StatedTime): string | null {
  if (zone === 'unknown' || !/T\d\d:\d\d/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** '1,234,567 bytes'. */
export function byteCount(size: number): string {
  return `${size.toString().replaceAll(/\B(?=(\d{3})+$)/g, ',')} ${size === 1 ? 'byte' : 'bytes'}`;
}

const formats = {
  html: 'web page (HTML)',
  mhtml: 'web page (MHTML)',
  warc: 'web archive (WARC)',
  wacz: 'web archive (WACZ)',
  image: 'picture',
  bundle: 'evidence bundle of another archive',
  unknown: 'not recognised',
  recording: 'recorded from the network (WACZ)',
  partial: 'what the bundle of another archive shows of a capture',
};

export function formatName(format: keyof typeof formats): string {
  return formats[format];
}
