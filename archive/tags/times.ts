/** The three times of a post: when it was posted, last seen up, and reported; each with what is known of it. */
import type { Post, StatedTime } from '../../contract/model/post.ts';
import type { DatedAnswer } from '../../contract/model/tag.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { listSightings, type PostSighting } from '../../db/post.ts';
import { listReportTimes } from '../../db/report.ts';
import type { Span } from '../../evidence/policy/in-force.ts';
import { spanOfStated } from '../../evidence/policy/stated-span.ts';
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
