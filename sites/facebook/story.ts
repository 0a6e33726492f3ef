/**
 * A post of Facebook. Its answers call it a 'Story' and spread it over many objects, which come in several pieces: what each
 * says is gathered and put together.
 */
import type { PostContent } from '../../contract/model/post.ts';
import type {
  PostCount,
  PostLink,
  PostNotice,
  PostReference,
  Translation,
} from '../../contract/model/post-facts.ts';
import { countAt, digitsAt, isObject, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import type { Notes } from '../notes.ts';
import { address, counts, finishPost, notice, reference } from '../post/draft.ts';
import { timeOfSeconds } from '../post/times.ts';
import { namedPost } from '../wall.ts';
import { authorOf, languageOf, site, target } from './account.ts';
import { accountIdOf, postIdOf } from './ids.ts';
import { type FoundMedium, mediumOf } from './media.ts';

/** Objects that are looked at for the posts of one reading: each stands in one post, and in some wrappers of it. */
const mostObjects = 6_000_000;
/** Of one post. */
const mostOfOne = 50_000;

export interface FacebookContext {
  from: { n?: number; url: string } | null;
  addresses: ReadonlySet<string> | undefined;
  notes: Notes;
  /** Shared by all of a reading. */
  budget: { left: number };
}

export function freshBudget(): FacebookContext['budget'] {
  return { left: mostObjects };
}

/** What one object, or several, say of a post. */
export interface StoryFacts {
  id: string;
  authors: PostContent['author'][];
  accountId: string | null;
  created: string | null;
  url: string | null;
  text: string;
  from: FacebookContext['from'];
  translation: Translation | null;
  language: string | null;
  /** By their addresses. */
  media: Map<string, FoundMedium>;
  links: PostLink[];
  counts: Partial<Record<PostCount['of'], number>>;
  notices: PostNotice[];
  /** The post that is shared in it. */
  shared: { id: string | null; url: string | null; accountId: string | null } | null;
  /** Of its only film. */
  film: string | null;
}

export function isStory(value: JsonObject, name: string | null): boolean {
  return (stringAt(value, '__typename') === 'Story' || name === 'attached_story') && postIdOf(value) !== null;
}

/** Who and what is not the post, though it stands in it. */
const others = new Set([
  'attached_story',
  'actors',
  'actor',
  'owning_profile',
  'owner',
  'video_owner',
  'viewer_actor',
  'profile_picture',
  'profilePhoto',
  'comment',
  'comments',
  'interesting_top_level_comments',
  'top_level_comment_list_renderer',
]);

/** The objects of a post, those nearest to it first; other posts and comments in it are left out. */
function* objectsIn(
  story: JsonObject,
  id: string,
  { budget, notes }: FacebookContext,
): Generator<{ value: JsonObject; name: string | null }> {
  let level: { value: object; name: string | null }[] = [{ value: story, name: null }];
  let left = mostOfOne;
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { value, name } of level) {
      left -= 1;
      budget.left -= 1;
      if (left < 0 || budget.left < 0) {
        notes.limit(
          'A post is larger or more deeply nested than is read; a part of what is said of it was not.',
        );
        return;
      }
      if (isObject(value)) {
        const isOther = stringAt(value, '__typename') === 'Comment' || (postIdOf(value) ?? id) !== id;
        if (isOther) continue;
        yield { value, name };
      }
      for (const [key, item] of Object.entries(value))
        if (typeof item === 'object' && item !== null && !others.has(key))
          next.push({ value: item, name: Array.isArray(value) ? name : key });
    }
    level = next;
  }
}

/** The words of the author, at one of the places where they stand. */
function messageIn(story: JsonObject): string | null {
  const content = objectAt(story, 'comet_sections', 'content', 'story');
  for (const holder of [content, story]) {
    const text =
      stringAt(holder, 'message', 'text') ??
      stringAt(holder, 'comet_sections', 'message', 'story', 'message', 'text') ??
      stringAt(holder, 'comet_sections', 'message_container', 'story', 'message', 'text');
    if (text !== null) return text;
  }
  return null;
}

function sharedIn(value: unknown): StoryFacts['shared'] {
  if (!isObject(value)) return null;
  const author = listAt(value, 'actors')[0];
  const url = address(stringAt(value, 'wwwURL') ?? stringAt(value, 'url'));
  return { id: postIdOf(value), url, accountId: digitsAt(author, 'id') ?? accountIdOf(value) };
}

function noticesIn(value: JsonObject): PostNotice[] {
  const to = objectAt(value, 'to');
  const privacy = stringAt(value, 'privacy_scope', 'description');
  const screen = objectAt(value, 'cix_screen');
  const words = stringAt(screen, 'title', 'text') ?? stringAt(screen, 'view_model', 'title', 'text');
  return [
    ...(objectAt(value, 'sponsored_data') === null ? [] : [notice('label', 'Shown as an advertisement.')]),
    ...(screen === null ? [] : [notice('interstitial', words ?? 'Covered by a warning.')]),
    ...(privacy === null || /^public$/i.test(privacy) ? [] : [notice('other', `Shown to: ${privacy}`)]),
    ...(stringAt(to, '__typename') === 'Group'
      ? [
          notice(
            'other',
            `Posted in the group: ${stringAt(to, 'name') ?? ''} (${digitsAt(to, 'id') ?? 'no id'})`,
          ),
        ]
      : []),
  ];
}

function countsIn(value: JsonObject): StoryFacts['counts'] {
  const given = {
    likes: countAt(value, 'reaction_count', 'count') ?? countAt(value, 'reactors', 'count'),
    reposts: countAt(value, 'share_count', 'count'),
    replies:
      countAt(value, 'comment_rendering_instance', 'comments', 'total_count') ??
      countAt(value, 'comment_count', 'total_count') ??
      countAt(value, 'total_comment_count'),
    views: countAt(value, 'video_view_count'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, count]) => count !== null));
}

function linkIn(value: JsonObject): PostLink[] {
  const url = target(stringAt(value, 'web_link', 'url') ?? stringAt(value, 'external_url'));
  const text = stringAt(value, 'title_with_entities', 'text') ?? stringAt(value, 'title');
  return url === null || text === null || text === '' ? [] : [{ text, url }];
}

function empty(id: string): StoryFacts {
  return {
    id,
    authors: [],
    ...{ accountId: null, created: null, url: null, text: '', from: null, translation: null, language: null },
    media: new Map(),
    ...{ links: [], counts: {}, notices: [], shared: null, film: null },
  };
}

/** What this object says of the post that it is. */
export function factsOf(story: JsonObject, context: FacebookContext): StoryFacts {
  const facts = empty(postIdOf(story) ?? '');
  facts.accountId = accountIdOf(story);
  facts.text = messageIn(story) ?? '';
  facts.from = facts.text === '' ? null : context.from;
  for (const { value, name } of objectsIn(story, facts.id, context)) {
    if (facts.authors.length === 0) facts.authors = listAt(value, 'actors').slice(0, 20).map(authorOf);
    const created = digitsAt(value, 'creation_time');
    facts.created ??= created;
    facts.url ??=
      address(stringAt(value, 'wwwURL') ?? stringAt(value, 'permalink_url')) ??
      (created === null ? null : address(stringAt(value, 'url')));
    facts.language ??= languageOf(stringAt(value, 'translatability_for_viewer', 'source_dialect'));
    facts.shared ??= sharedIn(objectAt(value, 'attached_story'));
    if (name === 'translated_message' || name === 'translation') {
      const text = stringAt(value, 'text') ?? stringAt(value, 'message', 'text');
      if (text !== null) facts.translation ??= { text, language: languageOf(stringAt(value, 'dialect')) };
    }
    const found = mediumOf(value, context.addresses);
    if (found !== null) {
      const key = digitsAt(value, 'id') ?? found.medium.url;
      if (stringAt(value, '__typename') === 'Video') facts.film ??= digitsAt(value, 'id');
      const known = facts.media.get(key);
      if (known === undefined || known.isCover) facts.media.set(key, found);
    }
    facts.counts = { ...countsIn(value), ...facts.counts };
    facts.links.push(...linkIn(value));
    facts.notices.push(...noticesIn(value));
  }
  return facts;
}

/** `more` added to `facts`: what is not known yet. Their words are the same, or one has none. */
export function join(facts: StoryFacts, more: StoryFacts): StoryFacts {
  return {
    ...facts,
    authors: facts.authors.length > 0 ? facts.authors : more.authors,
    accountId: facts.accountId ?? more.accountId,
    created: facts.created ?? more.created,
    url: facts.url ?? more.url,
    text: facts.text === '' ? more.text : facts.text,
    from: facts.text === '' ? more.from : facts.from,
    translation: facts.translation ?? more.translation,
    language: facts.language ?? more.language,
    media: new Map([
      ...more.media,
      ...[...facts.media].filter(([key, one]) => !one.isCover || !more.media.has(key)),
    ]),
    links: [...facts.links, ...more.links],
    counts: { ...more.counts, ...facts.counts },
    notices: [...facts.notices, ...more.notices],
    shared: facts.shared ?? more.shared,
    film: facts.film ?? more.film,
  };
}

function referencesOf({ shared, text }: StoryFacts): PostReference[] {
  if (shared === null) return [];
  const { id: platformId, url, accountId } = shared;
  return [reference(text === '' ? 'reposts' : 'quotes', { platformId, url, accountId })];
}

/** Null where nothing of the post itself is there: no words, no media, nothing shared. */
export function storyPost(facts: StoryFacts): PostContent | null {
  const { id, text, shared, media, film, links } = facts;
  if (text === '' && media.size === 0 && shared === null && links.length === 0) return null;
  const [first, ...more] = facts.authors;
  const found = [...media.values()];
  const names = more.flatMap(({ name }) => name ?? []);
  const author = first ?? { name: null, handle: null, platformId: facts.accountId, url: null };
  const { platformId: account } = author;
  const urls = [
    facts.url,
    film === null ? null : `${site}/watch/?v=${film}`,
    account === null ? null : `${site}/permalink.php?story_fbid=${id}&id=${account}`,
  ];
  return finishPost({
    kind: shared === null ? 'post' : text === '' ? 'repost' : 'quote',
    platform: 'facebook',
    platformId: id,
    url: urls.find((url) => namedPost(url) !== null) ?? null,
    author,
    postedAt: timeOfSeconds(facts.created, 'creation_time in Facebook’s answer'),
    editedAt: null,
    title: null,
    text,
    language: facts.language,
    direction: null,
    media: found.map(({ medium }) => medium),
    readFrom: 'Facebook story',
    from: facts.from,
    facts: {
      references: referencesOf(facts),
      counts: counts(facts.counts),
      links,
      translation: facts.translation,
      notices: [
        ...facts.notices,
        ...(names.length === 0 ? [] : [notice('other', `Posted together with: ${names.join(', ')}`)]),
        ...(found.some(({ isCover }) => isCover)
          ? [notice('other', 'Of a film only its cover is named; the film itself comes in pieces.')]
          : []),
      ],
    },
  });
}
