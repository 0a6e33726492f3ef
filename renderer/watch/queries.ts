/** What the screens of the watch list ask the archive. */
import { useQueries, useQuery } from '@tanstack/react-query';
import type { Watch } from '../../contract/model/watch.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { pageSize, pagesFor, placeOf } from '../list/pages.ts';

/** Milliseconds: what is due changes with the time alone. */
const lookAgain = 60_000;

/** In: the visible rows. Out: the watch list as far as it is known, what is checked next first. */
export function useWatchRows(visible: { first: number; last: number }) {
  const numbers = pagesFor(visible.first, visible.last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keys.watches, 'list', page],
      queryFn: () => unwrap(window.holdfast.listWatches({ offset: page * pageSize, limit: pageSize })),
      refetchInterval: lookAgain,
    })),
  });
  return {
    total: pages[0]?.data?.total,
    error: pages.find((page) => page.isError)?.error ?? null,
    rowAt: (row: number): Watch | undefined => {
      const { page, at } = placeOf(row);
      return pages[numbers.indexOf(page)]?.data?.watches[at];
    },
  };
}

export function useWatch(watchId: string) {
  return useQuery({
    queryKey: [...keys.watches, 'one', watchId],
    queryFn: () => unwrap(window.holdfast.getWatch({ watchId })),
    refetchInterval: lookAgain,
  });
}

export function useWatchesOf(postId: string) {
  return useQuery({
    queryKey: [...keys.watches, 'post', postId],
    queryFn: async () => (await unwrap(window.holdfast.watchesOfPost({ postId }))).watches,
  });
}

/** Checks that others made: of this post, or of any. */
export function useToldChecks(postId: string | null) {
  return useQuery({
    queryKey: [...keys.watches, 'told', postId],
    queryFn: () => unwrap(window.holdfast.toldChecks({ postId })),
  });
}

/** Word by word, what a check found changed. */
export function useCheckDiff(captureId: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.watches, 'diff', captureId],
    queryFn: async () => (await unwrap(window.holdfast.diffCheck({ captureId }))).changes,
    enabled,
  });
}
