/** What the screens of cases ask the archive. */
import { useQuery } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

/** Newest first. */
export function useCases() {
  return useQuery({
    queryKey: [...keys.cases, 'list'],
    queryFn: async () => (await unwrap(window.holdfast.listCases({}))).cases,
  });
}

export function useCase(caseId: string) {
  return useQuery({
    queryKey: [...keys.cases, caseId],
    queryFn: () => unwrap(window.holdfast.readCase({ caseId })),
  });
}
