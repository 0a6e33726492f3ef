/** The three times of a post: when it was posted, last seen up, and reported; each with what is known of it. */
import type { Post, StatedTime } from '../../contract/model/post.ts';
import type { DatedAnswer } from '../../contract/model/tag.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { listSightings, type PostSighting } from '../../db/post.ts';
import { listReportTimes } from '../../db/report.ts';
import { dayLength, type Span } from '../../evidence/policy/in-force.ts';
import { askedTime } from '../policies/lookup.ts';

export interface PostTime {
  when: DatedAnswer['when'];
  /** As it is shown; null: not known. */
  at: string | null;
  /** All instants that it may be; null: not known. */
  span: Span | null;
  /** What it rests on, in a sentence. */
  basis: string;
}

const hour = 60 * 60 * 1000;
/** No clock on earth is further from UTC: 14 hours ahead, 12 behind. */
const [furthestAhead, furthestBehind] = [14 * hour, 12 * hour];

/** The first instant after a time as it was stated, by its precision. */
function endOf(from: number, precision: StatedTime['precision']): number {
  const date = new Date(from);
  if (precision === 'year') return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  if (precision === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  const lengths = { day: dayLength, minute: 60_000, second: 1, millisecond: 1 };
  return from + lengths[precision];
}

/** All instants that a stated time may mean; null where it is no time. A second counts as its first instant. */
export function spanOfStated({ value, precision, zone }: StatedTime): Span | null {
  const isDate = precision === 'year' || precision === 'month' || precision === 'day';
  // Without an offset it is read as if it were UTC, and then widened by what the zone may be.
  const from = Date.parse(isDate || zone !== 'unknown' ? value : `${value}Z`);
  if (Number.isNaN(from)) return null;
  const to = endOf(from, precision) - 1;
  return zone === 'unknown' ? { from: from - furthestAhead, to: to + furthestBehind } : { from, to };
}

function postedAt(stated: StatedTime | null): PostTime {
  const span = stated === null ? null : spanOfStated(stated);
  if (stated === null || span === null)
    return { when: 'posted', at: null, span: null, basis: 'The source does not say when it was posted.' };
  const zone = stated.zone === 'unknown' ? ', in a time zone that it does not name' : '';
  return {
    when: 'posted',
    at: stated.value,
    span,
    basis: `Posted ${stated.value}${zone}, as the source says (${stated.readFrom}).`,
  };
}

/** When a capture shows that the post was up, and who says so. Null: it does not say when. */
function sightingTime({ startedAt, savedAt, receivedAt, sealedAt, signer }: PostSighting) {
  if (startedAt !== null)
    return {
      at: startedAt,
      basis: `Captured here by Holdfast on ${startedAt}, by the clock of this computer.`,
    };
  // A file cannot have been saved after it was received here.
  const isClaim =
    savedAt !== null && !Number.isNaN(Date.parse(savedAt)) && Date.parse(savedAt) <= Date.parse(receivedAt);
  if (isClaim) {
    const at = new Date(savedAt).toISOString();
    return { at, basis: `An imported file says that it was saved on ${at}: a claim of its source.` };
  }
  if (sealedAt !== null && signer !== null) {
    return {
      at: sealedAt,
      basis: `Captured in another archive, which sealed it on ${sealedAt} by its clock; "${signer}" signed that.`,
    };
  }
  return null;
}

function lastSeenUp(sightings: readonly PostSighting[]): PostTime {
  const when = 'last-seen-up';
  const known = sightings.flatMap((sighting) => sightingTime(sighting) ?? []);
  const [newest] = known.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (newest === undefined)
    return { when, at: null, span: null, basis: 'No capture here says when the post was up.' };
  return { when, at: newest.at, span: askedTime(newest.at), basis: newest.basis };
}

function reportedAt(db: ReadableDb, posts: readonly string[]): PostTime {
  const when = 'reported';
  const reports = posts
    .flatMap((post) => listReportTimes(db, post))
    .map((report) => ({ ...report, span: askedTime(report.at) }));
  const [newest] = reports.sort((a, b) => b.span.to - a.span.to);
  if (newest === undefined) return { when, at: null, span: null, basis: 'No report of it is recorded here.' };
  return { when, at: newest.at, span: newest.span, basis: `Reported to ${newest.to} on ${newest.at}.` };
}

/** Posted, last seen up, reported; the latter two by every capture here that shows the same post. */
export function timesOf(db: ReadableDb, { id, content }: Post): PostTime[] {
  const sightings = listSightings(db, id);
  return [
    postedAt(content.postedAt),
    lastSeenUp(sightings),
    reportedAt(
      db,
      sightings.map(({ postId }) => postId),
    ),
  ];
}
