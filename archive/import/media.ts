/** Media that posts refer to: staged once each, and joined to the posts by their hash. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import { once } from '../../contract/once.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { dataUrl } from '../../evidence/format/data-url.ts';
import type { StagedBlob } from '../blobs.ts';
import type { FoundMedia, FoundReading } from './contents.ts';

/** Takes bytes into the archive for a capture that is not sealed yet. */
type Stage = (bytes: AsyncIterable<Uint8Array>) => Promise<StagedBlob>;

async function stageEmbedded(stage: Stage, url: string): Promise<FoundMedia | null> {
  const data = dataUrl(url);
  if (data === null) return null;
  return { bytes: await stage(once(data.bytes)), isStaged: true, mediaType: data.mediaType, name: null };
}

/** A picture that stands in the page itself has no address: what is kept of it is its type. */
function shownUrl(url: string): string {
  return url.startsWith('data:') ? url.slice(0, 64).replace(/[;,].*$/s, '') : url;
}

/** Every address of a medium that the posts refer to. */
export function mediaUrls(readings: readonly FoundReading[]): Set<string> {
  return new Set(
    readings.flatMap((reading) => reading.posts.flatMap((post) => post.media.map((item) => item.url))),
  );
}

/**
 * Gives back the readings with the hash of every medium that `find` has, or that stands in its own address. A medium
 * that nobody has stays, with `sha256` null.
 */
export async function joinMedia(
  stage: Stage,
  readings: readonly FoundReading[],
  find: (url: string) => Promise<FoundMedia | null> | FoundMedia | null,
): Promise<{ readings: FoundReading[]; media: FoundMedia[] }> {
  const found = new Map<string, FoundMedia>();
  for (const url of mediaUrls(readings)) {
    const medium = url.startsWith('data:') ? await stageEmbedded(stage, url) : await find(url);
    if (medium !== null) found.set(url, medium);
  }
  const joined = (item: PostMedia): PostMedia => {
    const medium = found.get(item.url);
    return {
      ...item,
      url: shownUrl(item.url),
      sha256: medium === undefined ? null : toHex(medium.bytes.sha256),
    };
  };
  const withMedia = (post: PostContent): PostContent => ({ ...post, media: post.media.map(joined) });
  return {
    readings: readings.map((reading) => ({ ...reading, posts: reading.posts.map(withMedia) })),
    media: [...found.values()],
  };
}
