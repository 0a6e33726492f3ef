/** Whether a recording is complete: what the recorder saw, and what the archive finds in what it was given. */
import type { RecordingEnd } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import { lastResort } from '../../sites/general.ts';
import type { FoundReading } from '../import/contents.ts';
import { contextReason } from './context.ts';
import type { ReadPosts } from './posts.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

/** The wall clock may drift from the monotonic one by so many milliseconds before it counts as a step. */
const clockTolerance = 2000;

const loginAddress = /\/(?:login|signin|sign-in|log-in|accounts\/login|i\/flow\/login|checkpoint)\b/i;

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

function wallReason(end: RecordingEnd | null, readings: readonly FoundReading[]): Reason[] {
  const posts = readings.flatMap((reading) => reading.posts);
  const thin = posts.every((post) => post.readFrom === lastResort);
  if (!thin || end?.finalUrl == null || !loginAddress.test(end.finalUrl)) return [];
  return [
    {
      code: 'login-wall',
      message: `The platform asks to sign in (${end.finalUrl.slice(0, 200)}); the post itself was not shown.`,
    },
  ];
}

function noPage(recorded: Recorded): Reason {
  const last = recorded.answers.findLast(({ start }) => start.resourceType === 'document');
  const message =
    last === undefined
      ? 'No answer with the page itself was received.'
      : `The server did not give the page: it answered ${last.start.status} for ${last.start.url.slice(0, 200)}.`;
  return { code: 'navigation-failed', message };
}

/** `page` null: the page itself was not received. */
export function judge(
  recorded: Recorded,
  end: RecordingEnd | null,
  page: RecordedAnswer | null,
  { readings, passed }: ReadPosts,
): { verdict: CaptureVerdict; reasons: Reason[] } {
  const interrupted: Reason = {
    code: 'interrupted',
    message: 'The recording was interrupted before it was finished: what had arrived by then is kept.',
  };
  const reasons: Reason[] = [
    ...(end === null ? [interrupted] : [...end.reasons, ...clockReason(recorded, end)]),
    ...wallReason(end, readings),
    ...(page !== null && readings.every(({ posts }) => posts.length === 0)
      ? [{ code: 'no-post-read' as const, message: 'No post could be read out of the page.' }]
      : []),
    ...passedReason(end, passed),
    ...contextReason(
      readings.flatMap(({ posts }) => posts),
      end?.finalUrl ?? page?.start.url ?? null,
    ),
    ...mediaReason(readings),
  ];
  if (page === null && !reasons.some(({ code }) => code === 'navigation-failed'))
    reasons.push(noPage(recorded));
  const failed = page === null || reasons.some(({ code }) => code === 'navigation-failed');
  return { verdict: failed ? 'failed' : reasons.length > 0 ? 'incomplete' : 'complete', reasons };
}
