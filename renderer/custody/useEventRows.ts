import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { EventLine } from '../../contract/model/archive.ts';
import type { EventFilter } from '../../contract/model/log.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { eventCursor, maxScrollRows, pageSize, pagesFor, placeOf } from '../list/pages.ts';

/** Without a filter, places in the log are counted; with one, only what it lets through can be. */
function pageQuery(page: number, newest: number | null, filter: EventFilter) {
  const isWhole = Object.keys(filter).length === 0;
  const before = isWhole ? eventCursor(page, newest) : newest === null || page === 0 ? null : newest + 1;
  const offset = isWhole ? 0 : page * pageSize;
  return {
    queryKey: [...keys.events, filter, page, page === 0 ? null : newest],
    queryFn: () => unwrap(window.holdfast.listEvents({ before, offset, limit: pageSize, filter })),
  };
}

/** In: the visible rows, and what to show. Out: the custody log as far as it is known; row 0 is the newest event. */
export function useEventRows(visible: { first: number; last: number }, filter: EventFilter) {
  const top = useQuery({ ...pageQuery(0, null, filter), placeholderData: keepPreviousData });
  const newest = top.data?.events[0]?.seq ?? null;
  const numbers = newest === null ? [] : pagesFor(visible.first, visible.last).filter((page) => page > 0);
  const further = useQueries({ queries: numbers.map((page) => pageQuery(page, newest, filter)) });
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
