/** A post of Instagram as its answers give it: in the form of its programs ('pk'), and in that of its older pages. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import type { PostNotice, Translation } from '../../contract/model/post-facts.ts';
import {
  at,
  countAt,
  digitsAt,
  isTrueAt,
  type JsonObject,
  listAt,
  objectAt,
  stringAt,
} from '../json/members.ts';
import { counts, finishPost, notice, recordedAddress } from '../post/draft.ts';
import { disagreement, timeOfSeconds } from '../post/times.ts';
import { isShortcode, timeOfId } from './shortcode.ts';

export const site = 'https://www.instagram.com';
/** Milliseconds between the upload and the post: drafts wait. */
const longestDraft = 86_400_000;

export interface InstagramContext {
  from: { n?: number; url: string } | null;
  addresses: ReadonlySet<string> | undefined;
  /** Of captions and comments, by their ids. */
  translations: ReadonlyMap<string, Translation>;
}

/** A post with its time, and not only its address. */
export function isMedia(value: JsonObject): boolean {
  return isShortcode(stringAt(value, 'code'))
    ? digitsAt(value, 'pk') !== null && digitsAt(value, 'taken_at') !== null
    : isShortcode(stringAt(value, 'shortcode')) && digitsAt(value, 'taken_at_timestamp') !== null;
}

export function codeOf(value: unknown): string | null {
  const code = stringAt(value, 'code') ?? stringAt(value, 'shortcode');
  return isShortcode(code) ? code : null;
}

export function handleIn(value: string | null): string | null {
  return value !== null && /^[\w.]{1,30}$/.test(value) ? value : null;
}

/** Who wrote a post or a comment. */
export function authorOf(user: unknown): PostContent['author'] {
  const handle = handleIn(stringAt(user, 'username'));
  return {
    name: stringAt(user, 'full_name'),
    handle,
    platformId: digitsAt(user, 'pk') ?? digitsAt(user, 'id'),
    url: handle === null ? null : `${site}/${handle}/`,
  };
}

function captionOf(media: JsonObject): string {
  const older = objectAt(listAt(media, 'edge_media_to_caption', 'edges')[0], 'node');
  return stringAt(media, 'caption', 'text') ?? stringAt(older, 'text') ?? '';
}

function addressesIn(list: readonly unknown[], name: string): (string | null)[] {
  return list.map((each) => stringAt(each, name));
}

function medium(item: unknown, addresses: ReadonlySet<string> | undefined): PostMedia[] {
  const film = recordedAddress(
    [...addressesIn(listAt(item, 'video_versions'), 'url'), stringAt(item, 'video_url')],
    addresses,
  );
  const picture = recordedAddress(
    [
      ...addressesIn(listAt(item, 'image_versions2', 'candidates'), 'url'),
      stringAt(item, 'display_url'),
      ...addressesIn(listAt(item, 'display_resources'), 'src'),
      stringAt(item, 'display_uri'),
    ],
    addresses,
  );
  const url = film ?? picture;
  const alt = stringAt(item, 'accessibility_caption');
  return url === null ? [] : [{ kind: film === null ? 'image' : 'video', url, alt, sha256: null }];
}

function mediaOf(media: JsonObject, addresses: ReadonlySet<string> | undefined): PostMedia[] {
  const older = listAt(media, 'edge_sidecar_to_children', 'edges').map((edge) => at(edge, 'node'));
  const items = [...listAt(media, 'carousel_media'), ...older];
  return (items.length > 0 ? items : [media]).flatMap((item) => medium(item, addresses));
}

function noticesOf(media: JsonObject, author: PostContent['author']): PostNotice[] {
  const together = listAt(media, 'coauthor_producers').flatMap(
    (each) => handleIn(stringAt(each, 'username')) ?? [],
  );
  const overlay = objectAt(media, 'media_overlay_info');
  const words = [stringAt(overlay, 'title'), stringAt(overlay, 'description')].filter(
    (part) => part !== null,
  );
  const place = stringAt(media, 'location', 'name');
  const others = together.filter((handle) => handle !== author.handle);
  return [
    ...(overlay === null
      ? []
      : [notice('interstitial', words.length === 0 ? 'Covered by a warning.' : words.join(' '))]),
    ...(isTrueAt(media, 'sharing_friction_info', 'should_have_sharing_friction')
      ? [notice('label', 'Sharing it is slowed down by a warning.')]
      : []),
    ...(isTrueAt(media, 'is_paid_partnership') ? [notice('label', 'Marked as a paid partnership.')] : []),
    ...(isTrueAt(media, 'caption_is_edited')
      ? [notice('other', 'Marked as edited; when, Instagram does not say.')]
      : []),
    ...(isTrueAt(media, 'like_and_view_counts_disabled')
      ? [notice('other', 'The author hides how often it was liked.')]
      : []),
    ...(isTrueAt(media, 'user', 'is_private') || isTrueAt(media, 'owner', 'is_private')
      ? [notice('other', 'The account is private: shown to those whom it lets follow.')]
      : []),
    ...(others.length === 0
      ? []
      : [notice('other', `Posted together with: ${others.slice(0, 20).join(', ')}`)]),
    ...(place === null ? [] : [notice('other', `Place that the author named: ${place}`)]),
  ];
}

/** `media`: one for which `isMedia` says yes. */
export function readMedia(
  media: JsonObject,
  { from, addresses, translations }: InstagramContext,
): PostContent {
  const code = codeOf(media) ?? '';
  const id = digitsAt(media, 'pk') ?? digitsAt(media, 'id');
  const author = authorOf(objectAt(media, 'user') ?? objectAt(media, 'owner'));
  const taken =
    timeOfSeconds(digitsAt(media, 'taken_at'), 'taken_at in Instagram’s answer') ??
    timeOfSeconds(digitsAt(media, 'taken_at_timestamp'), 'taken_at_timestamp in Instagram’s page');
  const idTime = timeOfId(id);
  const isFilm = digitsAt(media, 'media_type') === '2' || isTrueAt(media, 'is_video');
  const hidesLikes = isTrueAt(media, 'like_and_view_counts_disabled');
  return finishPost({
    kind: isFilm ? 'video' : 'picture',
    platform: 'instagram',
    platformId: code,
    url: `${site}/p/${code}/`,
    author,
    postedAt: taken,
    editedAt: null,
    title: null,
    text: captionOf(media),
    language: null,
    direction: null,
    media: mediaOf(media, addresses),
    readFrom: stringAt(media, 'code') === null ? 'Instagram page data' : 'Instagram media',
    from,
    facts: {
      otherTimes: idTime === null ? [] : [idTime],
      counts: counts({
        likes: hidesLikes
          ? null
          : (countAt(media, 'like_count') ?? countAt(media, 'edge_media_preview_like', 'count')),
        reposts: countAt(media, 'media_repost_count'),
        replies:
          countAt(media, 'comment_count') ??
          countAt(media, 'edge_media_to_parent_comment', 'count') ??
          countAt(media, 'edge_media_to_comment', 'count'),
        views:
          countAt(media, 'play_count') ??
          countAt(media, 'view_count') ??
          countAt(media, 'video_play_count') ??
          countAt(media, 'video_view_count'),
      }),
      translation:
        translations.get(digitsAt(media, 'caption', 'pk') ?? id ?? '') ?? translations.get(id ?? '') ?? null,
      notices: [...noticesOf(media, author), ...disagreement(taken, idTime, longestDraft)],
    },
  });
}
