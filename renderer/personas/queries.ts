/** What screens ask the archive about personas. */
import { useQuery } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

/** Retired ones last. */
export function usePersonas() {
  return useQuery({
    queryKey: keys.personas,
    queryFn: async () => (await unwrap(window.holdfast.listPersonas({}))).personas,
  });
}
