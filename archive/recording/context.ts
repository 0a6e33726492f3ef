/** Whether what a post refers to is in the capture as well: a reply without what it replies to can mean anything. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostReference } from '../../contract/model/post-facts.ts';
import type { Reason } from '../../contract/model/verdict.ts';
import { addressFacts } from '../../sites/platforms.ts';

const relations: Record<PostReference['relation'], string> = {
  'replies-to': 'what it replies to',
  quotes: 'what it quotes',
  reposts: 'what it reposts',
  thread: 'the beginning of its thread',
};
const named = 3;

/**
 * The reason why the context of the posts is not whole; none where it is. Where the address names a post, that one and
 * those that lead up to it count; else all.
 */
export function contextReason(posts: readonly PostContent[], url: string | null): Reason[] {
  const known = new Map(posts.flatMap((post) => keysOf(post).map((key) => [key, post])));
  const lines = counted(posts, known, url).flatMap((post) =>
    (post.references ?? []).flatMap((reference) =>
      find(known, post, reference) === undefined ? [lineOf(post, reference)] : [],
    ),
  );
  if (lines.length === 0) return [];
  const more = lines.length > named ? `; and ${lines.length - named} more` : '';
  return [
    {
      code: 'context-not-captured',
      message: `Context is not in the capture: ${lines.slice(0, named).join('; ')}${more}.`,
    },
  ];
}

function counted(
  posts: readonly PostContent[],
  known: ReadonlyMap<string, PostContent>,
  url: string | null,
): readonly PostContent[] {
  const facts = addressFacts(url);
  const main = facts?.platformId == null ? undefined : known.get(`${facts.platform} ${facts.platformId}`);
  if (main === undefined) return posts;
  const chain = new Set([main]);
  // A set that grows while it is walked is walked to its end, and no post twice.
  for (const post of chain) {
    for (const reference of post.references ?? []) {
      const other = find(known, post, reference);
      if (other !== undefined) chain.add(other);
    }
  }
  return [...chain];
}

function keysOf({ platform, platformId, url }: PostContent): string[] {
  return [platformId === null ? [] : [`${platform} ${platformId}`], url === null ? [] : [url]].flat();
}

function find(
  known: ReadonlyMap<string, PostContent>,
  { platform }: PostContent,
  { platformId, url }: PostReference,
): PostContent | undefined {
  return (
    (platformId === null ? undefined : known.get(`${platform} ${platformId}`)) ??
    (url === null ? undefined : known.get(url))
  );
}

function lineOf(post: PostContent, reference: PostReference): string {
  const which = post.url ?? post.platformId ?? `“${post.text.slice(0, 40)}”`;
  const other = reference.url ?? reference.platformId ?? 'not named';
  return `of ${which.slice(0, 200)} ${relations[reference.relation]} (${other.slice(0, 200)})`;
}
