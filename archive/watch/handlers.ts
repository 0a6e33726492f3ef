/** The archive host's answers about the watch list. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { toldChecks } from './told.ts';
import { addWatch, checkDiff, dueWatches, listWatches, readWatch, setWatch, watchesOf } from './watch.ts';

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function watchHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, Extract<keyof HostHandlers, `watch.${string}`>> {
  return {
    'watch.add': async (draft) => addWatch(writable(), draft),
    'watch.set': async ({ watchId, state }) => setWatch(writable(), watchId, state),
    'watch.list': async ({ offset, limit }) => listWatches(open(), offset, limit),
    'watch.due': async () => ({ watches: dueWatches(open()) }),
    'watch.get': async ({ watchId, limit }) => readWatch(open(), watchId, limit),
    'watch.ofPost': async ({ postId }) => ({ watches: watchesOf(open(), postId) }),
    'watch.told': async ({ postId }) => toldChecks(open(), postId),
    'watch.diff': async ({ captureId }) => ({ changes: checkDiff(open(), captureId) }),
  };
}
