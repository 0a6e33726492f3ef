/** One post of X as its GraphQL answers give it. */
import type { PostContent, StatedTime } from '../../contract/model/post.ts';
import type { PostNotice, PostReference, PostVersion, Translation } from '../../contract/model/post-facts.ts';
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
import { languageTag } from '../language.ts';
import type { Notes } from '../notes.ts';
import { address, counts, finishPost, notice, reference } from '../post/draft.ts';
import { disagreement, timeIn } from '../post/times.ts';
import { accountNotices, accountOf, handleIn, postUrl } from './account.ts';
import { linksIn, unescaped } from './entities.ts';
import { mediumOf } from './media.ts';
import { pollOfCard } from './poll.ts';
import { timeOfId } from './snowflake.ts';

export interface TweetContext {
  /** https://x.com, or the older name, as the answer came from. */
  site: string;
  from: { n?: number; url: string };
  addresses: ReadonlySet<string> | undefined;
  notes: Notes;
}

/** What is in the place of a post: it stands bare, or behind what limits it. */
export function bareTweet(result: unknown): JsonObject | null {
  const bare = objectAt(result, 'tweet') ?? objectAt({ result }, 'result');
  return isPost(bare) ? bare : null;
}

/** A post with its words, and not only its id. */
export function isPost(value: unknown): boolean {
  return digitsAt(value, 'rest_id') !== null && stringAt(value, 'legacy', 'full_text') !== null;
}

function userOf(tweet: JsonObject): JsonObject | null {
  return (
    objectAt(tweet, 'core', 'user_results', 'result') ?? objectAt(tweet, 'core', 'user_result', 'result')
  );
}

function original(tweet: JsonObject): unknown {
  return (
    at(tweet, 'legacy', 'retweeted_status_result', 'result') ?? at(tweet, 'retweeted_status_result', 'result')
  );
}

function namedBy(result: unknown, site: string): Partial<PostReference> {
  const tweet = objectAt(result, 'tweet') ?? objectAt({ result }, 'result');
  const id = digitsAt(tweet, 'rest_id');
  const user = tweet === null ? null : userOf(tweet);
  const { handle, platformId: accountId } = accountOf(user, digitsAt(tweet, 'legacy', 'user_id_str'), site);
  return { platformId: id, url: postUrl(site, handle, id), handle, accountId };
}

function replyTo(legacy: JsonObject, site: string): PostReference[] {
  const platformId = digitsAt(legacy, 'in_reply_to_status_id_str');
  const accountId = digitsAt(legacy, 'in_reply_to_user_id_str');
  if (platformId === null) return [];
  const handle = handleIn(stringAt(legacy, 'in_reply_to_screen_name'));
  return [reference('replies-to', { platformId, url: postUrl(site, handle, platformId), handle, accountId })];
}

function quoted(tweet: JsonObject, legacy: JsonObject, site: string): PostReference[] {
  const result = at(tweet, 'quoted_status_result', 'result') ?? at(tweet, 'quotedRefResult', 'result');
  const named = namedBy(result, site);
  const platformId = named.platformId ?? digitsAt(legacy, 'quoted_status_id_str');
  if (platformId === null) return [];
  const url = address(stringAt(legacy, 'quoted_status_permalink', 'expanded'));
  return [
    reference('quotes', {
      ...named,
      platformId,
      url: url ?? postUrl(site, named.handle ?? null, platformId),
    }),
  ];
}

function referencesOf(tweet: JsonObject, legacy: JsonObject, id: string, site: string): PostReference[] {
  const reposted = original(tweet);
  // A repost says of itself what its original says: only the original counts.
  if (reposted !== undefined) return [reference('reposts', namedBy(reposted, site))];
  const named = [...replyTo(legacy, site), ...quoted(tweet, legacy, site)];
  const thread = digitsAt(legacy, 'conversation_id_str');
  return thread === null || thread === id || named.some(({ platformId }) => platformId === thread)
    ? named
    : [...named, reference('thread', { platformId: thread, url: postUrl(site, null, thread) })];
}

/** The ids of all states of a post, the oldest first; empty where it was never edited. */
function editIds(tweet: JsonObject): string[] {
  const control = objectAt(tweet, 'edit_control', 'edit_control_initial') ?? objectAt(tweet, 'edit_control');
  const ids = listAt(control, 'edit_tweet_ids').flatMap((id) => digitsAt({ id }, 'id') ?? []);
  return ids.length > 1 ? ids : [];
}

export function versionsOf(ids: readonly string[], id: string, text: string): PostVersion[] {
  return ids.map((each) => ({ platformId: each, at: timeOfId(each), text: each === id ? text : null }));
}

/** Of a later state the time it was posted is that of the first one, which its id tells. */
export function timesOf(
  created: StatedTime | null,
  id: string,
  edits: readonly string[],
): Pick<PostContent, 'postedAt' | 'editedAt'> {
  const [first] = edits;
  const began = first === undefined || first === id ? null : timeOfId(first);
  return began === null ? { postedAt: created, editedAt: null } : { postedAt: began, editedAt: created };
}

export function editNotices(edits: readonly string[], id: string): PostNotice[] {
  const newest = edits.at(-1);
  return newest === undefined || newest === id || !edits.includes(id)
    ? []
    : [notice('other', `The post was edited later: its newest state is ${newest}.`)];
}

/** Whatever the answer says that X did to the post. */
function noticesOf(tweet: JsonObject, legacy: JsonObject): PostNotice[] {
  const notices = accountNotices(userOf(tweet));
  const countries = listAt(legacy, 'withheld_in_countries').filter((code) => typeof code === 'string');
  const scope = stringAt(legacy, 'withheld_scope') ?? 'status';
  if (countries.length > 0)
    notices.push(notice('withheld', `The post (${scope}) is withheld in: ${countries.join(', ')}`));
  if (isTrueAt(legacy, 'withheld_copyright'))
    notices.push(notice('withheld', 'The post is withheld for a copyright complaint.'));
  if (isTrueAt(legacy, 'possibly_sensitive'))
    notices.push(notice('interstitial', 'Marked as possibly sensitive.'));
  if (isTrueAt(legacy, 'truncated')) notices.push(notice('other', 'The words were cut off by the platform.'));
  const community = stringAt(tweet, 'birdwatch_pivot', 'subtitle', 'text');
  if (community !== null) notices.push(notice('label', `Community note: ${community}`));
  const label = stringAt(tweet, 'softInterventionPivot', 'text', 'text');
  if (label !== null) notices.push(notice('label', label));
  const quote = at(tweet, 'quoted_status_result', 'result');
  const gone = goneNotice(quote);
  if (gone !== null) notices.push({ ...gone, text: `The quoted post: ${gone.text}` });
  if (objectAt(tweet, 'article') !== null)
    notices.push(notice('other', 'The post is an article: its title was read, and not its words.'));
  return notices;
}

/** What stands in the place of a post that is not shown; null for one that is. */
export function goneNotice(result: unknown): PostNotice | null {
  const type = stringAt(result, '__typename');
  if (type !== 'TweetTombstone' && type !== 'TweetUnavailable') return null;
  const words =
    stringAt(result, 'tombstone', 'text', 'text') ??
    stringAt(result, 'tombstone', 'richText', 'text') ??
    stringAt(result, 'reason') ??
    'is not available';
  return notice(
    /suspend/i.test(words) ? 'suspended' : /withheld/i.test(words) ? 'withheld' : 'removed',
    words,
  );
}

/** What stands in front of a post that is shown with limits. */
export function limitNotices(result: JsonObject): PostNotice[] {
  const interstitial = stringAt(result, 'tweetInterstitial', 'text', 'text');
  const label = stringAt(result, 'softInterventionPivot', 'text', 'text');
  const actions = listAt(result, 'limitedActionResults', 'limited_actions').flatMap(
    (action) => stringAt(action, 'action') ?? [],
  );
  return [
    ...(interstitial === null ? [] : [notice('interstitial', interstitial)]),
    ...(label === null ? [] : [notice('label', label)]),
    ...(actions.length === 0 ? [] : [notice('label', `The platform limits: ${actions.join(', ')}`)]),
  ];
}

/** Account and post stand side by side in the answer: they may not fit. */
function authorNotices(id: string | null, legacy: JsonObject): PostNotice[] {
  const said = digitsAt(legacy, 'user_id_str');
  return id === null || said === null || id === said
    ? []
    : [notice('other', `The post names ${said} as its account, the account beside it is ${id}.`)];
}

function translationOf(tweet: JsonObject): Translation | null {
  const offered = objectAt(tweet, 'grok_translated_post_with_availability');
  const text = stringAt(offered, 'translation') ?? stringAt(tweet, 'grok_translated_post', 'translation');
  return text === null ? null : { text, language: languageTag(stringAt(offered, 'destination_language')) };
}

function countsOf(tweet: JsonObject, legacy: JsonObject) {
  return counts({
    likes: countAt(legacy, 'favorite_count'),
    reposts: countAt(legacy, 'retweet_count'),
    quotes: countAt(legacy, 'quote_count'),
    replies: countAt(legacy, 'reply_count'),
    bookmarks: countAt(legacy, 'bookmark_count'),
    views: countAt(tweet, 'views', 'count'),
  });
}

function kindOf(references: readonly PostReference[]): PostContent['kind'] {
  const has = (relation: PostReference['relation']) => references.some((each) => each.relation === relation);
  return has('reposts') ? 'repost' : has('replies-to') ? 'reply' : has('quotes') ? 'quote' : 'post';
}

/** The words of the author; of a repost none, where its original is in the same answer. */
function wordsOf(tweet: JsonObject, legacy: JsonObject) {
  const note = objectAt(tweet, 'note_tweet', 'note_tweet_results', 'result');
  const long = stringAt(note, 'text');
  if (original(tweet) !== undefined) {
    const isThere = bareTweet(original(tweet)) !== null;
    return {
      text: isThere ? '' : unescaped(stringAt(legacy, 'full_text') ?? ''),
      entities: null,
      readFrom: 'repost',
    };
  }
  return long !== null
    ? { text: long, entities: objectAt(note, 'entity_set'), readFrom: 'note_tweet' }
    : {
        text: unescaped(stringAt(legacy, 'full_text') ?? ''),
        entities: objectAt(legacy, 'entities'),
        readFrom: 'full_text',
      };
}

/** `tweet`: one for which `isPost` says yes. */
export function readTweet(tweet: JsonObject, context: TweetContext): PostContent {
  const { site, from, addresses, notes } = context;
  const legacy = objectAt(tweet, 'legacy') ?? {};
  const id = digitsAt(tweet, 'rest_id') ?? '';
  const author = accountOf(userOf(tweet), digitsAt(legacy, 'user_id_str'), site);
  const { text, entities, readFrom } = wordsOf(tweet, legacy);
  const references = referencesOf(tweet, legacy, id, site);
  const kind = kindOf(references);
  const isRepost = kind === 'repost';
  const edits = editIds(tweet);
  const created = timeIn(stringAt(legacy, 'created_at'), 'created_at in X’s answer', notes);
  const idTime = timeOfId(id);
  const media = listAt(legacy, 'extended_entities', 'media');
  const items = isRepost ? [] : media.length > 0 ? media : listAt(legacy, 'entities', 'media');
  return finishPost({
    kind,
    platform: 'x',
    platformId: id,
    url: postUrl(site, author.handle, id),
    author,
    ...timesOf(created, id, edits),
    title: stringAt(tweet, 'article', 'article_results', 'result', 'title'),
    text,
    language: isRepost && text === '' ? null : languageTag(stringAt(legacy, 'lang')),
    direction: null,
    media: items.flatMap((item) => mediumOf(item, addresses) ?? []),
    readFrom: `X GraphQL (${readFrom})`,
    from,
    facts: {
      references,
      otherTimes: idTime === null ? [] : [idTime],
      counts: isRepost ? [] : countsOf(tweet, legacy),
      links: linksIn(entities, text),
      poll: pollOfCard(at(tweet, 'card'), notes),
      versions: versionsOf(edits, id, text),
      translation: translationOf(tweet),
      notices: [
        ...noticesOf(tweet, legacy),
        ...authorNotices(author.platformId, legacy),
        ...editNotices(edits, id),
        ...disagreement(created, idTime, 1000),
        ...(isRepost ? repostNotices(text) : []),
      ],
    },
  });
}

/** A repost has no words of its own: where it has some, they are the original's, which is not there. */
export function repostNotices(text: string): PostNotice[] {
  if (text === '') return [];
  return [
    notice('other', 'The reposted post is not in the answers; these are its words as X shortens them.'),
  ];
}
