/** One post as Bluesky's answers give it: in a feed or thread, as a quote, or as the bare record. */
import type { PostContent, PostMedia } from '../../contract/model/post.ts';
import type { PostNotice, PostReference } from '../../contract/model/post-facts.ts';
import { countAt, isObject, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import { languageTag } from '../language.ts';
import type { Notes } from '../notes.ts';
import { address, counts, finishPost, notice, recordedAddress, reference } from '../post/draft.ts';
import { disagreement, timeIn } from '../post/times.ts';
import { shortText } from '../well-formed.ts';
import { type AtUri, atUri, handleIn, postUrl, timeOfKey } from './at-uri.ts';
import { linksIn } from './facets.ts';

export interface PostContext {
  from: { n?: number; url: string };
  addresses: ReadonlySet<string> | undefined;
  notes: Notes;
}

const postType = 'app.bsky.feed.post';
/** Clients write the time themselves; how far it may be from what the server says. */
const tolerance = 60_000;

/** What the author wrote, beside what the server says about it. */
export interface FoundPost {
  uri: AtUri;
  record: JsonObject;
  view: JsonObject;
}

/** A post with its record; null for every other object. */
export function foundPost(value: JsonObject): FoundPost | null {
  const uri = atUri(stringAt(value, 'uri'));
  const record = objectAt(value, 'record') ?? objectAt(value, 'value');
  if (uri?.collection !== postType || record === null || stringAt(record, 'text') === null) return null;
  const type = stringAt(record, '$type');
  return type === null || type === postType ? { uri, record, view: value } : null;
}

export function authorOf(profile: JsonObject | null, did: string): PostContent['author'] {
  const handle = handleIn(stringAt(profile, 'handle'));
  return {
    name: stringAt(profile, 'displayName'),
    handle,
    platformId: did,
    url: `https://bsky.app/profile/${handle ?? did}`,
  };
}

export function referenceTo(relation: PostReference['relation'], raw: string | null, handle: string | null) {
  const uri = atUri(raw);
  return uri === null
    ? []
    : [
        reference(relation, {
          platformId: uri.uri,
          url: uri.collection === postType ? postUrl(uri, handle) : null,
          handle,
          accountId: uri.did,
        }),
      ];
}

/** The embeds of a view, those inside a quote with media included. */
function embeds(view: JsonObject): JsonObject[] {
  const given = [objectAt(view, 'embed'), ...listAt(view, 'embeds')].filter(isObject);
  return given.flatMap((embed) => [embed, objectAt(embed, 'media')].filter(isObject));
}

/** The record embedded in a record, plain or beside media. */
function quotedUri(record: JsonObject): string | null {
  return stringAt(record, 'embed', 'record', 'uri') ?? stringAt(record, 'embed', 'record', 'record', 'uri');
}

function quotedHandle(view: JsonObject, uri: string): string | null {
  const records = embeds(view).flatMap((embed) => [
    objectAt(embed, 'record'),
    objectAt(embed, 'record', 'record'),
  ]);
  const quoted = records.find((record) => stringAt(record, 'uri') === uri) ?? null;
  return handleIn(stringAt(quoted, 'author', 'handle'));
}

function referencesOf({ uri, record, view }: FoundPost): PostReference[] {
  const parent = stringAt(record, 'reply', 'parent', 'uri');
  const root = stringAt(record, 'reply', 'root', 'uri');
  const quoted = quotedUri(record);
  // Feeds, lists and starter packs are embedded alike.
  const isPost = atUri(quoted)?.collection === postType;
  return [
    ...referenceTo('replies-to', parent, null),
    ...(isPost && quoted !== null ? referenceTo('quotes', quoted, quotedHandle(view, quoted)) : []),
    ...(root === parent || root === uri.uri ? [] : referenceTo('thread', root, null)),
  ];
}

function mediaOf(view: JsonObject, addresses: ReadonlySet<string> | undefined): PostMedia[] {
  const medium = (
    kind: PostMedia['kind'],
    candidates: (string | null)[],
    alt: string | null,
  ): PostMedia[] => {
    const url = recordedAddress(candidates, addresses);
    return url === null ? [] : [{ kind, url, alt: shortText(alt), sha256: null }];
  };
  return embeds(view).flatMap((embed) => [
    ...listAt(embed, 'images').flatMap((image) =>
      medium('image', [stringAt(image, 'fullsize'), stringAt(image, 'thumb')], stringAt(image, 'alt')),
    ),
    ...medium(
      'video',
      [
        stringAt(embed, 'playlist'),
        stringAt(embed, 'playlist') === null ? null : stringAt(embed, 'thumbnail'),
      ],
      stringAt(embed, 'alt'),
    ),
  ]);
}

/** Media that the record names by their content alone. */
function embedded(record: JsonObject): number {
  const own = objectAt(record, 'embed');
  return [own, objectAt(own, 'media')].reduce(
    (sum, embed) => sum + listAt(embed, 'images').length + (objectAt(embed, 'video') === null ? 0 : 1),
    0,
  );
}

function labelsOf(value: JsonObject | null, whose: string): PostNotice[] {
  return listAt(value, 'labels').flatMap((label) => {
    const words = stringAt(label, 'val');
    if (words === null) return [];
    const by = stringAt(label, 'src');
    const kind = words === '!takedown' || words === '!suspend' ? 'suspended' : 'label';
    return [notice(kind, `${whose} carries the label: ${words}${by === null ? '' : ` (by ${by})`}`)];
  });
}

/** What is shown in the place of a quoted post that is not shown. */
function quoteNotices(view: JsonObject): PostNotice[] {
  return embeds(view).flatMap((embed) =>
    [objectAt(embed, 'record'), objectAt(embed, 'record', 'record')].flatMap((record) => {
      const gone = goneWords(record);
      return gone === null ? [] : [notice('removed', `The quoted post ${gone}`)];
    }),
  );
}

/** Null for what is shown. */
export function goneWords(value: JsonObject | null): string | null {
  const type = stringAt(value, '$type') ?? '';
  const words: Readonly<Record<string, string>> = {
    'app.bsky.feed.defs#notFoundPost': 'was not found',
    'app.bsky.feed.defs#blockedPost': 'is blocked',
    'app.bsky.embed.record#viewNotFound': 'was not found',
    'app.bsky.embed.record#viewBlocked': 'is blocked',
    'app.bsky.embed.record#viewDetached': 'was detached by its author',
  };
  const said = Object.hasOwn(words, type) ? words[type] : undefined;
  return said === undefined ? null : `${said}: ${stringAt(value, 'uri') ?? 'no address'}`;
}

export function readPost(found: FoundPost, { from, addresses, notes }: PostContext): PostContent {
  const { uri, record, view } = found;
  // The address says whose record it is: facts of another account beside it are not taken over.
  const given = objectAt(view, 'author');
  const isOwn = given === null || stringAt(given, 'did') === uri.did;
  const profile = isOwn ? given : null;
  const author = authorOf(profile, uri.did);
  const text = stringAt(record, 'text') ?? '';
  const { links, unread } = linksIn(record, text);
  const references = referencesOf(found);
  const isReply = references.some(({ relation }) => relation === 'replies-to');
  const isQuote = references.some(({ relation }) => relation === 'quotes');
  const postedAt = timeIn(stringAt(record, 'createdAt'), 'createdAt of the record', notes);
  const keyTime = timeOfKey(uri.key);
  const indexed = timeIn(stringAt(view, 'indexedAt'), 'indexedAt, when the server took it in', notes);
  const [language, ...others] = listAt(record, 'langs').flatMap((tag) =>
    typeof tag === 'string' ? (languageTag(tag) ?? []) : [],
  );
  const media = mediaOf(view, addresses);
  const unnamed = media.length === 0 ? embedded(record) : 0;
  return finishPost({
    kind: isReply ? 'reply' : isQuote ? 'quote' : 'post',
    platform: 'bluesky',
    platformId: uri.uri,
    url: postUrl(uri, author.handle),
    author,
    postedAt,
    editedAt: null,
    title: null,
    text,
    language: language ?? null,
    direction: null,
    media,
    readFrom: 'Bluesky (text of the record)',
    from,
    facts: {
      references,
      otherTimes: [keyTime, indexed].flatMap((time) => time ?? []),
      counts: counts({
        likes: countAt(view, 'likeCount'),
        reposts: countAt(view, 'repostCount'),
        quotes: countAt(view, 'quoteCount'),
        replies: countAt(view, 'replyCount'),
        bookmarks: countAt(view, 'bookmarkCount'),
      }),
      links: links.flatMap((link) => (address(link.url) === null ? [] : [link])),
      notices: [
        ...labelsOf(view, 'The post'),
        ...labelsOf(profile, 'The account'),
        ...quoteNotices(view),
        ...(isOwn
          ? []
          : [notice('other', 'The answer names another account as the author than the address.')]),
        ...(others.length === 0 ? [] : [notice('other', `Declares further languages: ${others.join(', ')}`)]),
        ...(unread === 0 ? [] : [notice('other', `${unread} facets do not fit the text and were not read.`)]),
        ...(unnamed === 0
          ? []
          : [notice('other', `${unnamed} media are named in the answer by their content alone.`)]),
        ...disagreement(postedAt, keyTime, tolerance),
        ...disagreement(postedAt, indexed, tolerance),
      ],
    },
  });
}

/** A repost: of an account, by the reason that a feed gives for showing a post. */
export function readRepost(
  reason: JsonObject,
  original: FoundPost,
  { from, notes }: PostContext,
): PostContent {
  const by = objectAt(reason, 'by');
  const uri = atUri(stringAt(reason, 'uri'));
  const did = stringAt(by, 'did') ?? uri?.did ?? '';
  const keyTime = uri === null ? null : timeOfKey(uri.key);
  const handle = handleIn(stringAt(original.view, 'author', 'handle'));
  return finishPost({
    kind: 'repost',
    platform: 'bluesky',
    platformId: uri?.uri ?? null,
    url: null,
    author: authorOf(by, did),
    postedAt: timeIn(stringAt(reason, 'indexedAt'), 'indexedAt, when the server took the repost in', notes),
    editedAt: null,
    title: null,
    text: '',
    language: null,
    direction: null,
    media: [],
    readFrom: 'Bluesky (repost)',
    from,
    facts: {
      references: referenceTo('reposts', original.uri.uri, handle),
      otherTimes: keyTime === null ? [] : [keyTime],
    },
  });
}
