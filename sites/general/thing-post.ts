/** Posts out of structured data (schema.org), JSON-LD and microdata alike. */
import type { PostContent, PostMedia, StatedTime } from '../../contract/model/post.ts';
import { attribute, type HtmlElement } from '../html/parse.ts';
import { languageTag } from '../language.ts';
import { addressFacts } from '../platforms.ts';
import { statedTime } from '../stated-time.ts';
import { shortText } from '../well-formed.ts';
import { type Draft, emptyDraft, nobody } from './draft.ts';
import { declaredDirection, declaredLanguage, type Page } from './page.ts';
import {
  allThings,
  type Index,
  isThing,
  type Plain,
  plainOf,
  type Thing,
  thingsOf,
  valuesOf,
} from './thing.ts';

const kinds: ReadonlyMap<string, PostContent['kind']> = new Map([
  ['SocialMediaPosting', 'post'],
  ['DiscussionForumPosting', 'post'],
  ['Comment', 'reply'],
  ['Article', 'article'],
  ['NewsArticle', 'article'],
  ['AnalysisNewsArticle', 'article'],
  ['AskPublicNewsArticle', 'article'],
  ['BackgroundNewsArticle', 'article'],
  ['OpinionNewsArticle', 'article'],
  ['ReportageNewsArticle', 'article'],
  ['ReviewNewsArticle', 'article'],
  ['AdvertiserContentArticle', 'article'],
  ['SatiricalArticle', 'article'],
  ['ScholarlyArticle', 'article'],
  ['TechArticle', 'article'],
  ['Report', 'article'],
  ['BlogPosting', 'article'],
  ['LiveBlogPosting', 'article'],
  ['VideoObject', 'video'],
  ['ImageObject', 'picture'],
  ['Photograph', 'picture'],
]);

const mediaKinds: ReadonlyMap<string, PostMedia['kind']> = new Map([
  ['ImageObject', 'image'],
  ['Photograph', 'image'],
  ['VideoObject', 'video'],
  ['AudioObject', 'audio'],
  ['MediaObject', 'other'],
]);

function kindOf(thing: Thing): PostContent['kind'] | null {
  for (const type of thing.types) {
    const kind = kinds.get(type);
    if (kind !== undefined) return kind;
  }
  return null;
}

const isMediaKind = (kind: PostContent['kind'] | null) => kind === 'video' || kind === 'picture';

/** A medium counts as a post of its own only where the page says who made it, or when. */
function isSigned(thing: Thing): boolean {
  return ['author', 'creator', 'datePublished', 'uploadDate'].some((name) => thing.props.has(name));
}

/** An `@id` that is an address of its own; '#me' only names a place in the data. */
function httpId(thing: Thing): string | null {
  return /^https?:/i.test(thing.id ?? '') ? thing.id : null;
}

/** Where in `author` a handle may stand; what has spaces is a name. */
function handleFrom(person: Thing): string | null {
  const given = plainOf(person, 'alternateName', 'additionalName')?.text.trim() ?? '';
  const identifier = identifierOf(person) ?? '';
  const found = [given, identifier.startsWith('@') ? identifier : ''].find((text) =>
    /^@?[^\s@/]{1,100}$/.test(text),
  );
  return shortText(found?.replace(/^@/, ''), 200);
}

function identifierOf(thing: Thing): string | null {
  for (const value of thing.props.get('identifier') ?? []) {
    const text = isThing(value) ? plainOf(value, 'value')?.text : value.text;
    const identifier = shortText(text, 200);
    if (identifier !== null) return identifier;
  }
  return null;
}

function authorOf(thing: Thing, index: Index, page: Page): PostContent['author'] {
  const values = [...valuesOf(thing, 'author', index), ...valuesOf(thing, 'creator', index)];
  const [first] = values;
  if (first === undefined) return nobody;
  if (valuesOf(thing, 'author', index).length > 1) {
    page.notes.add(`${thing.source} names more than one author; the first was taken.`);
  }
  if (!isThing(first)) {
    const url = /^https?:\/\//i.test(first.text.trim()) ? page.absolute(first.text) : null;
    return url === null ? { ...nobody, name: shortText(first.text, 500) } : { ...nobody, url };
  }
  const url = page.absolute(plainOf(first, 'url', 'sameAs')?.text ?? httpId(first));
  const identifier = identifierOf(first);
  return {
    name: shortText(plainOf(first, 'name', 'givenName')?.text, 500),
    handle: handleFrom(first) ?? addressFacts(url)?.handle ?? null,
    platformId: identifier?.startsWith('@') ? null : identifier,
    url,
  };
}

function timeOf(thing: Thing, page: Page, ...names: string[]): StatedTime | null {
  for (const name of names) {
    const value = plainOf(thing, name);
    if (value === null) continue;
    const { time, note } = statedTime(value.text, `${thing.source} ${name}`);
    if (note !== null) page.notes.add(note);
    if (time !== null) return time;
  }
  return null;
}

function altOf(value: Plain | Thing): string | null {
  if (isThing(value)) return shortText(plainOf(value, 'caption')?.text);
  return value.element ? shortText(attribute(value.element, 'alt')) : null;
}

function mediaFrom(value: Plain | Thing, kind: PostMedia['kind'], page: Page): PostMedia[] {
  const address = isThing(value)
    ? (plainOf(value, 'contentUrl', 'url', 'embedUrl')?.text ?? value.id)
    : value.text;
  const url = page.absolute(address);
  if (url === null) return [];
  const typed = isThing(value)
    ? value.types.map((type) => mediaKinds.get(type)).find((found) => found)
    : undefined;
  return [{ kind: typed ?? kind, url, alt: altOf(value), sha256: null }];
}

function mediaOf(thing: Thing, index: Index, page: Page): PostMedia[] {
  const named = (name: string, kind: PostMedia['kind']) =>
    valuesOf(thing, name, index).flatMap((value) => mediaFrom(value, kind, page));
  const shared = thingsOf(thing, 'sharedContent', index)
    .filter((value) => value.types.some((type) => mediaKinds.has(type)))
    .flatMap((value) => mediaFrom(value, 'other', page));
  const own =
    kindOf(thing) === 'video'
      ? [
          ...mediaFrom(thing, 'video', page),
          ...named('thumbnailUrl', 'image'),
          ...named('thumbnail', 'image'),
        ]
      : kindOf(thing) === 'picture'
        ? mediaFrom(thing, 'image', page)
        : [];
  return [
    ...own,
    ...named('image', 'image'),
    ...named('video', 'video'),
    ...named('audio', 'audio'),
    ...named('associatedMedia', 'other'),
    ...shared,
  ];
}

function languageOf(thing: Thing, holder: HtmlElement | null): Pick<Draft, 'language' | 'languageOfPage'> {
  const declared = holder === null ? null : declaredLanguage(holder);
  if (declared !== null && !declared.ofPage) return { language: declared.tag, languageOfPage: false };
  const [stated] = thing.props.get('inLanguage') ?? [];
  const text = stated && (isThing(stated) ? plainOf(stated, 'alternateName', 'name')?.text : stated.text);
  const tag = languageTag(text);
  if (tag !== null) return { language: tag, languageOfPage: false };
  return { language: declared?.tag ?? null, languageOfPage: declared !== null };
}

function textNames(kind: PostContent['kind']): string[] {
  if (kind === 'picture') return ['caption', 'description', 'articleBody', 'text'];
  if (kind === 'video') return ['description', 'articleBody', 'text', 'caption'];
  return ['articleBody', 'text', 'description'];
}

function draftFrom(thing: Thing, kind: PostContent['kind'], index: Index, page: Page): Draft {
  const text = plainOf(thing, ...textNames(kind));
  const ofPage = thingsOf(thing, 'mainEntityOfPage', index)[0];
  const address = plainOf(thing, 'url', 'mainEntityOfPage')?.text ?? ofPage?.id ?? httpId(thing);
  const quotes = thingsOf(thing, 'sharedContent', index).some(
    (shared) => !isMediaKind(kindOf(shared)) && kindOf(shared),
  );
  const holder = text?.element ?? thing.element;
  return {
    ...emptyDraft(kind === 'post' && quotes ? 'quote' : kind, `${thing.source} ${text?.name ?? ''}`.trim()),
    url: page.absolute(address),
    platformId: identifierOf(thing),
    author: authorOf(thing, index, page),
    postedAt: timeOf(thing, page, 'datePublished', 'uploadDate', 'dateCreated'),
    editedAt: timeOf(thing, page, 'dateModified'),
    title: shortText(plainOf(thing, 'headline', 'name')?.text),
    text: text?.text ?? null,
    ...languageOf(thing, holder),
    direction: holder === null ? null : declaredDirection(holder),
    media: mediaOf(thing, index, page),
    element: thing.element,
  };
}

/**
 * The posts among the page's things, in the order of the page, comments behind what they comment on.
 * Videos and pictures are posts only where no text-bearing post is: elsewhere they are the media of one.
 */
export function thingPosts(roots: readonly Thing[], page: Page): Draft[] {
  const things = allThings(roots);
  const index = new Map<string, Thing>();
  for (const thing of things) {
    if (thing.id !== null && thing.props.size > 0 && !index.has(thing.id)) index.set(thing.id, thing);
  }
  const typed = things.flatMap((thing) => {
    const kind = kindOf(thing);
    return kind !== null && thing.props.size > 0 ? [{ thing, kind }] : [];
  });
  const written = typed.filter(({ kind }) => !isMediaKind(kind));
  const signed = typed.filter(({ thing, kind }) => isMediaKind(kind) && isSigned(thing));
  const chosen = written.length > 0 ? written : signed;
  return chosen.map(({ thing, kind }) => draftFrom(thing, kind, index, page));
}
