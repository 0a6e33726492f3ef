/** Whether posts were still there: what evidence.json says of checks, and how it follows from the documents. */
import { z } from 'zod';
import type { PostContent } from '../../contract/model/post.ts';
import { tagOriginSchema } from '../../contract/model/tag.ts';
import { type KnownCheck, postCheckSchema } from '../../contract/model/watch.ts';
import { type Actors, act, actEntry, type EventOf } from './act.ts';

export const checkEntrySchema = z.strictObject({
  ...act,
  ...postCheckSchema.shape,
  /** Made in another archive, as a bundle of that said: who, when and by which event there. */
  origin: z.exactOptional(tagOriginSchema),
});
export type CheckEntry = z.infer<typeof checkEntrySchema>;

export function checkEntry(actors: Actors, checked: EventOf<'post.checked'>): CheckEntry {
  return { ...actEntry(actors, checked), ...checked.body };
}

function nameOf({ platform, platformId }: Pick<PostContent, 'platform' | 'platformId'>): string | null {
  return platform === null || platformId === null ? null : JSON.stringify([platform, platformId]);
}

/** Whether two checks are of one post. */
function isOfSame(a: KnownCheck, b: KnownCheck): boolean {
  if (nameOf(a) !== null && nameOf(b) !== null) return nameOf(a) === nameOf(b);
  return (a.post ?? a.comparedWith ?? a.url) === (b.post ?? b.comparedWith ?? b.url);
}

/**
 * Whether a check may say that it confirms another: that stands before it, did not reach the post either, and none between
 * them saw it. One that confirms none may always. `before`: in the order of the log.
 */
export function mayConfirm(check: KnownCheck, before: readonly KnownCheck[]): boolean {
  if (check.confirms === null) return true;
  const from = before.findIndex(({ capture }) => capture === check.confirms);
  const first = before[from];
  const isAlike = check.kind === 'not-reachable' && first?.kind === 'not-reachable' && isOfSame(first, check);
  const seen = before
    .slice(from + 1)
    .some((each) => (each.kind === 'up' || each.kind === 'edited') && isOfSame(each, check));
  return isAlike && !seen;
}

/** Tells which checks are of given posts: by their ids, or by what the platform calls them. */
export class ChecksOf {
  /** By id, in their order. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #ids: readonly string[];
  readonly #byName = new Map<string, string[]>();

  /** `content` null: it is not shown whole. */
  constructor(posts: readonly { id: string; content: PostContent | null }[]) {
    this.#ids = posts.map(({ id }) => id);
    this.#places = new Map(this.#ids.map((id, place) => [id, place]));
    // Not by Map.groupBy, which browsers that verify.html is for may lack.
    for (const { id, content } of posts) {
      const name = content === null ? null : nameOf(content);
      if (name === null) continue;
      const ids = this.#byName.get(name);
      if (ids === undefined) this.#byName.set(name, [id]);
      else ids.push(id);
    }
  }

  has(check: KnownCheck): boolean {
    return this.#placesOf(check).size > 0;
  }

  /** Ids of the posts that a check is of, in the order of the posts. */
  of(check: KnownCheck): string[] {
    return [...this.#placesOf(check)].sort((a, b) => a - b).map((place) => this.#ids[place] ?? '');
  }

  #placesOf(check: KnownCheck): Set<number> {
    const name = nameOf(check);
    const named = name === null ? [] : (this.#byName.get(name) ?? []);
    return new Set(
      [check.post, check.read, check.comparedWith, ...named].flatMap((id) =>
        id === null ? [] : (this.#places.get(id) ?? []),
      ),
    );
  }
}
