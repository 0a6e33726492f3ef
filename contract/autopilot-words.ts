/** What an autopilot did, in one sentence: the same in the window, in the report of a bundle and on the command line. */
import type { AutopilotEnd, AutopilotFacts } from './model/autopilot.ts';

const ends: Record<AutopilotEnd, string> = {
  end: 'the page gave no more',
  posts: 'its limit of posts was reached',
  screens: 'its limit of screens was reached',
  minutes: 'its limit of time was reached',
  stopped: 'somebody stopped it',
  stalled: 'the page stalled, and is not there to its end',
  left: 'the page was left, crashed, or the capture was stopped',
};

export function autopilotWords({ limits, outcome }: AutopilotFacts): string {
  const allowed = `limits: ${limits.posts} posts, ${limits.screens} screens, ${limits.minutes} minutes`;
  if (outcome === null) return `began, and was interrupted with the recording (${allowed})`;
  const { ended, posts, kept, screens, pictured, removed, opened, played, milliseconds } = outcome;
  const facts = [
    `${posts} posts seen on ${screens} screens in ${(milliseconds / 1000).toFixed(0)} s, ${kept} kept as they passed`,
    `${opened} controls that show more pressed, ${played} films or sounds played`,
    removed === 0
      ? 'the page kept all of them to the end'
      : `the page had taken ${removed} out again at the end; ${pictured} screens have pictures of their own`,
  ];
  return `ended because ${ends[ended]} (${allowed}): ${facts.join('; ')}`;
}
