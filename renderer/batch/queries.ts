/** What the screen of batches asks the archive. */
import { useQueries, useQuery } from '@tanstack/react-query';
import type { BatchItem } from '../../contract/model/batch.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { pageSize, pagesFor, placeOf } from '../list/pages.ts';

/** Newest first. */
export function useBatches() {
  return useQuery({
    queryKey: keys.batches,
    queryFn: async () => (await unwrap(window.holdfast.listBatches({}))).batches,
  });
}

/** In: the visible rows. Out: the addresses as far as they are known, in the order of the list. */
export function useBatchRows(batchId: string, visible: { first: number; last: number }) {
  const numbers = pagesFor(visible.first, visible.last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keys.batches, 'items', batchId, page],
      queryFn: () =>
        unwrap(window.holdfast.listBatchItems({ batchId, offset: page * pageSize, limit: pageSize })),
    })),
  });
  return {
    total: pages[0]?.data?.total,
    error: pages.find((page) => page.isError)?.error ?? null,
    rowAt: (row: number): BatchItem | undefined => {
      const { page, at } = placeOf(row);
      return pages[numbers.indexOf(page)]?.data?.items[at];
    },
  };
}
