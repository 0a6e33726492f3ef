/**
 * Posts out of the artifacts 'passed' of a capture: each post in the markup that it had when it passed, as the autopilot
 * collected it (capture/autopilot/passed.ts).
 */
import type { PostContent } from '../contract/model/post.ts';
import { generalReader, lastResort } from './general.ts';
import { attribute, elementsOf, parseHtml } from './html/parse.ts';
import { addressFacts } from './platforms.ts';
import { siteReaders } from './readers.ts';
import { type ShownReplay, undonePart } from './replay/page.ts';

/** `readFrom` of a post that passed and says nothing of its parts: all its words were taken. */
const allWords = 'all words of the part of the page';

export interface PassedPost {
  /** Its number in the order in which posts were first seen. */
  n: number;
  /** The post, and those that stand in it, such as replies; empty where nothing could be read. */
  posts: { reader: { name: string; version: string }; content: PostContent }[];
}

/**
 * Reads the parts, one after the other: a later state of a post is fuller than an earlier one. In the order of the page
 * where the last part tells it, else as they were first seen.
 *
 * @param parts decoded as UTF-8; what was written around the posts is ours, everything else is hostile
 * @param url of the page
 * @param replay where a web archive replays the page: its parts are read as they were before
 */
export function readPassed(
  parts: Iterable<string>,
  url: string | null,
  replay: ShownReplay | null = null,
): PassedPost[] {
  const read = (html: string): PassedPost['posts'] =>
    replay === null ? postsIn(html, url) : postsIn(undonePart(html, replay), replay.original);
  const found = new Map<number, PassedPost>();
  let order: number[] = [];
  for (const part of parts) {
    const parsed = parseHtml(part);
    if ('refused' in parsed) continue;
    for (const element of elementsOf(parsed.document)) {
      order = attribute(element, 'data-order')?.split(' ').map(Number) ?? order;
      const n = Number(attribute(element, 'data-post') ?? Number.NaN);
      const html = attribute(element, 'data-html');
      if (Number.isInteger(n) && html !== null) found.set(n, { n, posts: read(html) });
    }
  }
  const places = new Map(order.map((n, at) => [n, at]));
  const placeOf = (n: number): number => places.get(n) ?? order.length + n;
  return [...found.values()].sort((a, b) => placeOf(a.n) - placeOf(b.n));
}

function postsIn(html: string, url: string | null): PassedPost['posts'] {
  const page = (body: string, address: string) => ({
    url: address,
    status: 200,
    mediaType: 'text/html',
    charset: 'utf-8',
    body: new TextEncoder().encode(body),
  });
  for (const reader of siteReaders) {
    if (reader === generalReader) continue;
    const { posts } = reader.read({ url, exchanges: [page(html, url ?? '')] });
    if (posts.length > 0) return posts.map((content) => ({ reader, content }));
  }
  // The address of the page is not that of each post in it: it only makes other addresses absolute.
  const base =
    url === null ? '' : `<base href="${url.replace(/[&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}">`;
  const { posts } = generalReader.read({ url: null, exchanges: [page(base + html, '')] });
  const platform = addressFacts(url)?.platform ?? null;
  return posts.map((post) => ({
    reader: generalReader,
    content: {
      ...post,
      platform: post.platform ?? platform,
      ...(post.readFrom === lastResort ? { kind: 'post' as const, title: null, readFrom: allWords } : {}),
    },
  }));
}
