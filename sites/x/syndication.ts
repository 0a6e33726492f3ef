/** Posts as X gives them to pages that embed one: the answer of the embedding program, and of oEmbed. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostReference } from '../../contract/model/post-facts.ts';
import { domText } from '../general/dom-text.ts';
import { elementsOf, type HtmlElement, parseHtml } from '../html/parse.ts';
import { countAt, digitsAt, isTrueAt, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import { languageTag } from '../language.ts';
import { addressFacts } from '../platforms.ts';
import type { CollectedPosts } from '../post/collected.ts';
import { counts, finishPost, notice, reference } from '../post/draft.ts';
import { disagreement, timeIn } from '../post/times.ts';
import { accountUrl, handleIn, postUrl } from './account.ts';
import { linksIn, unescaped } from './entities.ts';
import { mediumOf } from './media.ts';
import { timeOfId } from './snowflake.ts';
import { editNotices, goneNotice, type TweetContext, timesOf, versionsOf } from './tweet.ts';

/** The answer of cdn.syndication.twimg.com/tweet-result, or a post inside it. */
export function isSyndicated(value: unknown): value is JsonObject {
  return (
    digitsAt(value, 'id_str') !== null && stringAt(value, 'text') !== null && objectAt(value, 'user') !== null
  );
}

function referencesOf(tweet: JsonObject, site: string): PostReference[] {
  const parent = digitsAt(tweet, 'in_reply_to_status_id_str');
  const handle = handleIn(stringAt(tweet, 'in_reply_to_screen_name'));
  const quoted = objectAt(tweet, 'quoted_tweet');
  const quotedId = digitsAt(quoted, 'id_str');
  const quotedHandle = handleIn(stringAt(quoted, 'user', 'screen_name'));
  return [
    ...(parent === null
      ? []
      : [
          reference('replies-to', {
            platformId: parent,
            url: postUrl(site, handle, parent),
            handle,
            accountId: digitsAt(tweet, 'in_reply_to_user_id_str'),
          }),
        ]),
    ...(quotedId === null
      ? []
      : [
          reference('quotes', {
            platformId: quotedId,
            url: postUrl(site, quotedHandle, quotedId),
            handle: quotedHandle,
            accountId: digitsAt(quoted, 'user', 'id_str'),
          }),
        ]),
  ];
}

function readOne(tweet: JsonObject, context: TweetContext): PostContent {
  const { site, from, addresses, notes } = context;
  const id = digitsAt(tweet, 'id_str') ?? '';
  const handle = handleIn(stringAt(tweet, 'user', 'screen_name'));
  const text = unescaped(stringAt(tweet, 'text') ?? '');
  const created = timeIn(stringAt(tweet, 'created_at'), 'created_at in the embedded post', notes);
  const idTime = timeOfId(id);
  const edits = listAt(tweet, 'edit_control', 'edit_tweet_ids').flatMap(
    (each) => digitsAt({ each }, 'each') ?? [],
  );
  const states = edits.length > 1 ? edits : [];
  const references = referencesOf(tweet, site);
  return finishPost({
    kind: references[0]?.relation === 'replies-to' ? 'reply' : references.length > 0 ? 'quote' : 'post',
    platform: 'x',
    platformId: id,
    url: postUrl(site, handle, id),
    author: {
      name: stringAt(tweet, 'user', 'name'),
      handle,
      platformId: digitsAt(tweet, 'user', 'id_str'),
      url: accountUrl(site, handle),
    },
    ...timesOf(created, id, states),
    title: null,
    text,
    language: languageTag(stringAt(tweet, 'lang')),
    direction: null,
    media: listAt(tweet, 'mediaDetails').flatMap((item) => mediumOf(item, addresses) ?? []),
    readFrom: 'X embedded post (syndication)',
    from,
    facts: {
      references,
      otherTimes: idTime === null ? [] : [idTime],
      counts: counts({
        likes: countAt(tweet, 'favorite_count'),
        replies: countAt(tweet, 'conversation_count'),
      }),
      links: linksIn(objectAt(tweet, 'entities'), text),
      versions: versionsOf(states, id, text),
      notices: [
        ...(objectAt(tweet, 'note_tweet') === null
          ? []
          : [notice('other', 'A long post: embedded, X gives its beginning only.')]),
        ...(isTrueAt(tweet, 'possibly_sensitive')
          ? [notice('interstitial', 'Marked as possibly sensitive.')]
          : []),
        ...listAt(tweet, 'withheld_in_countries')
          .filter((code) => typeof code === 'string')
          .map((code) => notice('withheld', `The post is withheld in: ${code}`)),
        ...editNotices(states, id),
        ...disagreement(created, idTime, 1000),
      ],
    },
  });
}

/** The post, and those that it names whole: the one that it quotes, the one that it answers. */
export function readSyndicated(value: unknown, context: TweetContext, posts: CollectedPosts): void {
  const gone = goneNotice(value);
  if (gone !== null) context.notes.add(`A post is not shown: ${gone.text}`);
  const open = [value];
  for (let at = open.shift(), i = 0; at !== undefined && i < 20; at = open.shift(), i += 1) {
    if (!isSyndicated(at)) continue;
    posts.add(digitsAt(at, 'id_str') ?? '', readOne(at, context));
    open.push(objectAt(at, 'quoted_tweet'), objectAt(at, 'parent'));
  }
}

function firstOf(root: HtmlElement, tagName: string): HtmlElement | null {
  for (const element of elementsOf(root)) if (element.tagName === tagName) return element;
  return null;
}

/** oEmbed's answer: the post as a quotation, in HTML. Its time is a day without a zone, and is not taken over. */
export function readOEmbed(value: unknown, context: TweetContext, posts: CollectedPosts): void {
  const html = stringAt(value, 'html');
  const url = stringAt(value, 'url');
  const facts = addressFacts(url);
  if (html === null || facts?.platform !== 'x' || facts.platformId === null) return;
  const parsed = parseHtml(html.replaceAll('\0', '\uFFFD'));
  const quote =
    'document' in parsed
      ? [...elementsOf(parsed.document)].find(({ tagName }) => tagName === 'blockquote')
      : undefined;
  const words = quote === undefined ? null : firstOf(quote, 'p');
  if (words === null) return;
  const id = facts.platformId;
  const handle = handleIn((stringAt(value, 'author_url') ?? '').replace(/^.*\//, '')) ?? facts.handle;
  posts.add(
    id,
    finishPost({
      kind: 'post',
      platform: 'x',
      platformId: id,
      url: postUrl(context.site, handle, id),
      author: {
        name: stringAt(value, 'author_name'),
        handle,
        platformId: null,
        url: accountUrl(context.site, handle),
      },
      postedAt: timeOfId(id),
      editedAt: null,
      title: null,
      text: domText(words).text,
      language: languageTag(words.attrs.find(({ name }) => name === 'lang')?.value),
      direction: null,
      media: [],
      readFrom: 'X embedded post (oEmbed)',
      from: context.from,
      facts: {
        notices: [
          notice(
            'other',
            'Read from a quotation for embedding: media, counts and what it answers are not in it.',
          ),
        ],
      },
    }),
  );
}
