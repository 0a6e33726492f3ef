/** Posts that passed while the autopilot scrolled, joined to what was read out of the answers and the page. */
import type { PostContent } from '../../contract/model/post.ts';
import { samePost } from '../../sites/general/draft.ts';
import { packed } from '../../sites/packed.ts';
import { type PassedPost, readPassed } from '../../sites/passed.ts';
import { markReplay } from '../../sites/replay/mark.ts';
import type { ShownReplay } from '../../sites/replay/page.ts';
import type { FoundReading } from '../import/contents.ts';

/** Comparing word by word what no address and no id tells: beyond this many only equal words count. */
const mostCompared = 300;

export interface Passed {
  /** Those that no other reading has, one reading a reader. */
  readings: FoundReading[];
  /** Posts that passed and are in some reading now. */
  stored: number;
}

/** `parts`: as the recorder wrote them, in order; each is read when its turn comes. */
export function passedPosts(
  parts: readonly (() => Uint8Array)[],
  url: string | null,
  replay: ShownReplay | null,
): PassedPost[] {
  function* texts(): Generator<string> {
    for (const read of parts) yield Buffer.from(read()).toString('utf8');
  }
  return parts.length === 0 ? [] : readPassed(texts(), url, replay);
}

/** Posts that are known from elsewhere; each stands for one that passed, and for no other. */
class Known {
  readonly #posts: readonly PostContent[];
  readonly #byKey = new Map<string, PostContent[]>();
  readonly #taken = new Set<PostContent>();

  constructor(posts: readonly PostContent[]) {
    this.#posts = posts;
    for (const post of posts) {
      for (const key of [...namesOf(post), wordsOf(post)])
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), post]);
    }
  }

  /** Whether it is among them by its id or its address, however often it passed. */
  isNamed(post: PostContent): boolean {
    const named = namesOf(post).flatMap((key) => this.#byKey.get(key) ?? []);
    const found = named.find((one) => isOfOne(one, post));
    if (found !== undefined) this.#taken.add(found);
    return found !== undefined;
  }

  /** Whether one of those that no other stands for has its words. */
  takes(post: PostContent): boolean {
    const free = (candidates: readonly PostContent[]) =>
      candidates.find((one) => !this.#taken.has(one) && isOfOne(one, post));
    const found =
      free(this.#byKey.get(wordsOf(post)) ?? []) ??
      (this.#posts.length <= mostCompared
        ? free(this.#posts.filter((one) => samePost(one, post)))
        : undefined);
    if (found === undefined) return false;
    this.#taken.add(found);
    return true;
  }
}

function namesOf({ platform, platformId, url }: PostContent): string[] {
  const names = platformId === null ? [] : [`id ${platform} ${platformId}`];
  return url === null ? names : [...names, `url ${url}`];
}

function wordsOf({ text }: PostContent): string {
  return `words ${packed(text)}`;
}

/** Nothing says that they are of two: the same words can be. */
function isOfOne(a: PostContent, b: PostContent): boolean {
  const differ = (x: string | null, y: string | null): boolean => x !== null && y !== null && x !== y;
  return (
    !differ(a.platformId, b.platformId) &&
    !differ(a.author.handle, b.author.handle) &&
    !differ(a.postedAt?.value.slice(0, 10) ?? null, b.postedAt?.value.slice(0, 10) ?? null)
  );
}

/** `known`: read out of the answers and the page. `replay`: of the page in which they passed. */
export function joinPassed(
  passed: readonly PassedPost[],
  known: readonly FoundReading[],
  replay: ShownReplay | null,
): Passed {
  const others = new Known(known.flatMap(({ posts }) => posts));
  const readings = new Map<string, FoundReading>();
  const stored = passed.filter(({ posts }) => posts.length > 0).length;
  // All names first: a post without one must not take the place of one that has its own.
  const unnamed = passed.map(({ posts }) => posts.filter(({ content }) => !others.isNamed(content)));
  for (const posts of unnamed) {
    for (const { reader, content } of posts) {
      if (others.takes(content)) continue;
      const { name, version } = reader;
      const reading = readings.get(name) ?? {
        reader: { name, version },
        posts: [],
        notes: [
          'Read out of the posts as they passed while the page was scrolled: each as it stood at its own moment.',
        ],
      };
      readings.set(name, reading);
      reading.posts.push(content);
    }
  }
  const found = [...readings.values()];
  return {
    readings: replay === null ? found : found.map((reading) => markReplay(reading, replay)),
    stored,
  };
}
