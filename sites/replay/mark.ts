/** What was read out of a replay says so, each post for itself: it may stand alone in a report. */
import type { PostContent } from '../../contract/model/post.ts';
import type { SiteReading } from '../../contract/reading.ts';
import { notice } from '../post/draft.ts';
import { shortText } from '../well-formed.ts';
import type { Replay } from './address.ts';

function words({ archive, original, time }: Replay): string {
  const when = time === null ? 'it does not say when' : `as it says, at ${time.value}`;
  return `Read out of a replay by ${archive}, not from the platform: captured by that archive from ${shortText(original, 400)}, ${when}.`;
}

/** `recorded`: by the number of an answer, the address under which it was recorded. */
export function markReplay<R extends Pick<SiteReading, 'posts' | 'notes'>>(
  reading: R,
  replay: Replay,
  recorded: ReadonlyMap<number, string> = new Map(),
): R {
  const said = words(replay);
  const marked = (post: PostContent): PostContent => {
    const { sourceOfText: source } = post;
    const url = source?.found === 'network' ? recorded.get(source.exchange) : undefined;
    return {
      ...post,
      ...(source?.found === 'network' && url !== undefined ? { sourceOfText: { ...source, url } } : {}),
      notices: [notice('other', said), ...(post.notices ?? [])],
    };
  };
  return { ...reading, posts: reading.posts.map(marked), notes: [said, ...reading.notes] };
}
