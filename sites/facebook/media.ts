/** Pictures and films in a post of Facebook. */
import type { PostMedia } from '../../contract/model/post.ts';
import { at, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import { recordedAddress } from '../post/draft.ts';

export interface FoundMedium {
  medium: PostMedia;
  /** Of a film only its cover is named. */
  isCover: boolean;
}

const pictures = ['viewer_image', 'photo_image', 'full_image', 'large_share_image', 'image'] as const;

function picturesIn(value: unknown): (string | null)[] {
  return pictures.map((name) => stringAt(value, name, 'uri'));
}

function filmsIn(value: JsonObject): (string | null)[] {
  const named = (holder: unknown) =>
    ['playable_url_quality_hd', 'playable_url', 'browser_native_hd_url', 'browser_native_sd_url'].map(
      (name) => stringAt(holder, name),
    );
  const delivery = at(value, 'videoDeliveryResponseFragment', 'videoDeliveryResponseResult');
  return [
    ...named(value),
    ...named(objectAt(value, 'videoDeliveryLegacyFields')),
    ...listAt(delivery, 'progressive_urls').map((each) => stringAt(each, 'progressive_url')),
  ];
}

/** Null for what is no picture and no film, or has no address. */
export function mediumOf(value: JsonObject, addresses: ReadonlySet<string> | undefined): FoundMedium | null {
  const type = stringAt(value, '__typename');
  if (type !== 'Photo' && type !== 'Video' && type !== 'GenericAttachmentMedia') return null;
  const film = recordedAddress(filmsIn(value), addresses);
  const picture = recordedAddress(
    [
      ...picturesIn(value),
      stringAt(value, 'preferred_thumbnail', 'image', 'uri'),
      stringAt(value, 'thumbnailImage', 'uri'),
    ],
    addresses,
  );
  const url = film ?? picture;
  if (url === null) return null;
  const kind = film === null ? ('image' as const) : ('video' as const);
  return {
    medium: { kind, url, alt: stringAt(value, 'accessibility_caption'), sha256: null },
    isCover: type === 'Video' && film === null,
  };
}
