/** Posts that channels write beside their videos. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import type { Poll } from '../../contract/model/post-facts.ts';
import { at, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import { finishPost, notice, reference } from '../post/draft.ts';
import { shownCounts, shownTime } from './comment.ts';
import { isVideoId, type YoutubeContext } from './video.ts';
import { channelOf, channelUrl, linksOf, pictureOf, site, wordsOf } from './words.ts';

export function isCommunityPost(value: JsonObject, name: string | null): boolean {
  const isKind = name === 'backstagePostRenderer' || name === 'sharedPostRenderer';
  const id = stringAt(value, 'postId');
  return isKind && id !== null && /^[\w-]{10,80}$/.test(id);
}

function mediaOf(attachment: JsonObject | null): PostMedia[] {
  const images = [
    objectAt(attachment, 'backstageImageRenderer', 'image'),
    ...listAt(attachment, 'postMultiImageRenderer', 'images').map((each) =>
      objectAt(each, 'backstageImageRenderer', 'image'),
    ),
  ];
  return images.flatMap((image) => {
    const url = pictureOf(image);
    return url === null ? [] : [{ kind: 'image' as const, url, alt: null, sha256: null }];
  });
}

function pollOf(attachment: JsonObject | null): { poll: Poll; votes: string | null } | null {
  const poll = objectAt(attachment, 'pollRenderer');
  const options = listAt(poll, 'choices').flatMap((choice) => {
    const text = wordsOf(objectAt(choice, 'text'));
    return text === null ? [] : [{ text, votes: null }];
  });
  if (options.length === 0) return null;
  return {
    poll: { options, endsAt: null, closed: null, multiple: false },
    votes: wordsOf(objectAt(poll, 'totalVotes')),
  };
}

/** `value`: one for which `isCommunityPost` says yes. */
export function readCommunityPost(value: JsonObject, { from }: YoutubeContext): PostContent {
  const id = stringAt(value, 'postId') ?? '';
  const content = objectAt(value, 'contentText') ?? objectAt(value, 'content');
  const { platformId, handle } = channelOf(at(value, 'authorEndpoint') ?? at(value, 'endpoint'));
  const attachment = objectAt(value, 'backstageAttachment');
  const video = stringAt(attachment, 'videoRenderer', 'videoId');
  const shared = stringAt(value, 'originalPost', 'backstagePostRenderer', 'postId');
  const poll = pollOf(attachment);
  const replies = objectAt(
    value,
    'actionButtons',
    'commentActionButtonsRenderer',
    'replyButton',
    'buttonRenderer',
  );
  const { list, notices } = shownCounts({
    likes: wordsOf(objectAt(value, 'voteCount')),
    replies: wordsOf(objectAt(replies, 'text')),
  });
  return finishPost({
    kind: shared === null ? 'post' : 'quote',
    platform: 'youtube',
    platformId: id,
    url: `${site}/post/${id}`,
    author: {
      name: wordsOf(objectAt(value, 'authorText')) ?? wordsOf(objectAt(value, 'displayName')),
      handle,
      platformId,
      url: channelUrl(platformId, handle),
    },
    postedAt: null,
    editedAt: null,
    title: null,
    text: wordsOf(content) ?? '',
    language: null,
    direction: null,
    media: mediaOf(attachment),
    readFrom: 'YouTube community post',
    from,
    facts: {
      references: [
        ...(shared === null
          ? []
          : [reference('quotes', { platformId: shared, url: `${site}/post/${shared}` })]),
        ...(isVideoId(video)
          ? [reference('quotes', { platformId: video, url: `${site}/watch?v=${video}` })]
          : []),
      ],
      counts: list,
      links: linksOf(content),
      poll: poll?.poll ?? null,
      notices: [
        ...shownTime(wordsOf(objectAt(value, 'publishedTimeText'))),
        ...notices,
        ...(poll?.votes == null ? [] : [notice('other', `Votes in the poll, as shown: ${poll.votes}`)]),
      ],
    },
  });
}
