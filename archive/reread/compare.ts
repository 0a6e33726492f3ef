/** Posts as they are read now against those of earlier readings of the same capture. Pure. */
import type { PostContent } from '../../contract/model/post.ts';
import { canonicalJson } from '../../evidence/log/canonical.ts';
import type { FoundReading } from '../import/contents.ts';

/** A post of an earlier reading. */
export interface KnownPost {
  id: string;
  /** Name of the reader that read it. */
  reader: string;
  content: PostContent;
  /** An earlier act of reading again set it aside. */
  isAside: boolean;
}

/** A post as it is read now, and which earlier one it is: the same in every word and fact, or read otherwise. */
export interface ReadPost {
  content: PostContent;
  kept: KnownPost | null;
  changed: KnownPost | null;
}

export interface Comparison {
  /** In the order of the readings and of their posts. */
  readings: { reader: { name: string; version: string }; notes: string[]; posts: ReadPost[] }[];
  /** Found now by a reading that has the same post elsewhere: what takes its place is that post. */
  merged: { known: KnownPost; by: ReadPost }[];
  gone: KnownPost[];
}

/** What is the same for the same post, the surest first: its id at the platform, its address, its words. */
function keysOf({ platform, platformId, url, text, title, author }: PostContent): string[] {
  const words = text !== '' ? text : (title ?? '');
  return [
    ...(platform !== null && platformId !== null ? [`id ${platform} ${platformId}`] : []),
    ...(url === null ? [] : [`url ${url}`]),
    ...(words === '' ? [] : [`words ${author.platformId ?? author.handle ?? ''} ${words}`]),
  ];
}

/** The same words are not the same post where ids or, without these, addresses differ. */
function mayBeSame(a: PostContent, b: PostContent): boolean {
  if (a.platform === b.platform && a.platformId !== null && b.platformId !== null)
    return a.platformId === b.platformId;
  return a.url === null || b.url === null || a.url === b.url;
}

/** Earlier posts by key, each to be taken once, in their order. */
class Shelf {
  readonly #byKey = new Map<string, KnownPost[]>();
  readonly taken = new Set<KnownPost>();

  put(key: string, post: KnownPost): void {
    const posts = this.#byKey.get(key);
    if (posts === undefined) this.#byKey.set(key, [post]);
    else posts.push(post);
  }

  take(key: string, content: PostContent): KnownPost | null {
    const posts = this.#byKey.get(key) ?? [];
    while (posts[0] !== undefined && this.taken.has(posts[0])) posts.shift();
    const post = posts.find((each) => !this.taken.has(each) && mayBeSame(each.content, content));
    if (post !== undefined) this.taken.add(post);
    return post ?? null;
  }
}

/** Each post that is there word by word keeps its identity; one that was set aside only where no other is the same. */
function keepSame(comparison: Comparison, known: readonly KnownPost[]): Set<KnownPost> {
  const shelf = new Shelf();
  const key = (reader: string, content: PostContent) => `${reader} ${canonicalJson(content)}`;
  for (const post of [...known].sort((a, b) => Number(a.isAside) - Number(b.isAside))) {
    shelf.put(key(post.reader, post.content), post);
    shelf.put(key('', post.content), post);
  }
  for (const { reader, posts } of comparison.readings)
    for (const post of posts)
      post.kept =
        shelf.take(key(reader.name, post.content), post.content) ??
        shelf.take(key('', post.content), post.content);
  return shelf.taken;
}

/** Each of what is left takes the place of one earlier post of the same key, of the same reader rather than another's. */
function matchChanged(comparison: Comparison, left: readonly KnownPost[]): Set<KnownPost> {
  const shelf = new Shelf();
  for (const post of left)
    for (const key of keysOf(post.content)) {
      shelf.put(`${post.reader} ${key}`, post);
      shelf.put(key, post);
    }
  for (const rank of [0, 1, 2])
    for (const isSameReader of [true, false])
      for (const { reader, posts } of comparison.readings)
        for (const post of posts) {
          const key = keysOf(post.content)[rank];
          if (post.kept !== null || post.changed !== null || key === undefined) continue;
          post.changed = shelf.take(isSameReader ? `${reader.name} ${key}` : key, post.content);
        }
  return shelf.taken;
}

/**
 * An earlier post is kept where one is read now with every word and fact the same; else it is taken the place of by the
 * post with the same id, address or words; else it is gone. Nothing that was set aside before is set aside again.
 */
export function compareReadings(found: readonly FoundReading[], known: readonly KnownPost[]): Comparison {
  const comparison: Comparison = {
    readings: found.map(({ reader, notes, posts }) => ({
      reader,
      notes,
      posts: posts.map((content) => ({ content, kept: null, changed: null })),
    })),
    merged: [],
    gone: [],
  };
  const kept = keepSame(comparison, known);
  const listed = known.filter((post) => !kept.has(post) && !post.isAside);
  const changed = matchChanged(comparison, listed);
  const byKey = new Map<string, ReadPost>();
  for (const post of comparison.readings.flatMap(({ posts }) => posts))
    for (const key of keysOf(post.content)) if (!byKey.has(key)) byKey.set(key, post);
  for (const post of listed) {
    if (changed.has(post)) continue;
    const same = keysOf(post.content).flatMap((key) => byKey.get(key) ?? []);
    const by = same.find(({ content }) => mayBeSame(content, post.content));
    if (by === undefined) comparison.gone.push(post);
    else comparison.merged.push({ known: post, by });
  }
  return comparison;
}
