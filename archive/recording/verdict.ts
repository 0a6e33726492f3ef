/** Whether a recording is complete: what the recorder saw, and what the archive finds in what it was given. */
import type { RecordingEnd } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import type { SignIn } from '../../sites/wall.ts';
import type { FoundReading } from '../import/contents.ts';
import { postReasons } from './post-shown.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

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

function noPage(recorded: Recorded): Reason {
  const last = recorded.answers.findLast(({ start }) => start.resourceType === 'document');
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
  readings: readonly FoundReading[],
  look: { signIn(): SignIn; films(): Reason[] },
): { verdict: CaptureVerdict; reasons: Reason[] } {
  const interrupted: Reason = {
    code: 'interrupted',
    message: 'The recording was interrupted before it was finished: what had arrived by then is kept.',
  };
  const reasons: Reason[] = [
    ...(end === null ? [interrupted] : [...end.reasons, ...clockReason(recorded, end)]),
    ...(page === null ? [] : postReasons(recorded, end, readings, look.signIn)),
    ...mediaReason(readings),
    ...look.films(),
  ];
  if (page === null && !reasons.some(({ code }) => code === 'navigation-failed'))
    reasons.push(noPage(recorded));
  const failed = page === null || reasons.some(({ code }) => code === 'navigation-failed');
  return { verdict: failed ? 'failed' : reasons.length > 0 ? 'incomplete' : 'complete', reasons };
}
