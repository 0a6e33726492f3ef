/** What the screens of tagging ask the archive. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { HostOutput } from '../../contract/channels.ts';
import type { ReportFiled, Suggestion, TagPreparation } from '../../contract/model/tag.ts';
import { cancellable, unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

/** How many clauses are shown to choose from. */
export const clausesShown = 50;

export function useTags(postId: string) {
  return useQuery<HostOutput<'tags.list'>>({
    queryKey: [...keys.tags, postId],
    queryFn: () => unwrap(window.holdfast.listTags({ postId })),
  });
}

/** Clauses by any part of their name or text; `for` says which words the answer is for, while a newer one is on its way. */
export function useFoundClauses(query: string, platform: string | null, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.clauses, 'found', platform, query],
    queryFn: async ({ signal }) => {
      const answer = await cancellable(signal, (callId) =>
        window.holdfast.findClauses({ query, platform, limit: clausesShown }, callId),
      );
      return { for: query, clauses: answer.clauses };
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** How the clause stood at the times of the post, and the exceptions that ask for an answer. */
export function usePreparation(postId: string, clauseKey: string) {
  return useQuery<TagPreparation>({
    queryKey: [...keys.tags, 'prepared', postId, clauseKey],
    queryFn: () => unwrap(window.holdfast.prepareTag({ postId, clauseKey })),
  });
}

export function usePalette() {
  return useQuery<HostOutput<'palette.get'>['slots']>({
    queryKey: keys.palette,
    queryFn: async () => (await unwrap(window.holdfast.getPalette({}))).slots,
  });
}

/** What the phrase list suggests for the post. */
export function useSuggestions(postId: string) {
  return useQuery<Suggestion[]>({
    queryKey: [...keys.tags, 'suggested', postId],
    queryFn: async () => (await unwrap(window.holdfast.suggestTags({ postId }))).suggestions,
  });
}

/** Reports of the post, newest first. */
export function useReports(postId: string) {
  return useQuery<ReportFiled[]>({
    queryKey: [...keys.tags, 'reported', postId],
    queryFn: async () => (await unwrap(window.holdfast.listReports({ postId }))).reports,
  });
}
