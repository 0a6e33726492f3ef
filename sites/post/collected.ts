/** The posts of all answers, each once: platforms send the same post again and again, sometimes with less in it. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostVersion } from '../../contract/model/post-facts.ts';
import type { Notes } from '../notes.ts';

const MAX_POSTS = 20_000;

/** How much a post says, its words before its facts. */
function richness(post: PostContent): number {
  const { text, sourceOfText: _, ...rest } = post;
  return text.length * 1000 + JSON.stringify(rest, (_name, value: unknown) => value ?? undefined).length;
}

/** The state that was edited last; else the one that says more, and of equals the one that came later. */
function isBetter(post: PostContent, than: PostContent): boolean {
  const [a, b] = [post.editedAt?.value ?? '', than.editedAt?.value ?? ''];
  return a === b ? richness(post) >= richness(than) : a > b;
}

function stateOf(post: PostContent): PostVersion {
  return { platformId: null, at: post.editedAt ?? post.postedAt, text: post.text };
}

/** Words that a later answer showed changed are kept as a version. */
function withOlder(best: PostContent, other: PostContent): PostContent {
  if (best.text === other.text || best.editedAt?.value === other.editedAt?.value) return best;
  const known = best.versions ?? [stateOf(best)];
  if (known.some(({ text }) => text === other.text)) return best;
  const versions = [stateOf(other), ...known].sort((a, b) =>
    (a.at?.value ?? '').localeCompare(b.at?.value ?? '', 'en'),
  );
  return { ...best, versions };
}

export class CollectedPosts {
  readonly #posts = new Map<string, PostContent>();
  readonly #repeated = new Set<string>();
  readonly #differing = new Set<string>();
  readonly #notes: Notes;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** `key`: what is the same for the same post, whichever answer it stands in. */
  add(key: string, post: PostContent): void {
    const known = this.#posts.get(key);
    if (known === undefined) {
      if (this.#posts.size >= MAX_POSTS) this.#notes.limit(`Only the first ${MAX_POSTS} posts were read.`);
      else this.#posts.set(key, post);
      return;
    }
    this.#repeated.add(key);
    if (known.text !== post.text) this.#differing.add(key);
    const [best, other] = isBetter(post, known) ? [post, known] : [known, post];
    this.#posts.set(key, withOlder(best, other));
  }

  has(key: string): boolean {
    return this.#posts.has(key);
  }

  /** Puts what another answer says of a post to it. */
  change(key: string, change: (post: PostContent) => PostContent): void {
    const known = this.#posts.get(key);
    if (known !== undefined) this.#posts.set(key, change(known));
  }

  /** In the order in which they first stood. */
  list(): PostContent[] {
    const repeated = this.#repeated.size;
    if (repeated > 0) {
      const which = repeated === 1 ? '1 post stood' : `${repeated} posts stood`;
      this.#notes.add(`${which} in the answers more than once; of each the fullest state was taken.`);
    }
    if (this.#differing.size > 0) {
      const ids = [...this.#differing].slice(0, 5).join(', ');
      this.#notes.add(`Of these, ${this.#differing.size} stood there with other words as well: ${ids}.`);
    }
    return [...this.#posts.values()];
  }
}
