import { useQueries } from '@tanstack/react-query';
import type { CaptureFilter, CaptureLine } from '../../contract/model/capture.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { maxScrollRows, pageSize, pagesFor, placeOf } from '../list/pages.ts';

/** In: the visible rows, and which captures are asked for. Out: the captures as far as they are known, newest first. */
export function useCaptureRows(visible: { first: number; last: number }, show: CaptureFilter) {
  const numbers = pagesFor(visible.first, visible.last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keys.captures, show, page],
      queryFn: () => unwrap(window.holdfast.listCaptures({ offset: page * pageSize, limit: pageSize, show })),
    })),
  });
  const total = pages[0]?.data?.total;
  return {
    total,
    rowCount: total === undefined ? undefined : Math.min(total, maxScrollRows),
    error: pages.find((page) => page.isError)?.error ?? null,
    rowAt: (row: number): CaptureLine | undefined => {
      const { page, at } = placeOf(row);
      return pages[numbers.indexOf(page)]?.data?.captures[at];
    },
  };
}
