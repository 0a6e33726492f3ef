/** Whether a page shows the post that was asked for; where it does not, what stands in its place. */
import type { RecordingEnd } from '../../contract/model/recording.ts';
import type { Reason } from '../../contract/model/verdict.ts';
import { lastResort } from '../../sites/general.ts';
import { liveAddress } from '../../sites/replay/address.ts';
import {
  isConsentAddress,
  isNamed,
  isPostNamed,
  isSignInAddress,
  namedPost,
  type SignIn,
} from '../../sites/wall.ts';
import type { FoundReading } from '../import/contents.ts';
import type { Recorded } from './recorded.ts';

const mostWords = 300;

/** What the platform says in the place of the post that the address names; of any, where it names none. */
function saidInstead(named: string | null, readings: readonly FoundReading[]): string | null {
  const words = readings
    .flatMap((reading) => reading.absent ?? [])
    .filter(({ platformId }) => named === null || isPostNamed(named, platformId))
    .map(({ text }) => text);
  return words.length === 0 ? null : words.slice(0, 3).join(' / ').slice(0, mostWords);
}

/**
 * No reasons where a post was read, and on a platform that is known the one that the address names. `page` is asked
 * only where that is not so.
 */
export function postReasons(
  recorded: Recorded,
  end: RecordingEnd | null,
  readings: readonly FoundReading[],
  page: () => SignIn,
): Reason[] {
  const posts = readings.flatMap((reading) => reading.posts);
  const read = posts.filter(({ readFrom }) => readFrom !== lastResort);
  const reached = end?.finalUrl ?? recorded.begin.url;
  const named = namedPost(liveAddress(recorded.begin.url)) ?? namedPost(liveAddress(reached));
  const isShown = named === null ? read.length > 0 : read.some((post) => isNamed(named, post));
  const isOfMeta = read.every(({ readFrom }) => readFrom.startsWith('OpenGraph'));
  if (isShown && !isOfMeta) return [];
  const where = reached.slice(0, 200);
  const said = isShown ? null : saidInstead(named, readings);
  if (said !== null) {
    return [{ code: 'no-post-read', message: `The platform does not show the post. It says: ${said}` }];
  }
  const { form, link } = page();
  if (
    isSignInAddress(reached) ||
    (form && (named !== null || posts.length === 0)) ||
    (!isShown && link && named !== null)
  ) {
    const what = isShown
      ? 'only what the page says of it to other programs was read'
      : 'the post itself was not shown';
    return [{ code: 'login-wall', message: `The platform asks to sign in (${where}); ${what}.` }];
  }
  if (isShown) return [];
  if (isConsentAddress(reached)) {
    return [
      {
        code: 'interstitial',
        message: `A page that asks for consent or for the age stands in front of the post (${where}): answer it in the capture view, then capture again.`,
      },
    ];
  }
  if (posts.length === 0)
    return [{ code: 'no-post-read', message: 'No post could be read out of the page.' }];
  return named === null
    ? []
    : [
        {
          code: 'no-post-read',
          message: `The post that the address names (${named.slice(0, 100)}) was not read: what the page shows may be another one, or its words alone.`,
        },
      ];
}
