/** Media that posts refer to: staged once each, and joined to the posts by their hash. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { dataUrl } from '../../evidence/html/data-url.ts';
import type { Archive } from '../archive.ts';
import { stageBytes } from '../blobs.ts';
import type { FoundMedia, FoundReading } from './contents.ts';

export type MediaBody = { bytes: AsyncIterable<Uint8Array>; mediaType: string; name: string | null };

/** One piece of bytes as a stream. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

function embedded(url: string): MediaBody | null {
  const data = dataUrl(url);
  return data === null ? null : { bytes: once(data.bytes), mediaType: data.mediaType, name: null };
}

/** A picture that stands in the page itself has no address: what is kept of it is its type. */
function shownUrl(url: string): string {
  return url.startsWith('data:') ? url.slice(0, Math.min(url.length, 64)).replace(/[;,].*$/s, '') : url;
}

/**
 * Stages every medium that a post refers to and that `find` has, or that stands in its own address, and gives back
 * the readings with the hashes filled in. A medium that nobody has stays, with `sha256` null.
 */
export async function joinMedia(
  archive: Archive,
  readings: readonly FoundReading[],
  find: (url: string) => Promise<MediaBody | null> | MediaBody | null,
  signal?: AbortSignal,
): Promise<{ readings: FoundReading[]; media: FoundMedia[] }> {
  const media: FoundMedia[] = [];
  const known = new Map<string, string | null>();
  const hashOf = async (url: string): Promise<string | null> => {
    const before = known.get(url);
    if (before !== undefined) return before;
    const body = url.startsWith('data:') ? embedded(url) : await find(url);
    let hash: string | null = null;
    if (body !== null) {
      const staged = await stageBytes(archive, body.bytes, signal === undefined ? {} : { signal });
      hash = toHex(staged.sha256);
      media.push({ staged, mediaType: body.mediaType, name: body.name });
    }
    known.set(url, hash);
    return hash;
  };
  const joined: FoundReading[] = [];
  for (const reading of readings) {
    const posts: PostContent[] = [];
    for (const post of reading.posts) {
      const items: PostMedia[] = [];
      for (const item of post.media)
        items.push({ ...item, url: shownUrl(item.url), sha256: await hashOf(item.url) });
      posts.push({ ...post, media: items });
    }
    joined.push({ ...reading, posts });
  }
  return { readings: joined, media };
}
