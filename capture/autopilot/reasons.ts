/** What the end of an autopilot's way means for the capture. */
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { Reasons } from '../reasons.ts';
import type { Ended } from './autopilot.ts';

/** Adds why the capture is not complete: it never counts as done where the page had more to give. */
export function addReasons(ended: Ended, limits: AutopilotLimits, reasons: Reasons): void {
  const seen = `${ended.posts} posts on ${ended.screens} screens`;
  const reached = {
    posts: `${limits.posts} posts`,
    screens: `${limits.screens} screens`,
    minutes: `${limits.minutes} minutes`,
  };
  if (ended.ended === 'posts' || ended.ended === 'screens' || ended.ended === 'minutes') {
    reasons.add(
      'limit-reached',
      `The autopilot stopped at its limit of ${reached[ended.ended]}, after ${seen}: the page may go on.`,
    );
  } else if (ended.ended === 'stopped') {
    const how = ended.pausedTooLong ? 'was paused for too long and ended' : 'was stopped';
    reasons.add('stopped-by-user', `The autopilot ${how} after ${seen}: the page may go on.`);
  } else if (ended.ended === 'stalled') {
    const why = ended.stalledOn ?? 'it gave nothing more';
    reasons.add('stalled', `The page stalled after ${seen}, and is not there to its end: ${why}.`);
  }
  if (ended.jumps > 0) {
    const places = ended.jumps === 1 ? 'a place' : `${ended.jumps} places`;
    reasons.add('posts-missing', `The page jumped over ${places}: posts may stand there that were not seen.`);
  }
  if (ended.removed > 0 && ended.pictured < ended.screens) {
    reasons.add(
      'screenshot-failed',
      `The page keeps only what is in view: ${ended.pictured} of the ${ended.screens} screens that passed are pictured. Of the others the posts are kept as text and HTML.`,
    );
  }
}
