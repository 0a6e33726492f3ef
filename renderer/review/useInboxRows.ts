import { useQueries } from '@tanstack/react-query';
import type { InboxFilter, InboxLine } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { maxScrollRows, pageSize, pagesFor, placeOf } from '../list/pages.ts';

/** In: the visible rows, and which tags are asked for. Out: the inbox as far as it is known, newest first, and how many tags each filter lets through. */
export function useInboxRows(visible: { first: number; last: number }, filter: InboxFilter, others: boolean) {
  const numbers = pagesFor(visible.first, visible.last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keys.inbox, filter, others, page],
      queryFn: () =>
        unwrap(window.holdfast.listInbox({ filter, others, offset: page * pageSize, limit: pageSize })),
    })),
  });
  const top = pages[0]?.data;
  return {
    total: top?.total,
    counts: top?.counts,
    rowCount: top === undefined ? undefined : Math.min(top.total, maxScrollRows),
    error: pages.find((page) => page.isError)?.error ?? null,
    rowAt: (row: number): InboxLine | undefined => {
      const { page, at } = placeOf(row);
      return pages[numbers.indexOf(page)]?.data?.lines[at];
    },
  };
}
