/** Pictures and videos of X's posts. */
import type { PostMedia } from '../../contract/model/post.ts';
import { countAt, isObject, type JsonObject, listAt, stringAt } from '../json/members.ts';
import { recordedAddress } from '../post/draft.ts';
import { shortText } from '../well-formed.ts';

const sizes = ['orig', '4096x4096', 'large', 'medium', '900x900', 'small', '360x360', '240x240', 'thumb'];

/** One picture has many addresses: its own, and one for each size, which is what pages ask for. */
function pictureAddresses(url: string | null): string[] {
  const picture = /^(https:\/\/pbs\.twimg\.com\/media\/[\w-]+)\.(jpg|png|webp)$/.exec(url ?? '');
  if (url === null) return [];
  if (picture === null) return [url];
  const [, base, format] = picture;
  return [url, ...sizes.map((size) => `${base}?format=${format}&name=${size}`)];
}

/** The best encoding first; playlists, which have no bit rate, last. */
function variants(item: JsonObject): string[] {
  const given = [...listAt(item, 'video_info', 'variants'), ...listAt(item, 'variants')].filter(isObject);
  const rate = (variant: JsonObject) => countAt(variant, 'bitrate') ?? countAt(variant, 'bit_rate') ?? -1;
  return given.sort((a, b) => rate(b) - rate(a)).flatMap((variant) => stringAt(variant, 'url') ?? []);
}

/** `item`: of extended_entities in GraphQL, or of includes.media in the API v2. Null where it has no address. */
export function mediumOf(item: unknown, addresses: ReadonlySet<string> | undefined): PostMedia | null {
  if (!isObject(item)) return null;
  const type = stringAt(item, 'type');
  const isVideo = type === 'video' || type === 'animated_gif';
  const still =
    stringAt(item, 'media_url_https') ?? stringAt(item, 'url') ?? stringAt(item, 'preview_image_url');
  const pictures = pictureAddresses(still);
  const url = recordedAddress(isVideo ? [...variants(item), ...pictures] : pictures, addresses);
  if (url === null) return null;
  const alt = shortText(stringAt(item, 'ext_alt_text') ?? stringAt(item, 'alt_text'));
  return { kind: isVideo ? 'video' : type === 'photo' ? 'image' : 'other', url, alt, sha256: null };
}
