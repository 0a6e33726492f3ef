/** What the screens of captures ask about holds, dates and purges. */
import { useQuery } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

export function useKeeping() {
  return useQuery({ queryKey: keys.keeping, queryFn: () => unwrap(window.holdfast.listKeeping({})) });
}

/** What a purge of the capture would do, as it is at this moment. */
export function usePurgePlan(captureId: string) {
  return useQuery({
    queryKey: [...keys.keeping, 'plan', captureId],
    queryFn: () => unwrap(window.holdfast.planPurge({ captureId })),
    gcTime: 0,
  });
}
