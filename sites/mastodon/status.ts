/** One post as Mastodon's API gives it (entity Status), and programs that answer alike. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import type { Poll, PostNotice, PostReference } from '../../contract/model/post-facts.ts';
import { hostOf } from '../answers.ts';
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
import type { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { address, counts, finishPost, notice, recordedAddress, reference } from '../post/draft.ts';
import { disagreement, timeIn } from '../post/times.ts';
import { shortText } from '../well-formed.ts';
import { timeOfId } from './snowflake.ts';
import { textOfContent } from './text.ts';

export interface StatusContext {
  from: { n?: number; url: string };
  addresses: ReadonlySet<string> | undefined;
  notes: Notes;
}

/** Ids are digits at Mastodon, and other words at programs that answer alike. */
export function idIn(value: unknown, ...path: readonly string[]): string | null {
  const words = stringAt(value, ...path);
  return words === null ? digitsAt(value, ...path) : /^[\w-]{1,64}$/.test(words) ? words : null;
}

/** A post of an account; its words, or, in the answer to its removal, their source. */
export function isStatus(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    idIn(value, 'id') !== null &&
    stringAt(value, 'created_at') !== null &&
    objectAt(value, 'account') !== null &&
    (stringAt(value, 'content') !== null || stringAt(value, 'text') !== null)
  );
}

/** What is the same for one post, whichever answer of the server it stands in. */
export function keyOf(url: string, id: string): string {
  return `${hostOf(url)} ${id}`;
}

/** Forks with rules of their own go by their host. */
function platformOf(url: string): string {
  const facts = addressFacts(url);
  if (facts?.known) return facts.platform;
  return /(?:^|\.)(?:truthsocial\.com|gab\.com)$/.test(hostOf(url)) ? hostOf(url) : 'mastodon';
}

function authorOf(account: JsonObject | null): PostContent['author'] {
  return {
    name: stringAt(account, 'display_name'),
    handle: stringAt(account, 'acct') ?? stringAt(account, 'username'),
    platformId: idIn(account, 'id'),
    url: address(stringAt(account, 'url')),
  };
}

const mediaKinds: Readonly<Record<string, PostMedia['kind']>> = {
  image: 'image',
  video: 'video',
  gifv: 'video',
  audio: 'audio',
};

function mediaOf(items: readonly unknown[], addresses: ReadonlySet<string> | undefined): PostMedia[] {
  return items.flatMap((item) => {
    const url = recordedAddress(
      [stringAt(item, 'url'), stringAt(item, 'preview_url'), stringAt(item, 'remote_url')],
      addresses,
    );
    const type = stringAt(item, 'type') ?? '';
    const kind = Object.hasOwn(mediaKinds, type) ? (mediaKinds[type] ?? 'other') : 'other';
    return url === null ? [] : [{ kind, url, alt: shortText(stringAt(item, 'description')), sha256: null }];
  });
}

function pollOf(poll: JsonObject | null, notes: Notes): Poll | null {
  if (poll === null) return null;
  const options = listAt(poll, 'options').flatMap((option) => {
    const text = stringAt(option, 'title');
    return text === null ? [] : [{ text, votes: countAt(option, 'votes_count') }];
  });
  const [expired, multiple] = [at(poll, 'expired'), at(poll, 'multiple')];
  return {
    options,
    endsAt: timeIn(stringAt(poll, 'expires_at'), 'poll expires_at', notes),
    closed: typeof expired === 'boolean' ? expired : null,
    multiple: typeof multiple === 'boolean' ? multiple : null,
  };
}

function named(relation: PostReference['relation'], status: unknown): PostReference {
  const author = authorOf(objectAt(status, 'account'));
  return reference(relation, {
    platformId: idIn(status, 'id'),
    url: address(stringAt(status, 'url')) ?? address(stringAt(status, 'uri')),
    handle: author.handle,
    accountId: author.platformId,
  });
}

function quoteOf(status: JsonObject): PostReference[] {
  const quoted = at(status, 'quote', 'quoted_status');
  if (isStatus(quoted)) return [named('quotes', quoted)];
  const platformId = idIn(status, 'quote', 'quoted_status_id') ?? idIn(status, 'quote_id');
  return platformId === null ? [] : [reference('quotes', { platformId })];
}

function referencesOf(status: JsonObject): PostReference[] {
  const reposted = objectAt(status, 'reblog');
  if (reposted !== null) return [named('reposts', reposted)];
  const platformId = idIn(status, 'in_reply_to_id');
  const accountId = idIn(status, 'in_reply_to_account_id');
  const answered = platformId === null ? [] : [reference('replies-to', { platformId, accountId })];
  return [...answered, ...quoteOf(status)];
}

function noticesOf(status: JsonObject): PostNotice[] {
  const state = stringAt(status, 'quote', 'state');
  const visibility = stringAt(status, 'visibility');
  const account = objectAt(status, 'account');
  const warning = stringAt(status, 'spoiler_text') ?? '';
  return [
    ...(isTrueAt(status, 'sensitive') ? [notice('interstitial', 'Marked as sensitive.')] : []),
    ...(warning === ''
      ? []
      : [notice('interstitial', 'Behind a content warning of its author (the title).')]),
    ...(state === null || state === 'accepted'
      ? []
      : [notice(state === 'deleted' ? 'removed' : 'other', `State of the quote: ${state}`)]),
    ...(visibility === null || visibility === 'public' ? [] : [notice('other', `Visibility: ${visibility}`)]),
    ...(isTrueAt(account, 'suspended') ? [notice('suspended', 'The account is suspended.')] : []),
    ...(isTrueAt(account, 'limited') ? [notice('label', 'The account is limited by the server.')] : []),
    ...(listAt(status, 'filtered').length > 0
      ? [notice('interstitial', 'Hidden by a filter of the account that looked at it.')]
      : []),
  ];
}

function wordsOf(status: JsonObject, { notes }: StatusContext) {
  const content = stringAt(status, 'content');
  if (content === null)
    return { text: stringAt(status, 'text') ?? '', links: [], readFrom: 'text, as it was typed' };
  const hasQuote = objectAt(status, 'quote') !== null;
  const { text, links, refused } = textOfContent(content, !hasQuote);
  if (refused !== null)
    notes.add(`The words of ${idIn(status, 'id')} were not read: the content ${refused}.`);
  return { text, links, readFrom: 'content' };
}

function kindOf(references: readonly PostReference[]): PostContent['kind'] {
  const [first] = references;
  if (first === undefined) return 'post';
  return first.relation === 'reposts' ? 'repost' : first.relation === 'quotes' ? 'quote' : 'reply';
}

export function readStatus(status: JsonObject, context: StatusContext): PostContent {
  const { from, addresses, notes } = context;
  const id = idIn(status, 'id') ?? '';
  const references = referencesOf(status);
  const kind = kindOf(references);
  const isRepost = kind === 'repost';
  const { text, links, readFrom } = isRepost
    ? { text: '', links: [], readFrom: 'reblog' }
    : wordsOf(status, context);
  const postedAt = timeIn(stringAt(status, 'created_at'), 'created_at in the server’s answer', notes);
  const idTime = timeOfId(id);
  const warning = stringAt(status, 'spoiler_text');
  return finishPost({
    kind,
    platform: platformOf(from.url),
    platformId: id,
    url: address(stringAt(status, 'url')) ?? address(stringAt(status, 'uri')),
    author: authorOf(objectAt(status, 'account')),
    postedAt,
    editedAt: isRepost
      ? null
      : timeIn(stringAt(status, 'edited_at'), 'edited_at in the server’s answer', notes),
    title: isRepost || warning === '' ? null : warning,
    text,
    language: isRepost ? null : languageTag(stringAt(status, 'language')),
    direction: null,
    media: isRepost ? [] : mediaOf(listAt(status, 'media_attachments'), addresses),
    readFrom: `Mastodon API (${readFrom})`,
    from,
    facts: {
      references,
      otherTimes: idTime === null ? [] : [idTime],
      counts: isRepost
        ? []
        : counts({
            likes: countAt(status, 'favourites_count'),
            reposts: countAt(status, 'reblogs_count'),
            quotes: countAt(status, 'quotes_count'),
            replies: countAt(status, 'replies_count'),
          }),
      links,
      poll: isRepost ? null : pollOf(objectAt(status, 'poll'), notes),
      notices: [...(isRepost ? [] : noticesOf(status)), ...disagreement(postedAt, idTime, 1000)],
    },
  });
}
