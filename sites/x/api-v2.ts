/** Posts in one answer of X's API v2: what they refer to stands beside them, in `includes`. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostNotice, PostReference } from '../../contract/model/post-facts.ts';
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
import { languageTag } from '../language.ts';
import type { CollectedPosts } from '../post/collected.ts';
import { counts, finishPost, notice, reference } from '../post/draft.ts';
import { disagreement, timeIn } from '../post/times.ts';
import { accountUrl, handleIn, postUrl } from './account.ts';
import { linksIn, unescaped } from './entities.ts';
import { mediumOf } from './media.ts';
import { pollOfApi } from './poll.ts';
import { timeOfId } from './snowflake.ts';
import { editNotices, repostNotices, type TweetContext, timesOf, versionsOf } from './tweet.ts';

interface Includes {
  users: ReadonlyMap<string, JsonObject>;
  media: ReadonlyMap<string, JsonObject>;
  polls: ReadonlyMap<string, JsonObject>;
  tweets: ReadonlyMap<string, JsonObject>;
}

function byId(items: readonly unknown[], name: string): Map<string, JsonObject> {
  return new Map(
    items.flatMap((item) => {
      const id = stringAt(item, name);
      return id !== null && isObject(item) ? [[id, item] as const] : [];
    }),
  );
}

/** A post with its words: accounts have an id, too. */
function isPost(value: unknown): value is JsonObject {
  return isObject(value) && digitsAt(value, 'id') !== null && stringAt(value, 'text') !== null;
}

function dataOf(document: unknown): readonly unknown[] {
  const data = at(document, 'data');
  return Array.isArray(data) ? data : [data];
}

/** The document is an answer of this API: `data` is one post or account, or a list of such. */
export function isApiAnswer(document: unknown): boolean {
  return (
    dataOf(document).some((item) => digitsAt(item, 'id') !== null) ||
    listAt(document, 'includes', 'tweets').length > 0
  );
}

const relations: Readonly<Record<string, PostReference['relation']>> = {
  replied_to: 'replies-to',
  quoted: 'quotes',
  retweeted: 'reposts',
};

function referencesOf(
  tweet: JsonObject,
  id: string,
  { users, tweets }: Includes,
  site: string,
): PostReference[] {
  const named = listAt(tweet, 'referenced_tweets').flatMap((item) => {
    const type = stringAt(item, 'type') ?? '';
    const relation = Object.hasOwn(relations, type) ? relations[type] : undefined;
    const platformId = digitsAt(item, 'id');
    if (relation === undefined || platformId === null) return [];
    const accountId =
      digitsAt(tweets.get(platformId), 'author_id') ??
      (relation === 'replies-to' ? digitsAt(tweet, 'in_reply_to_user_id') : null);
    const handle = handleIn(stringAt(users.get(accountId ?? ''), 'username'));
    return [reference(relation, { platformId, url: postUrl(site, handle, platformId), handle, accountId })];
  });
  const reposted = named.filter(({ relation }) => relation === 'reposts');
  if (reposted.length > 0) return reposted;
  const thread = digitsAt(tweet, 'conversation_id');
  return thread === null || thread === id || named.some(({ platformId }) => platformId === thread)
    ? named
    : [...named, reference('thread', { platformId: thread, url: postUrl(site, null, thread) })];
}

function noticesOf(tweet: JsonObject): PostNotice[] {
  const countries = listAt(tweet, 'withheld', 'country_codes').filter((code) => typeof code === 'string');
  return [
    ...(countries.length === 0
      ? []
      : [notice('withheld', `The post is withheld in: ${countries.join(', ')}`)]),
    ...(isTrueAt(tweet, 'withheld', 'copyright')
      ? [notice('withheld', 'The post is withheld for a copyright complaint.')]
      : []),
    ...(isTrueAt(tweet, 'possibly_sensitive')
      ? [notice('interstitial', 'Marked as possibly sensitive.')]
      : []),
  ];
}

function authorOf(tweet: JsonObject, { users }: Includes, site: string): PostContent['author'] {
  const platformId = digitsAt(tweet, 'author_id');
  const user = users.get(platformId ?? '');
  const handle = handleIn(stringAt(user, 'username'));
  return { name: stringAt(user, 'name'), handle, platformId, url: accountUrl(site, handle) };
}

const order: readonly PostContent['kind'][] = ['repost', 'reply', 'quote'];
const kinds: Readonly<Record<PostReference['relation'], PostContent['kind']>> = {
  'replies-to': 'reply',
  quotes: 'quote',
  reposts: 'repost',
  thread: 'post',
};

function keysOf(tweet: JsonObject, name: 'media_keys' | 'poll_ids'): string[] {
  return listAt(tweet, 'attachments', name).filter((key) => typeof key === 'string');
}

function readOne(tweet: JsonObject, includes: Includes, context: TweetContext): PostContent {
  const { site, from, addresses, notes } = context;
  const id = digitsAt(tweet, 'id') ?? '';
  const author = authorOf(tweet, includes, site);
  const references = referencesOf(tweet, id, includes, site);
  const kind = order.find((each) => references.some(({ relation }) => kinds[relation] === each)) ?? 'post';
  const isRepost = kind === 'repost';
  const hasOriginal = isRepost && includes.tweets.has(references[0]?.platformId ?? '');
  const long = stringAt(tweet, 'note_tweet', 'text');
  const text = hasOriginal ? '' : (long ?? unescaped(stringAt(tweet, 'text') ?? ''));
  const edits = listAt(tweet, 'edit_history_tweet_ids').flatMap((each) => digitsAt({ each }, 'each') ?? []);
  const states = edits.length > 1 ? edits : [];
  const created = timeIn(stringAt(tweet, 'created_at'), 'created_at in X’s answer', notes);
  const idTime = timeOfId(id);
  const metrics = objectAt(tweet, 'public_metrics');
  const found = keysOf(tweet, 'media_keys').map((key) => mediumOf(includes.media.get(key), addresses));
  const media = isRepost ? [] : found.flatMap((item) => item ?? []);
  const [poll] = keysOf(tweet, 'poll_ids').flatMap((key) => pollOfApi(includes.polls.get(key), notes) ?? []);
  return finishPost({
    kind,
    platform: 'x',
    platformId: id,
    url: postUrl(site, author.handle, id),
    author,
    ...timesOf(created, id, states),
    title: null,
    text,
    language: text === '' ? null : languageTag(stringAt(tweet, 'lang')),
    direction: null,
    media,
    readFrom: `X API v2 (${isRepost ? 'repost' : long === null ? 'text' : 'note_tweet'})`,
    from,
    facts: {
      references,
      otherTimes: idTime === null ? [] : [idTime],
      counts: isRepost
        ? []
        : counts({
            likes: countAt(metrics, 'like_count'),
            reposts: countAt(metrics, 'retweet_count'),
            quotes: countAt(metrics, 'quote_count'),
            replies: countAt(metrics, 'reply_count'),
            bookmarks: countAt(metrics, 'bookmark_count'),
            views: countAt(metrics, 'impression_count'),
          }),
      links: linksIn(objectAt(tweet, 'note_tweet', 'entities') ?? objectAt(tweet, 'entities'), text),
      poll: isRepost ? null : (poll ?? null),
      versions: versionsOf(states, id, text),
      notices: [
        ...noticesOf(tweet),
        ...editNotices(states, id),
        ...disagreement(created, idTime, 1000),
        ...(isRepost ? repostNotices(text) : []),
        ...(!isRepost && media.length < found.length
          ? [
              notice(
                'other',
                `${found.length - media.length} media are named in the answer without an address.`,
              ),
            ]
          : []),
      ],
    },
  });
}

/** An event of X's compliance streams: what became of a post or an account, without its words. */
export function complianceNote(document: unknown): string | null {
  const [id, action] = [digitsAt(document, 'id'), stringAt(document, 'action')];
  if (id === null || action === null) return null;
  const reason = stringAt(document, 'reason');
  return `X says: ${action} of ${id}${reason === null ? '' : `, ${reason}`}`;
}

/** Adds the posts of the document to `posts`, and what X says is missing to the notes. */
export function readApiAnswer(document: unknown, context: TweetContext, posts: CollectedPosts): void {
  const included = listAt(document, 'includes', 'tweets');
  const found = [...dataOf(document), ...included].filter(isPost);
  const includes: Includes = {
    users: byId(listAt(document, 'includes', 'users'), 'id'),
    media: byId(listAt(document, 'includes', 'media'), 'media_key'),
    polls: byId(listAt(document, 'includes', 'polls'), 'id'),
    tweets: byId(found, 'id'),
  };
  for (const tweet of found) posts.add(digitsAt(tweet, 'id') ?? '', readOne(tweet, includes, context));
  for (const error of listAt(document, 'errors')) {
    const words = stringAt(error, 'detail') ?? stringAt(error, 'title');
    if (words !== null) context.notes.add(`X says: ${words}`);
  }
}
