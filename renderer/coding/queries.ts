/** What the screens of coding ask the archive. */
import { useQuery } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

export function useCodings() {
  return useQuery({
    queryKey: keys.codings,
    queryFn: async () => (await unwrap(window.holdfast.listCodings({}))).codings,
  });
}

/** The next post that the person at the desk has not judged, and how far they are. */
export function useNextToCode(codingId: string) {
  return useQuery({
    queryKey: [...keys.codings, 'next', codingId],
    queryFn: () => unwrap(window.holdfast.nextToCode({ codingId })),
  });
}

export function useCodingResult(codingId: string) {
  return useQuery({
    queryKey: [...keys.codings, 'result', codingId],
    queryFn: () => unwrap(window.holdfast.codingResult({ codingId })),
  });
}
