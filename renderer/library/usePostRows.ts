import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PostLine } from '../../contract/model/post.ts';
import { cancellable } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { pageSize, pagesFor, placeOf, rowCount } from '../list/pages.ts';

interface PostPage {
  query: string;
  total: number;
  totalIsLowerBound: boolean;
  posts: PostLine[];
}

function pageQuery(query: string, page: number) {
  return {
    queryKey: [...keys.posts, query, page],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<PostPage> => {
      const answer = await cancellable(signal, (callId) =>
        window.holdfast.listPosts({ query, offset: page * pageSize, limit: pageSize }, callId),
      );
      return { query, ...answer };
    },
  };
}

export interface PostRows {
  /** The query whose rows are shown: the last one answered, so that typing does not blank the list. */
  query: string;
  /** Undefined until the first answer. */
  total: number | undefined;
  totalIsLowerBound: boolean;
  rowCount: number;
  /** Undefined: not fetched yet. */
  rowAt(row: number): PostLine | undefined;
  error: unknown;
}

/** In: the search words ('' for all posts) and the visible rows. Out: what is known of the list; only visible pages are asked for. */
export function usePostRows(query: string, visible: { first: number; last: number }): PostRows {
  const client = useQueryClient();
  const top = useQuery({ ...pageQuery(query, 0), placeholderData: keepPreviousData });
  const shown = top.data?.query ?? query;
  const numbers = pagesFor(visible.first, visible.last).filter((page) => page > 0);
  const further = useQueries({ queries: numbers.map((page) => pageQuery(shown, page)) });

  // Lengths of all pages seen for this query, also of those scrolled away: the list must not shrink behind the reader.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another list
  const seen = useMemo(() => new Map<number, { length: number }>(), [shown]);

  const pages = useMemo(() => {
    const map = new Map<number, PostLine[]>();
    if (top.data !== undefined) map.set(0, top.data.posts);
    further.forEach((page, at) => {
      const number = numbers[at];
      if (number !== undefined && page.data !== undefined) map.set(number, page.data.posts);
    });
    return map;
  }, [top.data, further, numbers]);
  for (const [page, posts] of pages) seen.set(page, { length: posts.length });

  return {
    query: shown,
    total: top.data?.total,
    totalIsLowerBound: top.data?.totalIsLowerBound ?? false,
    rowCount: top.data === undefined ? 0 : rowCount(top.data, seen),
    rowAt: (row) => {
      const { page, at } = placeOf(row);
      // A page that is only cached may still serve, while the visible pages settle after a jump.
      const posts = pages.get(page) ?? client.getQueryData<PostPage>([...keys.posts, shown, page])?.posts;
      return posts?.[at];
    },
    error: top.error ?? further.find((page) => page.isError)?.error ?? null,
  };
}
