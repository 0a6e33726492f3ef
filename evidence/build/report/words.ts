/** How facts are put into words in the report. */
import type { Actor } from '../../../contract/model/actor.ts';
import type { StatedTime } from '../../../contract/model/post.ts';
import { foreign, type Html, html } from './html.ts';

/** '2026-11-22 08:45:24 UTC' for an instant in UTC with milliseconds. */
export function utc(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

export function who(actor: Actor): Html {
  return actor.basis === 'proven'
    ? html`${foreign(actor.name)} (proven by the key of certificate <code>${actor.signer}</code>)`
    : html`${foreign(actor.name)} (name as claimed, not proven)`;
}

/** What the source says, with how exactly it says it and where. */
export function stated(time: StatedTime): Html {
  const zone = time.zone === 'unknown' && time.value.includes('T') ? ', time zone not given' : '';
  return html`${foreign(time.value)} <span class="soft">(as the source says, to the ${time.precision}${zone}; read from ${foreign(time.readFrom)})</span>`;
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
};

export function formatName(format: keyof typeof formats): string {
  return formats[format];
}
