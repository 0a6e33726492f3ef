/** TikTok: the video that a page holds as JSON in its script (universal data, and the older SIGI state). */
import type { PostContent, PostMedia, StatedTime } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pagesOf, pathOf } from '../answers.ts';
import type { Page } from '../general/page.ts';
import { attribute, ownText } from '../html/parse.ts';
import {
  at,
  countAt,
  digitsAt,
  isObject,
  isTrueAt,
  type JsonObject,
  listAt,
  objectAt,
  stringAt,
} from '../json/members.ts';
import { parseJson } from '../json/parse.ts';
import { objectsOf } from '../json/walk.ts';
import { languageTag } from '../language.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { counts, finishPost, notice, recordedAddress, reference } from '../post/draft.ts';
import { disagreement, timeOfSeconds } from '../post/times.ts';

const hosts = ['tiktok.com'];
const site = 'https://www.tiktok.com';

export const lastCheckedAgainst =
  'pages and answers written for this project after the public ones, 2026-11-29; no real recording';

interface Context {
  from: { n?: number; url: string } | null;
  addresses: ReadonlySet<string> | undefined;
  notes: Notes;
}

function wants(answer: AnswerHead): boolean {
  return (
    isHost(answer.url, hosts) &&
    isJson(answer) &&
    /^\/api\/(?:post\/item_list|item\/detail|comment\/list(?:\/reply)?|recommend\/item_list)\/?$/.test(
      pathOf(answer.url),
    )
  );
}

function covers(url: string, posts: readonly PostContent[]): boolean {
  const facts = addressFacts(url);
  return (
    facts?.platform === 'tiktok' &&
    facts.platformId !== null &&
    posts.some(({ platformId, kind }) => platformId === facts.platformId && kind !== 'reply')
  );
}

/** The upper half of an id is the second in which it was given. */
function timeOfId(id: string): StatedTime | null {
  if (!/^\d{18,19}$/.test(id)) return null;
  const time = timeOfSeconds(String(BigInt(id) >> 32n), 'the id of the post');
  return time === null ? null : { ...time, raw: id };
}

function handleIn(value: string | null): string | null {
  return value !== null && /^[\w.]{1,30}$/.test(value) ? value : null;
}

/** A video or a series of pictures, with its words. */
function isItem(value: JsonObject): boolean {
  return (
    digitsAt(value, 'id') !== null &&
    stringAt(value, 'desc') !== null &&
    digitsAt(value, 'createTime') !== null &&
    (objectAt(value, 'author') !== null || stringAt(value, 'author') !== null)
  );
}

function isComment(value: JsonObject): boolean {
  return (
    digitsAt(value, 'cid') !== null && stringAt(value, 'text') !== null && objectAt(value, 'user') !== null
  );
}

function mediaOf(item: JsonObject, addresses: ReadonlySet<string> | undefined): PostMedia[] {
  const film = recordedAddress(
    [
      stringAt(item, 'video', 'playAddr'),
      stringAt(item, 'video', 'downloadAddr'),
      stringAt(item, 'video', 'cover'),
    ],
    addresses,
  );
  const pictures = listAt(item, 'imagePost', 'images').flatMap(
    (image) =>
      recordedAddress(
        listAt(image, 'imageURL', 'urlList').map((url) => (typeof url === 'string' ? url : null)),
        addresses,
      ) ?? [],
  );
  const isFilm = film !== null && film !== stringAt(item, 'video', 'cover');
  return [
    ...(film === null || pictures.length > 0
      ? []
      : [{ kind: isFilm ? ('video' as const) : ('image' as const), url: film, alt: null, sha256: null }]),
    ...pictures.map((url) => ({ kind: 'image' as const, url, alt: null, sha256: null })),
  ];
}

function noticesOf(item: JsonObject): PostNotice[] {
  const warned = listAt(item, 'warnInfo').flatMap((each) => stringAt(each, 'text') ?? []);
  return [
    ...warned.map((text) => notice('label', `TikTok says: ${text}`)),
    ...(isTrueAt(item, 'isAd') ? [notice('label', 'An advertisement.')] : []),
    ...(isTrueAt(item, 'aigcLabelType') || countAt(item, 'aigcLabelType') === 1
      ? [notice('label', 'Labelled as made with AI.')]
      : []),
  ];
}

function readItem(item: JsonObject, { from, addresses }: Context): PostContent {
  const id = digitsAt(item, 'id') ?? '';
  const author = objectAt(item, 'author');
  const handle = handleIn(stringAt(author, 'uniqueId') ?? stringAt(item, 'author'));
  const posted = timeOfSeconds(digitsAt(item, 'createTime'), 'createTime in TikTok’s page');
  const idTime = timeOfId(id);
  const [stats, exact] = [objectAt(item, 'stats'), objectAt(item, 'statsV2')];
  const count = (name: string) => countAt(exact, name) ?? countAt(stats, name);
  const isSeries = objectAt(item, 'imagePost') !== null;
  return finishPost({
    kind: isSeries ? 'picture' : 'video',
    platform: 'tiktok',
    platformId: id,
    url: handle === null ? null : `${site}/@${handle}/${isSeries ? 'photo' : 'video'}/${id}`,
    author: {
      name: stringAt(author, 'nickname') ?? stringAt(item, 'nickname'),
      handle,
      platformId: digitsAt(author, 'id') ?? digitsAt(item, 'authorId'),
      url: handle === null ? null : `${site}/@${handle}`,
    },
    postedAt: posted,
    editedAt: null,
    title: null,
    text: stringAt(item, 'desc') ?? '',
    language: languageTag(stringAt(item, 'textLanguage')),
    direction: null,
    media: mediaOf(item, addresses),
    readFrom: 'TikTok page data',
    from,
    facts: {
      otherTimes: idTime === null ? [] : [idTime],
      counts: counts({
        likes: count('diggCount'),
        reposts: count('shareCount'),
        replies: count('commentCount'),
        bookmarks: count('collectCount'),
        views: count('playCount'),
      }),
      notices: [...noticesOf(item), ...disagreement(posted, idTime, 120_000)],
    },
  });
}

function readComment(comment: JsonObject, { from }: Context): PostContent {
  const id = digitsAt(comment, 'cid') ?? '';
  const handle = handleIn(stringAt(comment, 'user', 'unique_id'));
  const video = digitsAt(comment, 'aweme_id');
  const parent = digitsAt(comment, 'reply_id');
  const to = parent === null || parent === '0' ? video : parent;
  return finishPost({
    kind: 'reply',
    platform: 'tiktok',
    platformId: id,
    url: null,
    author: {
      name: stringAt(comment, 'user', 'nickname'),
      handle,
      platformId: digitsAt(comment, 'user', 'uid'),
      url: handle === null ? null : `${site}/@${handle}`,
    },
    postedAt: timeOfSeconds(digitsAt(comment, 'create_time'), 'create_time of the comment'),
    editedAt: null,
    title: null,
    text: stringAt(comment, 'text') ?? '',
    language: languageTag(stringAt(comment, 'comment_language')),
    direction: null,
    media: [],
    readFrom: 'TikTok comment',
    from,
    facts: {
      references: [
        ...(to === null ? [] : [reference('replies-to', { platformId: to })]),
        ...(video === null || video === to ? [] : [reference('thread', { platformId: video })]),
      ],
      counts: counts({
        likes: countAt(comment, 'digg_count'),
        replies: countAt(comment, 'reply_comment_total'),
      }),
    },
  });
}

function readDocument(document: unknown, context: Context, posts: CollectedPosts): void {
  for (const { value } of objectsOf(document, context.notes)) {
    const post = isItem(value)
      ? readItem(value, context)
      : isComment(value)
        ? readComment(value, context)
        : null;
    if (post?.platformId != null) posts.add(post.platformId, post);
  }
}

/** Of a page only the video that it is about: others stand there as recommendations. */
function readPage(page: Page, url: string, context: Context, posts: CollectedPosts): void {
  const { notes } = context;
  for (const element of page.elements) {
    const id = element.tagName === 'script' ? attribute(element, 'id') : null;
    if (id !== '__UNIVERSAL_DATA_FOR_REHYDRATION__' && id !== 'SIGI_STATE') continue;
    const [data] = parseJson(new TextEncoder().encode(ownText(element))).values;
    const detail = at(data, '__DEFAULT_SCOPE__', 'webapp.video-detail');
    const code = stringAt(detail, 'statusMsg');
    const named = addressFacts(url)?.platformId ?? null;
    if (
      isObject(detail) &&
      objectAt(detail, 'itemInfo', 'itemStruct') === null &&
      code !== null &&
      code !== ''
    ) {
      notes.add(`TikTok says of the video: ${code}`);
      if (named !== null) notes.notShown(named, code);
    }
    readDocument(detail ?? objectAt(data, 'ItemModule'), context, posts);
  }
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  const shared = { addresses: input.addresses, notes };
  for (const { page, url, from } of pagesOf(input, (url) => isHost(url, hosts), notes))
    readPage(page, url, { ...shared, from }, posts);
  for (const { from, value } of answersOf(input, wants, notes))
    readDocument(value, { ...shared, from }, posts);
  return { posts: posts.list(), ...notes.said };
}

export const tiktokReader: SiteReader = {
  name: 'tiktok',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
