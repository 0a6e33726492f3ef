/** What meta elements say of the page as a whole: OpenGraph, article:*, twitter:*, author, description. */
import type { PostMedia, StatedTime } from '../../contract/model/post.ts';
import { attribute } from '../html/parse.ts';
import { languageTag } from '../language.ts';
import { addressFacts } from '../platforms.ts';
import { statedTime } from '../stated-time.ts';
import { shortText } from '../well-formed.ts';
import { type Draft, emptyDraft } from './draft.ts';
import type { Page } from './page.ts';

type Meta = ReadonlyMap<string, readonly string[]>;

const MAX_METAS = 2000;

function metas(page: Page): Meta {
  const found = new Map<string, string[]>();
  for (const element of page.elements.filter(({ tagName }) => tagName === 'meta').slice(0, MAX_METAS)) {
    const name = (attribute(element, 'property') ?? attribute(element, 'name') ?? '').trim().toLowerCase();
    const content = attribute(element, 'content');
    if (name === '' || content === null || content.trim() === '') continue;
    const known = found.get(name);
    if (known === undefined) found.set(name, [content]);
    else known.push(content);
  }
  return found;
}

function first(meta: Meta, ...names: string[]): { name: string; content: string } | null {
  for (const name of names) {
    const content = meta.get(name)?.[0];
    if (content !== undefined) return { name, content };
  }
  return null;
}

function time(meta: Meta, page: Page, ...names: string[]): StatedTime | null {
  for (const name of names) {
    const content = meta.get(name)?.[0];
    if (content === undefined) continue;
    const reading = statedTime(content, `meta ${name}`);
    if (reading.note !== null) page.notes.add(reading.note);
    if (reading.time !== null) return reading.time;
  }
  return null;
}

/** og:image:alt belongs to the image before it; with one image there is no doubt which. */
function pictures(meta: Meta, page: Page): PostMedia[] {
  const addresses = meta.get('og:image') ?? meta.get('og:image:url') ?? meta.get('twitter:image') ?? [];
  const alts = meta.get('og:image:alt') ?? meta.get('twitter:image:alt') ?? [];
  return addresses.flatMap((address, i) => {
    const url = page.absolute(address);
    const alt = alts.length === addresses.length ? shortText(alts[i]) : null;
    return url === null ? [] : [{ kind: 'image', url, alt, sha256: null }];
  });
}

function videos(meta: Meta, page: Page): PostMedia[] {
  const [address] = meta.get('og:video:secure_url') ?? meta.get('og:video:url') ?? meta.get('og:video') ?? [];
  const url = page.absolute(address);
  return url === null ? [] : [{ kind: 'video', url, alt: null, sha256: null }];
}

function author(meta: Meta, page: Page): Draft['author'] {
  const given = (meta.get('article:author') ?? []).map((value) => value.trim());
  const url = page.absolute(given.find((value) => /^https?:/i.test(value)));
  const name =
    first(meta, 'author', 'dc.creator')?.content ?? given.find((value) => !/^https?:/i.test(value));
  const creator = first(meta, 'twitter:creator', 'profile:username')?.content.trim() ?? '';
  const handle = /^@?[^\s@/]{1,100}$/.test(creator) ? creator.replace(/^@/, '') : null;
  return {
    name: shortText(name, 500),
    handle: shortText(handle, 200) ?? addressFacts(url)?.handle ?? null,
    platformId: shortText(first(meta, 'twitter:creator:id')?.content, 200),
    url,
  };
}

export interface PageFacts {
  draft: Draft;
  /** What is said is said of one post, not of a site: it has a type, a date or an author of its own. */
  ofPost: boolean;
  description: string | null;
}

/** The facts that the page's meta elements give, as a draft of the page's main post. */
export function openGraph(page: Page): PageFacts {
  const meta = metas(page);
  const type = first(meta, 'og:type')?.content.trim().toLowerCase() ?? '';
  const url = page.absolute(first(meta, 'og:url')?.content) ?? page.canonical;
  const facts = addressFacts(url ?? page.url);
  const isVideo = /^video\b/.test(type);
  const description = first(meta, 'og:description', 'twitter:description');
  const kind = isVideo ? 'video' : facts?.known ? 'post' : 'article';
  const postedAt = time(
    meta,
    page,
    'article:published_time',
    'og:article:published_time',
    'video:release_date',
    'datepublished',
    'dc.date',
  );
  const locale = languageTag(first(meta, 'og:locale')?.content);
  const draft: Draft = {
    ...emptyDraft(kind, description === null ? 'OpenGraph' : `OpenGraph (meta ${description.name})`),
    url,
    author: author(meta, page),
    postedAt,
    editedAt: time(meta, page, 'article:modified_time', 'og:article:modified_time'),
    title: shortText(first(meta, 'og:title', 'twitter:title')?.content),
    text: description?.content ?? null,
    language: locale,
    languageOfPage: locale !== null,
    media: [...videos(meta, page), ...pictures(meta, page)],
  };
  const typed = /^(?:article|video\b|instapp:photo|post)/.test(type);
  const { name, handle } = draft.author;
  const ofPost = typed || postedAt !== null || name !== null || handle !== null || facts?.platformId != null;
  return {
    draft,
    ofPost: ofPost && (draft.text !== null || draft.title !== null),
    description: description?.content ?? null,
  };
}
