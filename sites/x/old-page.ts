/** Posts in the pages that X's servers made until 2020, when the name was Twitter: the markup names ids and times. */
import type { PostContent, PostMedia, StatedTime } from '../../contract/model/post.ts';
import type { PostLink, PostNotice, PostReference } from '../../contract/model/post-facts.ts';
import type { Page } from '../general/page.ts';
import { attribute, type HtmlElement } from '../html/parse.ts';
import { hasClass, Parts, type PartsBudget } from '../html/parts.ts';
import { languageTag } from '../language.ts';
import type { CollectedPosts } from '../post/collected.ts';
import { address, counts, finishPost, notice, reference } from '../post/draft.ts';
import { disagreement } from '../post/times.ts';
import { accountUrl, handleIn, postUrl } from './account.ts';
import { mediumOf } from './media.ts';
import { timeOfId } from './snowflake.ts';

const site = 'https://twitter.com';

export interface OldPageContext {
  page: Page;
  budget: PartsBudget;
  from: { n?: number; url: string } | null;
  addresses: ReadonlySet<string> | undefined;
}

function idAt(element: HtmlElement | null, name: string): string | null {
  const value = element === null ? null : attribute(element, name);
  return value !== null && /^\d{1,19}$/.test(value) ? value : null;
}

function handleAt(element: HtmlElement | null, name: string): string | null {
  return element === null ? null : handleIn(attribute(element, name));
}

/** What is shown of an address without its words: three dots, and the address of a picture that stands below. */
function isUnspoken(element: HtmlElement): boolean {
  return hasClass(element, 'tco-ellipsis') || hasClass(element, 'u-hidden');
}

function isQuote(element: HtmlElement): boolean {
  return hasClass(element, 'QuoteTweet');
}

/** Milliseconds since 1970, as the page gives them. */
function timeOf(element: HtmlElement | null): StatedTime | null {
  const raw = element === null ? null : attribute(element, 'data-time-ms');
  if (raw === null || !/^\d{1,14}$/.test(raw)) return null;
  const value = new Date(Number(raw)).toISOString();
  // These pages know whole seconds only.
  const isWhole = value.endsWith('.000Z');
  return {
    value: isWhole ? value.replace('.000Z', 'Z') : value,
    precision: isWhole ? 'second' : 'millisecond',
    zone: 'utc',
    readFrom: 'data-time-ms of the page',
    raw,
  };
}

function linksOf(text: HtmlElement | null, { page, budget }: OldPageContext): PostLink[] {
  if (text === null) return [];
  return new Parts(text, budget, isUnspoken).elements.flatMap((element) => {
    if (element.tagName !== 'a') return [];
    const url =
      address(attribute(element, 'data-expanded-url')) ??
      (hasClass(element, 'twitter-atreply') ? page.absolute(attribute(element, 'href')) : null);
    const shown = page.text(element, isUnspoken, true).text;
    return url === null || shown === '' ? [] : [{ text: shown, url }];
  });
}

function mediaOf(parts: Parts, { addresses }: OldPageContext): PostMedia[] {
  return parts.elements.flatMap((element) => {
    const url = attribute(element, 'data-image-url');
    if (url === null) return [];
    const alt = new Parts(element, { left: 50 }).tag('img');
    const item = {
      type: 'photo',
      media_url_https: url,
      ext_alt_text: alt === null ? null : attribute(alt, 'alt'),
    };
    return mediumOf(item, addresses) ?? [];
  });
}

function countsOf(parts: Parts, budget: PartsBudget) {
  const count = (action: string): number | null => {
    const holder = parts.first(`ProfileTweet-action--${action}`);
    const value =
      holder === null
        ? null
        : new Parts(holder, budget).value('ProfileTweet-actionCount', 'data-tweet-stat-count');
    return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null;
  };
  return counts({ likes: count('favorite'), reposts: count('retweet'), replies: count('reply') });
}

function referencesOf(
  root: HtmlElement,
  id: string,
  parts: Parts,
  { budget }: OldPageContext,
): PostReference[] {
  const found: PostReference[] = [];
  const replying = parts.first('ReplyingToContextBelowAuthor');
  if (attribute(root, 'data-is-reply-to') === 'true' || replying !== null) {
    const to = replying === null ? null : new Parts(replying, budget).tag('a');
    const handle = to === null ? null : handleIn((attribute(to, 'href') ?? '').replace(/^.*\//, ''));
    found.push(reference('replies-to', { handle, accountId: idAt(to, 'data-user-id') }));
  }
  const quote = parts.elements.find((element) => hasClass(element, 'QuoteTweet-innerContainer')) ?? null;
  const quoted = idAt(quote, 'data-item-id');
  if (quoted !== null) {
    const handle = handleAt(quote, 'data-screen-name');
    found.push(
      reference('quotes', {
        platformId: quoted,
        url: postUrl(site, handle, quoted),
        handle,
        accountId: idAt(quote, 'data-user-id'),
      }),
    );
  }
  const thread = idAt(root, 'data-conversation-id');
  if (thread !== null && thread !== id && thread !== quoted)
    found.push(reference('thread', { platformId: thread, url: postUrl(site, null, thread) }));
  return found;
}

function noticesOf(parts: Parts, page: Page): PostNotice[] {
  const withheld = parts.all('withheld-tweet').map((each) => notice('withheld', page.text(each).text));
  const behind = parts.all('Tombstone-label').map((each) => notice('interstitial', page.text(each).text));
  const playable = parts.first('PlayableMedia') === null ? 0 : 1;
  const card = parts.elements.flatMap((element) => attribute(element, 'data-card-name') ?? [])[0];
  return [
    ...withheld,
    ...behind,
    ...(playable === 0
      ? []
      : [notice('other', 'A film stands beside the post; the page does not name its address.')]),
    ...(card?.startsWith('poll') === true
      ? [notice('other', 'A poll stands beside the post, in a page of its own that is not read.')]
      : []),
  ];
}

/** The repost through which a post stands in a timeline: a post of its own, without words. */
function readRepost(
  root: HtmlElement,
  original: PostContent,
  parts: Parts,
  { page, from, budget }: OldPageContext,
): PostContent | null {
  const id = idAt(root, 'data-retweet-id');
  if (id === null) return null;
  const handle = handleAt(root, 'data-retweeter');
  const context = parts.first('js-retweet-text');
  const by = context === null ? null : new Parts(context, budget).tag('a');
  const named = by === null ? '' : page.text(by).text;
  return finishPost({
    kind: 'repost',
    platform: 'x',
    platformId: id,
    url: postUrl(site, handle, id),
    author: {
      name: named === '' ? null : named,
      handle,
      platformId: idAt(by, 'data-user-id'),
      url: accountUrl(site, handle),
    },
    postedAt: timeOfId(id),
    editedAt: null,
    title: null,
    text: '',
    language: null,
    direction: null,
    media: [],
    readFrom: 'Twitter page (repost)',
    from,
    facts: {
      references: [
        reference('reposts', {
          platformId: original.platformId,
          url: original.url,
          handle: original.author.handle,
          accountId: original.author.platformId,
        }),
      ],
    },
  });
}

function readTweet(root: HtmlElement, id: string, parts: Parts, context: OldPageContext): PostContent {
  const { page, from, budget } = context;
  const own = new Parts(root, budget, isQuote);
  const text = own.first('js-tweet-text');
  const handle = handleAt(root, 'data-screen-name');
  const posted = timeOf(own.first('_timestamp'));
  const idTime = timeOfId(id);
  const references = referencesOf(root, id, parts, context);
  const has = (relation: PostReference['relation']) => references.some((each) => each.relation === relation);
  return finishPost({
    kind: has('replies-to') ? 'reply' : has('quotes') ? 'quote' : 'post',
    platform: 'x',
    platformId: id,
    url: postUrl(site, handle, id),
    author: {
      name: attribute(root, 'data-name'),
      handle,
      platformId: idAt(root, 'data-user-id'),
      url: accountUrl(site, handle),
    },
    postedAt: posted ?? idTime,
    editedAt: null,
    title: null,
    text: text === null ? '' : page.text(text, isUnspoken, true).text,
    language: languageTag(text === null ? null : attribute(text, 'lang')),
    direction: null,
    media: mediaOf(own, context),
    readFrom: 'Twitter page (tweet markup)',
    from,
    facts: {
      references,
      otherTimes: idTime === null || posted === null ? [] : [idTime],
      counts: countsOf(own, budget),
      links: linksOf(text, context),
      notices: [...noticesOf(own, page), ...disagreement(posted, idTime, 1000)],
    },
  });
}

/** Adds the posts of the page to `posts`; what stands in the place of one is noted. */
export function readOldPage(context: OldPageContext, posts: CollectedPosts): void {
  const { page, budget } = context;
  for (const element of page.elements) {
    if (!hasClass(element, 'tweet')) {
      if (hasClass(element, 'Tombstone-label'))
        page.notes.add(`A post is not shown: ${page.text(element).text}`);
      continue;
    }
    const id = idAt(element, 'data-tweet-id');
    if (id === null) continue;
    const parts = new Parts(element, budget);
    const post = readTweet(element, id, parts, context);
    posts.add(id, post);
    const repost = readRepost(element, post, parts, context);
    if (repost?.platformId != null) posts.add(repost.platformId, repost);
  }
  if (budget.left <= 0)
    page.notes.limit('The page nests its posts so deeply that parts of some were not read.');
}
