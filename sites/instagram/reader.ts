/** Instagram: what its pages hold in their scripts, and what they ask for (GraphQL, api/v1). */
import type { PostContent } from '../../contract/model/post.ts';
import type { Translation } from '../../contract/model/post-facts.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pagesOf, pathOf, shownAddress } from '../answers.ts';
import type { Page } from '../general/page.ts';
import { jsonScripts } from '../html/json-scripts.ts';
import { ownText } from '../html/parse.ts';
import { jsonGivenTo } from '../json/in-script.ts';
import { isTrueAt, stringAt } from '../json/members.ts';
import { parseJson } from '../json/parse.ts';
import { objectsOf } from '../json/walk.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { unavailableWords } from '../unavailable.ts';
import { isComment, readComment } from './comment.ts';
import { codeOf, type InstagramContext, isMedia, readMedia } from './media.ts';
import { shortcodeOf } from './shortcode.ts';

const hosts = ['instagram.com'];

export const lastCheckedAgainst =
  'pages and answers written for this project after public descriptions of them, 2026-11-29; no real recording';

const notShown =
  /^(?:Sorry, this page isn['’]t available|Post isn['’]t available|This content isn['’]t available|Dieser Beitrag ist nicht verfügbar|Diese Seite ist leider nicht verfügbar|Esta página no está disponible|Cette page n['’]est malheureusement pas disponible)/i;

function wants(answer: AnswerHead): boolean {
  return (
    isHost(answer.url, hosts) &&
    isJson(answer) &&
    /^\/(?:graphql\/query|api\/graphql|api\/v1\/(?:feed|media|users|clips|discover|tags|locations|language))(?:\/|$)/.test(
      pathOf(answer.url),
    )
  );
}

/** The page of a post: comments alone do not make it up. Of other pages whatever was read. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  const facts = addressFacts(url);
  if (facts?.platform !== 'instagram') return false;
  return facts.platformId === null || posts.some(({ platformId }) => platformId === facts.platformId);
}

/** The post that an address names: by its code, or by its id, as the platform's programs ask for it. */
function codeIn(url: string | null): string | null {
  const id = /^\/api\/v1\/media\/(\d{10,25})(?:_\d+)?\//.exec(pathOf(url ?? ''))?.[1];
  return id === undefined ? (addressFacts(url)?.platformId ?? null) : shortcodeOf(id);
}

function readDocument(
  document: unknown,
  around: string | null,
  context: InstagramContext & { notes: Notes },
  posts: CollectedPosts,
): void {
  for (const { value, holder, name, within } of objectsOf(document, context.notes, 'shortcode')) {
    if (isMedia(value)) {
      const post = readMedia(value, context);
      posts.add(post.platformId ?? '', post);
    } else if (isComment(value, name)) {
      const post = readComment(value, codeOf(holder) ?? within ?? around, context);
      posts.add(`comment ${post.platformId}`, post);
    }
  }
}

/** What the platform says in the place of an answer. */
function noteRefusal(value: unknown, url: string, status: number, notes: Notes): void {
  const message = stringAt(value, 'message');
  const failed = stringAt(value, 'status') === 'fail' || isTrueAt(value, 'require_login');
  if (status < 400 && !failed) return;
  notes.add(
    `Instagram answered ${status} for ${shownAddress(url)}${message === null ? '.' : `: ${message}`}`,
  );
  const code = codeIn(url);
  const isAbsent = message !== null && /not found|unavailable|deleted|removed/i.test(message);
  if (isAbsent && code !== null) notes.notShown(code, message);
}

function isTranslation(answer: AnswerHead): boolean {
  return pathOf(answer.url).startsWith('/api/v1/language/');
}

/** A translation answers for the id of a caption or a comment, which its address names. */
function translationsIn(input: ReadingInput, notes: Notes): Map<string, Translation> {
  const found = new Map<string, Translation>();
  for (const { url, value } of answersOf(input, (answer) => wants(answer) && isTranslation(answer), notes)) {
    const id = new URL(url).searchParams.get('id');
    const text = stringAt(value, 'translation');
    if (id !== null && text !== null) found.set(id, { text, language: null });
  }
  return found;
}

function readPage(
  page: Page,
  url: string,
  context: InstagramContext & { notes: Notes },
  posts: CollectedPosts,
): void {
  const { notes } = context;
  const named = codeIn(url);
  for (const document of jsonScripts(page)) readDocument(document, named, context, posts);
  for (const element of page.elements.filter(({ tagName }) => tagName === 'script'))
    for (const text of jsonGivenTo('_sharedData', ownText(element)))
      for (const document of parseJson(new TextEncoder().encode(text)).values)
        readDocument(document, named, context, posts);
  const words = named === null || posts.has(named) ? null : unavailableWords(page, notShown);
  if (named === null || words === null) return;
  notes.add(`Instagram says in the place of the post: ${words}`);
  notes.notShown(named, words);
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  const shared = { addresses: input.addresses, notes, translations: translationsIn(input, notes) };
  for (const { page, url, from } of pagesOf(input, (url) => isHost(url, hosts), notes))
    readPage(page, url, { ...shared, from }, posts);
  const isDocument = (answer: AnswerHead) => wants(answer) && !isTranslation(answer);
  for (const { url, from, status, value } of answersOf(input, isDocument, notes)) {
    noteRefusal(value, url, status, notes);
    readDocument(value, codeIn(url) ?? codeIn(input.url), { ...shared, from }, posts);
  }
  return { posts: posts.list(), ...notes.said };
}

export const instagramReader: SiteReader = {
  name: 'instagram',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
