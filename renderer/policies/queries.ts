/** What the screen of policies asks the archive. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

export function usePolicies() {
  return useQuery({
    queryKey: keys.policies,
    queryFn: async () => (await unwrap(window.holdfast.listPolicies({}))).policies,
  });
}

/** Oldest first. */
export function useVersions(policyId: string) {
  return useQuery({
    queryKey: [...keys.policies, 'versions', policyId],
    queryFn: async () => (await unwrap(window.holdfast.listPolicyVersions({ policyId }))).versions,
  });
}

export function useVersionClauses(versionId: string) {
  return useQuery({
    queryKey: [...keys.policies, 'clauses', versionId],
    queryFn: async () => (await unwrap(window.holdfast.listVersionClauses({ versionId }))).clauses,
  });
}

/** Waits until a whole day is named. */
export function useClausesOn(policyId: string, on: string, all: boolean) {
  return useQuery({
    queryKey: [...keys.policies, 'on', policyId, on, all],
    queryFn: async () => (await unwrap(window.holdfast.clausesOn({ policyId, on, all }))).clauses,
    enabled: on !== '',
    placeholderData: keepPreviousData,
  });
}

export function useDiff(before: string, after: string) {
  return useQuery({
    queryKey: [...keys.policies, 'diff', before, after],
    queryFn: () => unwrap(window.holdfast.diffPolicyVersions({ before, after })),
    placeholderData: keepPreviousData,
  });
}

export function useHistory(key: string) {
  return useQuery({
    queryKey: [...keys.policies, 'history', key],
    queryFn: () => unwrap(window.holdfast.clauseHistory({ key })),
  });
}
