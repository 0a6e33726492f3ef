/** A check of the watch list, noted when its capture is sealed. */
import type { PostContent } from '../../contract/model/post.ts';
import type { RecordingPurpose } from '../../contract/model/recording.ts';
import type { PostCheck, Vantage } from '../../contract/model/watch.ts';
import { getPost } from '../../db/post.ts';
import { lastSeenPost } from '../../db/watch.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { asHeld } from './checks.ts';
import { type Assessed, assess, type Looked } from './outcome.ts';
import { missedSince, nextCheck } from './schedule.ts';
import { confirmedBy, requireWatch } from './watch.ts';

type Purpose = Extract<RecordingPurpose, { kind: 'watch' }>;

/** The post as it was last read for this watch. */
function earlier(archive: Archive, watchId: string): { id: string; content: PostContent } | null {
  const id = lastSeenPost(archive.db, watchId) ?? requireWatch(archive, watchId).postId;
  const post = id === null ? null : getPost(archive.db, id);
  return post === null ? null : { id: post.id, content: post.content };
}

/**
 * Compares what the check brought with what is known. Gives back what records it, to be called in the transaction that
 * seals the capture, with the ids of its posts in the order of `looked`. Errors: `watch-not-found`.
 */
export function watchSettlement(
  archive: Archive,
  { watch: watchId }: Purpose,
  captureId: string,
  looked: Looked,
  vantage: Vantage,
): (posts: readonly string[]) => void {
  const before = earlier(archive, watchId);
  const { post: at, ...assessed }: Assessed = assess(before?.content ?? null, looked);
  return (posts) => {
    const watch = requireWatch(archive, watchId);
    const now = archive.clock();
    const due = watch.nextAt !== null && Date.parse(watch.nextAt) <= now.getTime() ? watch.nextAt : null;
    const next = watch.state === 'active' ? nextCheck(watch.schedule, now, Math.random).toISOString() : null;
    const read = at === null ? null : (posts[at] ?? null);
    const comparedWith = before?.id ?? null;
    const about = before?.content ?? (at === null ? null : (looked.posts[at] ?? null));
    const told: PostCheck = {
      capture: captureId,
      url: looked.address,
      post: watch.postId,
      read,
      comparedWith,
      platform: about?.platform ?? null,
      platformId: about?.platformId ?? null,
      ...assessed,
      vantage: {
        session: vantage.persona === null ? 'fresh' : 'kept',
        network: vantage.network,
        signedIn: vantage.signedIn,
      },
      confirms: assessed.kind === 'not-reachable' ? confirmedBy(archive, watchId, vantage) : null,
    };
    recordEvent(archive, 'post.checked', asHeld(archive, told));
    recordEvent(archive, 'watch.checked', {
      watch: watchId,
      capture: captureId,
      outcome: { ...assessed, post: read, comparedWith },
      vantage,
      due,
      missed: due === null ? 0 : missedSince(watch.schedule, new Date(due), now),
      next,
    });
  };
}
