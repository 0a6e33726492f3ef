/** A video, as the player's answer describes it: the page holds that as ytInitialPlayerResponse. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import { countAt, isTrueAt, type JsonObject, objectAt, stringAt } from '../json/members.ts';
import { objectsOf } from '../json/walk.ts';
import type { Notes } from '../notes.ts';
import { counts, finishPost, notice } from '../post/draft.ts';
import { timeIn } from '../post/times.ts';
import { channelUrl, handleIn, isChannelId, pictureOf, site, wordsOf } from './words.ts';

export interface YoutubeContext {
  from: { n?: number; url: string } | null;
  notes: Notes;
  addresses: ReadonlySet<string> | undefined;
}

export function isVideoId(value: string | null): value is string {
  return value !== null && /^[\w-]{11}$/.test(value);
}

export function isPlayerAnswer(value: unknown): boolean {
  return (
    isVideoId(stringAt(value, 'videoDetails', 'videoId')) || objectAt(value, 'playabilityStatus') !== null
  );
}

/** Why a video is not shown, or not to everybody; null where it plays. */
export function playability(player: unknown): string | null {
  const status = stringAt(player, 'playabilityStatus', 'status');
  if (status === null || status === 'OK') return null;
  const screen = objectAt(player, 'playabilityStatus', 'errorScreen', 'playerErrorMessageRenderer');
  const words = [
    stringAt(player, 'playabilityStatus', 'reason') ?? wordsOf(objectAt(screen, 'reason')),
    wordsOf(objectAt(screen, 'subreason')),
  ].filter((part) => part !== null && part !== '');
  return `${status}${words.length === 0 ? '' : `: ${[...new Set(words)].join(' ')}`}`;
}

function noticesOf(player: unknown, format: JsonObject | null): PostNotice[] {
  const why = playability(player);
  return [
    ...(why === null
      ? []
      : [
          notice(
            /removed|terminated|unavailable/i.test(why)
              ? 'removed'
              : /country/i.test(why)
                ? 'withheld'
                : 'interstitial',
            `YouTube says of the video: ${why}`,
          ),
        ]),
    ...(isTrueAt(format, 'isUnlisted')
      ? [notice('other', 'Unlisted: shown to those who have its address.')]
      : []),
    ...(isTrueAt(player, 'videoDetails', 'isPrivate') ? [notice('other', 'Private.')] : []),
    ...(isTrueAt(player, 'videoDetails', 'isLiveContent') ? [notice('other', 'Is or was sent live.')] : []),
    ...(format !== null && 'isFamilySafe' in format && format.isFamilySafe === false
      ? [notice('interstitial', 'Not marked as safe for families.')]
      : []),
  ];
}

/** Null where the answer describes none; why, is noted. */
export function readVideo(player: unknown, { from, notes }: YoutubeContext): PostContent | null {
  const details = objectAt(player, 'videoDetails');
  const id = stringAt(details, 'videoId');
  if (!isVideoId(id)) {
    const why = playability(player);
    if (why !== null) notes.add(`A video is not shown: ${why}`);
    return null;
  }
  const format = objectAt(player, 'microformat', 'playerMicroformatRenderer');
  const said = stringAt(details, 'channelId') ?? stringAt(format, 'externalChannelId');
  const channel = isChannelId(said) ? said : null;
  const handle = handleIn(stringAt(format, 'ownerProfileUrl'));
  const published = timeIn(stringAt(format, 'publishDate'), 'publishDate of the player’s answer', notes);
  const uploaded = timeIn(stringAt(format, 'uploadDate'), 'uploadDate of the player’s answer', notes);
  const picture = pictureOf(objectAt(details, 'thumbnail'));
  const seconds = countAt(details, 'lengthSeconds');
  return finishPost({
    kind: 'video',
    platform: 'youtube',
    platformId: id,
    url: `${site}/watch?v=${id}`,
    author: {
      name: stringAt(details, 'author') ?? stringAt(format, 'ownerChannelName'),
      handle,
      platformId: channel,
      url: channelUrl(channel, handle),
    },
    postedAt: published ?? uploaded,
    editedAt: null,
    title: stringAt(details, 'title') ?? wordsOf(objectAt(format, 'title')),
    text: stringAt(details, 'shortDescription') ?? wordsOf(objectAt(format, 'description')) ?? '',
    language: null,
    direction: null,
    media: picture === null ? [] : [{ kind: 'image', url: picture, alt: null, sha256: null }],
    readFrom: 'YouTube player answer',
    from,
    facts: {
      otherTimes: published === null || uploaded === null || uploaded.raw === published.raw ? [] : [uploaded],
      counts: counts({
        likes: countAt(format, 'likeCount'),
        views: countAt(details, 'viewCount') ?? countAt(format, 'viewCount'),
      }),
      notices: [
        ...noticesOf(player, format),
        notice(
          'other',
          `The picture is the video’s cover; the film itself${seconds === null ? '' : ` (${seconds} s)`} comes in pieces and is no medium of its own here.`,
        ),
      ],
    },
  });
}

/** Panels in which YouTube itself says something about a video, its topic or its channel. */
export function panelsIn(document: unknown, notes: Notes): PostNotice[] {
  const found: PostNotice[] = [];
  for (const { value, name } of objectsOf(document, notes)) {
    if (name !== 'clarificationRenderer' && name !== 'infoPanelContentRenderer') continue;
    const words = [
      wordsOf(objectAt(value, 'contentTitle')),
      wordsOf(objectAt(value, 'text')),
      wordsOf(objectAt(value, 'inlineLink')),
    ];
    const paragraphs = (Array.isArray(value.paragraphs) ? value.paragraphs : []).map((each: unknown) =>
      wordsOf(each),
    );
    const text = [...words, ...paragraphs].filter((part) => part !== null && part !== '').join(' ');
    if (text !== '' && found.length < 10) found.push(notice('label', `YouTube’s panel: ${text}`));
  }
  return found;
}
