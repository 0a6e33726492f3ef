/** Posts out of article elements (WHATWG HTML, 4.3.2): an article inside another is a reply to it. */
import type { PostMedia, StatedTime } from '../../contract/model/post.ts';
import { attribute, type HtmlElement, isElement } from '../html/parse.ts';
import { addressFacts } from '../platforms.ts';
import { statedTime } from '../stated-time.ts';
import { shortText } from '../well-formed.ts';
import { type DomText, emojiOf } from './dom-text.ts';
import { type Draft, emptyDraft, nobody } from './draft.ts';
import { declaredDirection, declaredLanguage, type Page } from './page.ts';

const MAX_ARTICLES = 5000;

function has(element: HtmlElement, name: string, word: string): boolean {
  return (attribute(element, name) ?? '').toLowerCase().split(/\s+/).includes(word);
}

function isArticle(element: HtmlElement): boolean {
  return element.tagName === 'article' || has(element, 'role', 'article');
}

/** The descendants that belong to this article and to none inside it, in tree order. */
function ownElements(article: HtmlElement): HtmlElement[] {
  const own: HtmlElement[] = [];
  const open = article.childNodes.filter(isElement).reverse();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (isArticle(element)) continue;
    own.push(element);
    for (const child of element.childNodes.filter(isElement).reverse()) open.push(child);
  }
  return own;
}

function ancestor(element: HtmlElement, test: (element: HtmlElement) => boolean): HtmlElement | null {
  let at = element.parentNode;
  while (at !== null && isElement(at)) {
    if (test(at)) return at;
    at = at.parentNode;
  }
  return null;
}

const isAuthor = (element: HtmlElement) =>
  has(element, 'rel', 'author') || has(element, 'itemprop', 'author') || has(element, 'class', 'p-author');
/** Parts of an article that frame its words. */
const isFrame = (element: HtmlElement) =>
  ['header', 'footer', 'nav', 'aside', 'form', 'button', 'address', 'time'].includes(element.tagName) ||
  isAuthor(element);

function times(
  own: readonly HtmlElement[],
  page: Page,
): { posted: StatedTime | null; edited: StatedTime | null } {
  let posted: StatedTime | null = null;
  let edited: StatedTime | null = null;
  for (const element of own) {
    const datetime = element.tagName === 'time' ? attribute(element, 'datetime') : null;
    if (datetime === null) continue;
    const isEdit =
      /(?:^|\s)(?:dt-)?updated(?:\s|$)/i.test(attribute(element, 'class') ?? '') ||
      has(element, 'itemprop', 'datemodified');
    if (isEdit ? edited !== null : posted !== null) continue;
    const { time, note } = statedTime(datetime, 'time element in the article');
    if (note !== null) page.notes.add(note);
    if (isEdit) edited = time;
    else posted = time;
  }
  return { posted, edited };
}

function authorOf(own: readonly HtmlElement[], page: Page): Draft['author'] {
  const element = own.find(isAuthor);
  if (element === undefined) return nobody;
  const link =
    element.tagName === 'a'
      ? element
      : own.find((inner) => inner.tagName === 'a' && ancestor(inner, (at) => at === element));
  const url = page.absolute(link ? attribute(link, 'href') : null);
  const words = page
    .text(element)
    .text.slice(0, 600)
    .split(/\s+(?=@[^\s@]+$)/);
  const handle = /^@([^\s@/]{1,100})$/.exec(words.at(-1) ?? '')?.[1] ?? null;
  const name = handle !== null ? words.slice(0, -1).join(' ') : words.join(' ');
  return {
    name: shortText(name, 500),
    handle: shortText(handle, 200) ?? addressFacts(url)?.handle ?? null,
    platformId: null,
    url,
  };
}

function addressOf(own: readonly HtmlElement[], page: Page): string | null {
  const marked = own.find(
    (element) =>
      element.tagName === 'a' && (has(element, 'rel', 'bookmark') || has(element, 'class', 'u-url')),
  );
  const dated = own.find((element) => element.tagName === 'time');
  const link = marked ?? (dated ? ancestor(dated, (at) => at.tagName === 'a') : null);
  return page.absolute(link ? attribute(link, 'href') : null);
}

function sourceOf(element: HtmlElement): string | null {
  const source = attribute(element, 'src') ?? attribute(element, 'data-src');
  if (source !== null && source !== '') return source;
  const inner = element.childNodes.filter(isElement).find(({ tagName }) => tagName === 'source');
  return inner
    ? attribute(inner, 'src')
    : (attribute(element, 'srcset')
        ?.trim()
        .split(/[\s,]+/, 1)[0] ?? null);
}

const mediaTags: ReadonlyMap<string, PostMedia['kind']> = new Map([
  ['img', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
]);

/** Pictures in the frame are portraits and icons; one pixel is a counter. */
function mediaOf(article: HtmlElement, own: readonly HtmlElement[], page: Page): PostMedia[] {
  return own.flatMap((element) => {
    const kind = mediaTags.get(element.tagName);
    if (kind === undefined || emojiOf(element) !== null || attribute(element, 'width') === '1') return [];
    const frame = ancestor(element, (at) => at === article || isFrame(at));
    const url = frame === article ? page.absolute(sourceOf(element)) : null;
    const alt = attribute(element, 'alt') ?? attribute(element, 'aria-label');
    return url === null ? [] : [{ kind, url, alt: shortText(alt), sha256: null }];
  });
}

/** What all holders of the words agree on; where they differ, what the whole declares. */
function unanimous<T>(words: DomText, whole: HtmlElement, ask: (element: HtmlElement) => T): T {
  const answers = [...words.holders].slice(0, 1000).map(ask);
  const [first] = answers;
  const agreed =
    first !== undefined && answers.every((answer) => JSON.stringify(answer) === JSON.stringify(first));
  return agreed ? first : ask(whole);
}

function draftFrom(article: HtmlElement, page: Page): Draft | null {
  const own = ownElements(article);
  const heading = own.find(({ tagName }) => /^h[1-3]$/.test(tagName)) ?? null;
  const body = own.find(
    (element) =>
      ['e-content', 'entry-content'].some((name) => has(element, 'class', name)) ||
      ['articlebody', 'text'].some((name) => has(element, 'itemprop', name)),
  );
  const root = body ?? article;
  const words = page.text(root, (element) => element === heading || isFrame(element) || isArticle(element));
  const media = mediaOf(article, own, page);
  if (words.text === '' && media.length === 0) return null;
  const { posted, edited } = times(own, page);
  const language = unanimous(words, root, declaredLanguage);
  const isReply = ancestor(article, isArticle) !== null;
  return {
    ...emptyDraft(isReply ? 'reply' : heading === null ? 'post' : 'article', 'article element'),
    url: addressOf(own, page),
    author: authorOf(own, page),
    postedAt: posted,
    editedAt: edited,
    title: heading === null ? null : shortText(page.text(heading).text),
    text: words.text,
    language: language?.tag ?? null,
    languageOfPage: language?.ofPage ?? false,
    direction: unanimous(words, root, declaredDirection),
    media,
    element: article,
  };
}

/**
 * The articles of the page that are posts: those with a time or an author, or the only one there is.
 * Others are teasers; how many were left out is noted.
 */
export function articlePosts(page: Page): Draft[] {
  const outside = (element: HtmlElement) =>
    ancestor(element, (at) => ['nav', 'aside'].includes(at.tagName)) === null;
  const articles = page.elements.filter((element) => isArticle(element) && outside(element));
  const drafts = articles.slice(0, MAX_ARTICLES).flatMap((article) => draftFrom(article, page) ?? []);
  if (articles.length > MAX_ARTICLES)
    page.notes.limit(`Of ${articles.length} articles the first ${MAX_ARTICLES} were read.`);
  if (drafts.length <= 1) return drafts;
  const signed = drafts.filter(
    (draft) => draft.postedAt !== null || draft.author.name !== null || draft.author.handle !== null,
  );
  if (signed.length < drafts.length) {
    page.notes.add(`${drafts.length - signed.length} articles without time and author were left out.`);
  }
  return signed;
}
