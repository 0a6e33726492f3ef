/** What one source of a page says of one post; several drafts of the same post are merged, the best source first. */
import type { PostContent, PostMedia, StatedTime } from '../../contract/model/post.ts';
import type { HtmlElement } from '../html/parse.ts';
import { addressFacts } from '../platforms.ts';
import { wellFormed } from '../well-formed.ts';
import type { Page } from './page.ts';

export interface Draft {
  kind: PostContent['kind'];
  url: string | null;
  platformId: string | null;
  author: PostContent['author'];
  postedAt: StatedTime | null;
  editedAt: StatedTime | null;
  title: string | null;
  text: string | null;
  /** Where the text was read; kept with the text when drafts are merged. */
  textFrom: string;
  language: string | null;
  /** The language is the one that the page declares for itself: any other source is better. */
  languageOfPage: boolean;
  direction: 'ltr' | 'rtl' | null;
  media: PostMedia[];
  /** The article element, or the item's element. */
  element: HtmlElement | null;
}

export const nobody: PostContent['author'] = { name: null, handle: null, platformId: null, url: null };

export function emptyDraft(kind: PostContent['kind'], textFrom: string): Draft {
  return {
    kind,
    url: null,
    platformId: null,
    author: nobody,
    postedAt: null,
    editedAt: null,
    title: null,
    text: null,
    textFrom,
    language: null,
    languageOfPage: false,
    direction: null,
    media: [],
    element: null,
  };
}

const MAX_MEDIA = 500;

function mergedMedia(a: readonly PostMedia[], b: readonly PostMedia[]): PostMedia[] {
  const byUrl = new Map(a.map((media) => [media.url, media]));
  for (const media of b) {
    const known = byUrl.get(media.url);
    if (known === undefined) byUrl.set(media.url, media);
    else if (known.alt === null) byUrl.set(media.url, { ...known, alt: media.alt });
  }
  return [...byUrl.values()].slice(0, MAX_MEDIA);
}

/** `best`, with what it lacks taken from `other`. */
export function mergeDrafts(best: Draft, other: Draft): Draft {
  const text = best.text ?? other.text;
  const language =
    best.language !== null && (!best.languageOfPage || other.language === null || other.languageOfPage)
      ? best
      : other;
  return {
    kind: best.kind,
    url: best.url ?? other.url,
    platformId: best.platformId ?? other.platformId,
    author: {
      name: best.author.name ?? other.author.name,
      handle: best.author.handle ?? other.author.handle,
      platformId: best.author.platformId ?? other.author.platformId,
      url: best.author.url ?? other.author.url,
    },
    postedAt: best.postedAt ?? other.postedAt,
    editedAt: best.editedAt ?? other.editedAt,
    title: best.title ?? other.title,
    text,
    textFrom: best.text === null && text !== null ? other.textFrom : best.textFrom,
    language: language.language ?? best.language,
    languageOfPage: language.languageOfPage,
    direction: best.direction ?? other.direction,
    media: mergedMedia(best.media, other.media),
    element: best.element ?? other.element,
  };
}

/** What two sources must tell to be compared. */
type Comparable = Pick<Draft, 'platformId' | 'url' | 'text'>;

const squashedTexts = new WeakMap<Comparable, string>();

/** Letters and digits alone: what is left of a text when two sources differ in spaces and quotation marks. */
function squashed(text: string | null): string {
  return (text ?? '').slice(0, 20_000).replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, '');
}

/** Kept, because every draft is compared with every other. */
function words(draft: Comparable): string {
  const known = squashedTexts.get(draft) ?? squashed(draft.text);
  squashedTexts.set(draft, known);
  return known;
}

/** Shorter texts stand inside others by chance. */
const MIN_SHARED = 24;

/** Whether two drafts speak of the same post: by address, by id, or by the words. */
export function samePost(a: Comparable, b: Comparable): boolean {
  if (a.platformId !== null && b.platformId !== null) return a.platformId === b.platformId;
  if (a.url !== null && b.url !== null && a.url === b.url) return true;
  const [short, long] = [words(a), words(b)].sort((x, y) => x.length - y.length);
  if (!short || !long) return false;
  return short === long || (short.length >= MIN_SHARED && long.includes(short));
}

/** A title that only says the text again, or the author's name, as many pages of posts have, says nothing. */
function usefulTitle(draft: Draft): string | null {
  const title = squashed(draft.title);
  if (draft.kind === 'article' || title === '') return draft.title;
  const { name, handle } = draft.author;
  const known = [name, handle, `${name}${handle}`].map(squashed);
  return known.includes(title) || words(draft).startsWith(title) ? null : draft.title;
}

/** The finished post. Everything in it is well-formed Unicode. */
export function finish(draft: Draft, page: Page): PostContent {
  const facts = addressFacts(draft.url) ?? addressFacts(page.url) ?? addressFacts(page.canonical);
  const authorFacts = addressFacts(draft.author.url);
  // The address of a post names its account; that of a profile page does not make the page the account's words.
  const ownFacts = addressFacts(draft.url);
  const body = wellFormed(draft.text ?? '');
  const { postedAt, editedAt } = draft;
  return {
    kind: draft.kind,
    platform: facts?.platform ?? null,
    platformId: draft.platformId ?? ownFacts?.platformId ?? null,
    url: draft.url,
    author: {
      ...draft.author,
      handle:
        draft.author.handle ?? authorFacts?.handle ?? (ownFacts?.platformId != null ? ownFacts.handle : null),
    },
    postedAt,
    editedAt: editedAt !== null && editedAt.value !== postedAt?.value ? editedAt : null,
    title: usefulTitle(draft),
    text: body.text,
    textLossy: body.lossy || (page.lossy && body.text.includes('\uFFFD')),
    language: draft.language,
    direction: draft.direction,
    media: draft.media,
    readFrom: draft.textFrom,
  };
}
