/** Comments under a video or a post: as entities beside the list, and as older answers held them. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import { isTrueAt, type JsonObject, objectAt, stringAt } from '../json/members.ts';
import { counts, finishPost, notice, reference } from '../post/draft.ts';
import { roundedCount, type ShownCount } from '../rounded-count.ts';
import { isVideoId, type YoutubeContext } from './video.ts';
import { channelOf, channelUrl, commandLinksOf, isChannelId, linksOf, site, wordsOf } from './words.ts';

export function isCommentId(value: string | null): value is string {
  return value !== null && /^[\w-]{10,60}(?:\.[\w-]{5,60})?$/.test(value);
}

/** 'two years ago': from the moment in which it was shown, not a time. */
export function shownTime(words: string | null): PostNotice[] {
  if (words === null || words.trim() === '') return [];
  return [
    notice('other', `Posted, as shown: ${words}; from the moment when it was shown, no time is stated.`),
    ...(/\(edited\)/i.test(words) ? [notice('other', 'Marked as edited; when, YouTube does not say.')] : []),
  ];
}

export function shownCounts(given: Readonly<Record<'likes' | 'replies', string | null>>): {
  list: ReturnType<typeof counts>;
  notices: PostNotice[];
} {
  const read = (text: string | null): ShownCount | null =>
    text === null || text.trim() === '' ? null : roundedCount(text);
  const [likes, replies] = [read(given.likes), read(given.replies)];
  const rounded = [
    likes?.isRounded ? `likes ${likes.shown}` : '',
    replies?.isRounded ? `replies ${replies.shown}` : '',
  ].filter((part) => part !== '');
  return {
    list: counts({ likes: likes?.count ?? null, replies: replies?.count ?? null }),
    notices:
      rounded.length === 0
        ? []
        : [notice('other', `Counts as shown, rounded by YouTube: ${rounded.join(', ')}`)],
  };
}

interface Facts {
  id: string;
  text: string;
  name: string | null;
  handle: string | null;
  channel: string | null;
  time: string | null;
  likes: string | null;
  replies: string | null;
  notices: PostNotice[];
  links: ReturnType<typeof linksOf>;
}

/** `video`: under which it stands, where that is known. */
function comment(facts: Facts, video: string | null, { from }: YoutubeContext): PostContent {
  const { id, handle, channel } = facts;
  const [parent] = id.split('.');
  const isReply = parent !== undefined && parent !== id;
  const under = isVideoId(video) ? `${site}/watch?v=${video}` : null;
  const { list, notices } = shownCounts(facts);
  return finishPost({
    kind: 'reply',
    platform: 'youtube',
    platformId: id,
    url: under === null ? null : `${under}&lc=${id}`,
    author: { name: facts.name, handle, platformId: channel, url: channelUrl(channel, handle) },
    postedAt: null,
    editedAt: null,
    title: null,
    text: facts.text,
    language: null,
    direction: null,
    media: [],
    readFrom: 'YouTube comment',
    from,
    facts: {
      references: [
        reference('replies-to', isReply ? { platformId: parent } : { platformId: video, url: under }),
        ...(isReply && under !== null ? [reference('thread', { platformId: video, url: under })] : []),
      ],
      counts: list,
      links: facts.links,
      notices: [...shownTime(facts.time), ...notices, ...facts.notices],
    },
  });
}

/** `payload`: commentEntityPayload. Null for what is none. */
export function readCommentEntity(
  payload: JsonObject,
  videoOf: (id: string) => string | null,
  context: YoutubeContext,
): PostContent | null {
  const properties = objectAt(payload, 'properties');
  const author = objectAt(payload, 'author');
  const toolbar = objectAt(payload, 'toolbar');
  const id = stringAt(properties, 'commentId');
  const text = wordsOf(objectAt(properties, 'content'));
  if (!isCommentId(id) || text === null) return null;
  const shown = stringAt(author, 'displayName');
  const channel = stringAt(author, 'channelId');
  const facts: Facts = {
    id,
    text,
    name: shown,
    handle: shown?.startsWith('@') === true ? shown.slice(1) : null,
    channel: isChannelId(channel) ? channel : null,
    time: stringAt(properties, 'publishedTime'),
    likes: stringAt(toolbar, 'likeCountNotliked'),
    replies: stringAt(toolbar, 'replyCount'),
    notices: isTrueAt(author, 'isCreator')
      ? [notice('other', 'By the channel that the video belongs to.')]
      : [],
    links: commandLinksOf(objectAt(properties, 'content')),
  };
  return comment(facts, videoOf(id), context);
}

/** `value`: commentRenderer, as answers held comments until 2024. */
export function readCommentRenderer(
  value: JsonObject,
  videoOf: (id: string) => string | null,
  context: YoutubeContext,
): PostContent | null {
  const id = stringAt(value, 'commentId');
  const content = objectAt(value, 'contentText');
  const text = wordsOf(content);
  if (!isCommentId(id) || text === null) return null;
  const { platformId: channel, handle } = channelOf(objectAt(value, 'authorEndpoint'));
  const facts: Facts = {
    id,
    text,
    name: wordsOf(objectAt(value, 'authorText')),
    handle,
    channel,
    time: wordsOf(objectAt(value, 'publishedTimeText')),
    likes: wordsOf(objectAt(value, 'voteCount')),
    replies: typeof value.replyCount === 'number' ? `${value.replyCount}` : stringAt(value, 'replyCount'),
    notices: isTrueAt(value, 'authorIsChannelOwner')
      ? [notice('other', 'By the channel that the video belongs to.')]
      : [],
    links: linksOf(content),
  };
  return comment(facts, videoOf(id), context);
}
