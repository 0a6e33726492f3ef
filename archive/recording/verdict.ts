/** Whether a recording is complete: what the recorder saw, and what the archive finds in what it was given. */
import type { RecordingEnd } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import type { SignIn } from '../../sites/wall.ts';
import type { FoundReading } from '../import/contents.ts';
import { contextReason } from './context.ts';
import { postReasons } from './post-shown.ts';
import type { ReadPosts } from './posts.ts';
import { mainDocuments, type Recorded, type RecordedAnswer } from './recorded.ts';

/** The wall clock may drift from the monotonic one by so many milliseconds before it counts as a step. */
const clockTolerance = 2000;

function mediaReason(readings: readonly FoundReading[]): Reason[] {
  const media = readings.flatMap(({ posts }) => posts.flatMap((post) => post.media));
  const missing = media.filter(({ sha256 }) => sha256 === null);
  if (missing.length === 0) return [];
  const message = `${missing.length} of ${media.length} media of the posts are not in the capture: ${missing
    .slice(0, 3)
    .map(({ url }) => url.slice(0, 200))
    .join(', ')}${missing.length > 3 ? ' …' : ''}`;
  return [{ code: 'media-missing', message }];
}

function clockReason(recorded: Recorded, end: RecordingEnd): Reason[] {
  const wall = Date.parse(end.finishedAt) - Date.parse(recorded.begin.startedAt);
  const step = wall - end.monotonicMilliseconds;
  if (Math.abs(step) <= clockTolerance) return [];
  return [
    {
      code: 'clock-step',
      message: `This computer’s clock was set by ${(step / 1000).toFixed(1)} s during the capture; its times are not to be relied on.`,
    },
  ];
}

/** Every post that the autopilot saw passing is in a reading, or the verdict says how many are not. */
function passedReason(end: RecordingEnd | null, passed: ReadPosts['passed']): Reason[] {
  const seen = end?.autopilot?.posts;
  const stored = passed?.stored ?? 0;
  // Of an interrupted recording nobody knows how many were seen, and that it is interrupted is said.
  if (seen === undefined || seen === stored) return [];
  const message = `Posts seen ${seen}, stored ${stored}: ${Math.abs(seen - stored)} of the posts that passed while the page was scrolled could not be ${seen > stored ? 'kept or read' : 'told apart'}.`;
  return [{ code: 'posts-missing', message }];
}

function noPage(recorded: Recorded, end: RecordingEnd | null): Reason {
  const last = mainDocuments(recorded, end).at(-1);
  const message =
    last === undefined
      ? 'No answer with the page itself was received.'
      : `The server did not give the page: it answered ${last.start.status} for ${last.start.url.slice(0, 200)}.`;
  return { code: 'navigation-failed', message };
}

/** `page` null: the page itself was not received. `look`: at how it asks to sign in, and at films that it got in pieces. */
export function judge(
  recorded: Recorded,
  end: RecordingEnd | null,
  page: RecordedAnswer | null,
  { readings, passed }: ReadPosts,
  look: { signIn(): SignIn; films(): Reason[] },
): { verdict: CaptureVerdict; reasons: Reason[] } {
  const interrupted: Reason = {
    code: 'interrupted',
    message: 'The recording was interrupted before it was finished: what had arrived by then is kept.',
  };
  const reasons: Reason[] = [
    ...(end === null ? [interrupted] : [...end.reasons, ...clockReason(recorded, end)]),
    ...(page === null ? [] : postReasons(recorded, end, readings, look.signIn)),
    ...passedReason(end, passed),
    ...contextReason(
      readings.flatMap(({ posts }) => posts),
      end?.finalUrl ?? page?.start.url ?? null,
    ),
    ...mediaReason(readings),
    ...look.films(),
  ];
  if (page === null && !reasons.some(({ code }) => code === 'navigation-failed'))
    reasons.push(noPage(recorded, end));
  const failed = page === null || reasons.some(({ code }) => code === 'navigation-failed');
  // Words of the page stand in them, cut wherever their length said: no half of a character gets into the record.
  const told = reasons.map(({ code, message }) => ({ code, message: message.toWellFormed() }));
  return { verdict: failed ? 'failed' : told.length > 0 ? 'incomplete' : 'complete', reasons: told };
}
