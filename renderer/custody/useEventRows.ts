import { useQueries, useQuery } from '@tanstack/react-query';
import type { EventLine } from '../../contract/model/archive.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { eventCursor, maxScrollRows, pageSize, pagesFor, placeOf } from '../list/pages.ts';

function pageQuery(page: number, newest: number | null) {
  return {
    queryKey: [...keys.events, page, page === 0 ? null : newest],
    queryFn: () => unwrap(window.holdfast.listEvents({ before: eventCursor(page, newest), limit: pageSize })),
  };
}

/** In: the visible rows. Out: the custody log as far as it is known; row 0 is the newest event. */
export function useEventRows(visible: { first: number; last: number }) {
  const top = useQuery(pageQuery(0, null));
  const newest = top.data?.events[0]?.seq ?? null;
  const numbers = newest === null ? [] : pagesFor(visible.first, visible.last).filter((page) => page > 0);
  const further = useQueries({ queries: numbers.map((page) => pageQuery(page, newest)) });
  return {
    total: top.data?.total,
    rowCount: Math.min(top.data?.total ?? 0, maxScrollRows),
    error: top.error ?? further.find((page) => page.isError)?.error ?? null,
    rowAt: (row: number): EventLine | undefined => {
      const { page, at } = placeOf(row);
      if (page === 0) return top.data?.events[at];
      const index = numbers.indexOf(page);
      return index < 0 ? undefined : further[index]?.data?.events[at];
    },
  };
}
