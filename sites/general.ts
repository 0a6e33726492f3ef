/**
 * The reader for any page. What a fact says of itself, `readFrom` and the notes, tells which source it came
 * from. Sources, the best first: JSON-LD, microdata, article elements, OpenGraph and other meta elements; as a
 * last resort the page's title and words.
 */
import type { PostContent } from '../contract/model/post.ts';
import type { ReadingInput, SiteReader, SiteReading } from '../contract/reading.ts';
import { articlePosts } from './general/articles.ts';
import { type Draft, emptyDraft, finish, mergeDrafts, samePost } from './general/draft.ts';
import { jsonLd } from './general/json-ld.ts';
import { microdata } from './general/microdata.ts';
import { openGraph, type PageFacts } from './general/open-graph.ts';
import { declaredDirection, declaredLanguage, openPage, type Page } from './general/page.ts';
import { thingPosts } from './general/thing-post.ts';
import { Notes } from './notes.ts';
import { addressFacts } from './platforms.ts';

/** `readFrom` of a post that is no more than the page's title and words. */
export const lastResort = 'page title and body';

const MAX_POSTS = 5000;
/** Comparing every draft with every other: beyond this many the page lists posts, and does not repeat them. */
const MAX_COMPARED = 300;

/** `more` added to `known`: drafts of the same post become one. */
function joined(known: readonly Draft[], more: readonly Draft[]): Draft[] {
  const result = [...known];
  for (const draft of more) {
    const at = result.length > MAX_COMPARED ? -1 : result.findIndex((other) => samePost(other, draft));
    const same = result[at];
    if (same === undefined) result.push(draft);
    else result[at] = mergeDrafts(same, draft);
  }
  return result;
}

/** Structured data and article elements. One of each is the same post, though the words may differ. */
function pagePosts(page: Page): Draft[] {
  const things = joined(thingPosts(jsonLd(page), page), thingPosts(microdata(page), page));
  const articles = articlePosts(page);
  const [thing, article] = [things[0], articles[0]];
  if (thing && article && things.length === 1 && articles.length === 1) return [mergeDrafts(thing, article)];
  // Beside structured posts an article without an address of its own would be a second copy, or a teaser.
  const more =
    thing === undefined
      ? articles
      : articles.filter((draft) => draft.url !== null || things.some((other) => samePost(other, draft)));
  return joined(things, more);
}

/** Which draft the page as a whole is about: what meta elements say is said of that one. */
function mainIndex(drafts: readonly Draft[], facts: PageFacts, page: Page): number {
  const addresses = [facts.draft.url, page.canonical, page.url].filter((url) => url !== null);
  const ids = addresses.flatMap((url) => addressFacts(url)?.platformId ?? []);
  const named = drafts.findIndex(
    (draft) =>
      (draft.url !== null && addresses.includes(draft.url)) ||
      (draft.platformId !== null && ids.includes(draft.platformId)),
  );
  if (named >= 0) return named;
  const roots = drafts.filter((draft) => draft.kind !== 'reply');
  return roots.length === 1 && roots[0] ? drafts.indexOf(roots[0]) : -1;
}

function withFacts(draft: Draft, facts: PageFacts, page: Page): Draft {
  const { draft: other } = facts;
  // The preview picture of a post that has pictures is one of them again, or the site's emblem.
  const merged = mergeDrafts(draft, { ...other, media: draft.media.length > 0 ? [] : other.media });
  return { ...merged, url: merged.url ?? page.url };
}

/** Language of the page for a draft that has none; its direction is not taken over: words tell their own. */
function withPageLanguage(draft: Draft, page: Page): Draft {
  const declared = draft.language === null && page.htmlElement ? declaredLanguage(page.htmlElement) : null;
  return declared === null ? draft : { ...draft, language: declared.tag, languageOfPage: true };
}

/** The page as one record, where nothing in it says that it is a post. */
function wholePage(page: Page, facts: PageFacts): Draft[] {
  const words = page.body ? page.text(page.body).text : '';
  const text = words !== '' ? words : (facts.description ?? '');
  if (text === '' && page.title === null) return [];
  page.notes.add(
    'Nothing in the page says which part of it is a post: its title and all its words were taken.',
  );
  return [
    {
      ...emptyDraft('article', lastResort),
      url: facts.draft.url ?? page.url,
      title: page.title ?? facts.draft.title,
      text,
      language: facts.draft.language,
      languageOfPage: true,
      direction: page.body ? declaredDirection(page.body) : null,
    },
  ];
}

function draftsOf(page: Page): Draft[] {
  const facts = openGraph(page);
  const drafts = pagePosts(page);
  if (drafts.length === 0 && facts.ofPost) {
    if (facts.draft.text !== null)
      page.notes.add('The text is the description in the meta elements: it may be shortened.');
    return [{ ...facts.draft, url: facts.draft.url ?? page.url }];
  }
  if (drafts.length === 0) return wholePage(page, facts);
  const main = mainIndex(drafts, facts, page);
  return drafts.map((draft, i) => (i === main ? withFacts(draft, facts, page) : draft));
}

function postsOf(page: Page): PostContent[] {
  const drafts = draftsOf(page);
  if (drafts.length > MAX_POSTS)
    page.notes.limit(`Of ${drafts.length} posts the first ${MAX_POSTS} were read.`);
  const finished = drafts.slice(0, MAX_POSTS).map((draft) => finish(withPageLanguage(draft, page), page));
  return finished.filter((post) => post.text !== '' || post.title !== null || post.media.length > 0);
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const [exchange] = input.exchanges;
  if (exchange === undefined) return { posts: [], notes: ['There is no page to read.'], limits: [] };
  if (!['text/html', 'application/xhtml+xml'].includes(exchange.mediaType)) {
    const note = `The page is ${exchange.mediaType}, not HTML; it was kept and not read.`;
    return { posts: [], notes: [note], limits: [] };
  }
  const page = openPage(exchange, input.url ?? exchange.url, notes);
  if (typeof page === 'string') return { posts: [], notes: [...notes.list, page], limits: notes.limits };
  const posts = postsOf(page);
  if (posts.length === 0) notes.add('The page holds no words and no media that could be a post.');
  return { posts, notes: notes.list, limits: notes.limits };
}

export const generalReader: SiteReader = {
  name: 'general',
  version: '2',
  lastCheckedAgainst:
    'netpreserve-twitter-2019.warc: a blog article and a profile page as recorded in June 2019, 2026-11-22',
  read,
};
