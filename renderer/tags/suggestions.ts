/** Suggestions that a person has not looked at yet. */
import { useMemo } from 'react';
import type { Suggestion } from '../../contract/model/tag.ts';
import { useSuggestions } from './queries.ts';
import { useShown } from './tagging.tsx';

/** A name for one suggestion of one post. */
export function nameOf(postId: string, { phrase, quote }: Suggestion): string {
  return `${postId} ${phrase.id} ${quote.start} ${quote.end}`;
}

/** What the phrases suggest for the post, without what was passed over. */
export function useOpenSuggestions(postId: string): { suggestions: readonly Suggestion[]; error: unknown } {
  const { data, error } = useSuggestions(postId);
  const passed = useShown((shown) => shown.passed);
  const suggestions = useMemo(
    () => (data ?? []).filter((suggestion) => !passed.has(nameOf(postId, suggestion))),
    [data, passed, postId],
  );
  return { suggestions, error };
}
