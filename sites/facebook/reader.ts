/** Facebook: what its pages hold in their scripts, and what they ask for (api/graphql). */
import type { PostContent } from '../../contract/model/post.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, pagesOf, pathOf, shownAddress } from '../answers.ts';
import { jsonScripts } from '../html/json-scripts.ts';
import { stringAt } from '../json/members.ts';
import { objectsOf } from '../json/walk.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { unavailableWords } from '../unavailable.ts';
import { isNamed, namedPost } from '../wall.ts';
import { hosts } from './account.ts';
import { isComment, readComment } from './comment.ts';
import { postIdOf } from './ids.ts';
import { isPhoto, readPhoto } from './photo.ts';
import {
  type FacebookContext,
  factsOf,
  freshBudget,
  isStory,
  join,
  type StoryFacts,
  storyPost,
} from './story.ts';

export const lastCheckedAgainst =
  'pages and answers written for this project after public descriptions of them, 2026-11-29; no real recording. The shape of comments was compared by eye with one recorded answer of a public project';

const notShown =
  /^(?:(?:Sorry, )?this (?:content|page) isn['’]t available|This content is no longer available|Dieser Inhalt ist (?:derzeit|momentan) nicht verfügbar|Ce contenu n['’]est pas disponible|Este contenido no está disponible|Questo contenuto non è (?:al momento )?disponibile|هذا المحتوى غير (?:متاح|متوفر)|این محتوا (?:اکنون|در حال حاضر) در دسترس نیست)/i;

function isApi(url: string): boolean {
  return /^\/api\/graphql(?:batch)?\/?$/.test(pathOf(url));
}

/** Its JSON comes under several types, that of pages among them. */
function wants({ url, mediaType }: AnswerHead): boolean {
  return isHost(url, hosts) && isApi(url) && /html|json|javascript|text\/plain/.test(mediaType);
}

function covers(url: string, posts: readonly PostContent[]): boolean {
  if (addressFacts(url)?.platform !== 'facebook') return false;
  const named = namedPost(url);
  return named === null || isRead(named, posts);
}

function isRead(named: string, posts: readonly PostContent[]): boolean {
  return posts.some((post) => post.kind !== 'reply' && isNamed(named, post));
}

/** Posts as they are put together, by their ids: one, and as many more as there are other words under its id. */
class Stories {
  readonly #facts = new Map<string, StoryFacts[]>();

  add(facts: StoryFacts): void {
    const known = this.#facts.get(facts.id);
    if (known === undefined) {
      this.#facts.set(facts.id, [facts]);
      return;
    }
    const same = known.findIndex(({ text }) => text === '' || facts.text === '' || text === facts.text);
    const found = known[same];
    if (found === undefined) known.push(facts);
    else known[same] = join(found, facts);
  }

  addTo(posts: CollectedPosts): void {
    for (const [id, states] of this.#facts)
      for (const state of states) {
        const post = storyPost(state);
        if (post !== null) posts.add(id, post);
      }
  }
}

/** `besides`: pictures and comments. */
function readDocument(
  document: unknown,
  context: FacebookContext,
  stories: Stories,
  besides: CollectedPosts,
): void {
  const { notes } = context;
  for (const { value, name, within } of objectsOf(document, notes, 'post_id')) {
    // In a post of the same id it is a part of that one, which is looked through as a whole.
    const isPart = within !== null && within === postIdOf(value);
    if (isStory(value, name) && !isPart) stories.add(factsOf(value, context));
    else if (isPhoto(value, name)) {
      const post = readPhoto(value, context);
      besides.add(`photo ${post.platformId}`, post);
    } else if (isComment(value)) {
      const post = readComment(value, context);
      besides.add(`comment ${post.platformId}`, post);
    }
    const message = name === 'errors' ? stringAt(value, 'message') : null;
    if (message !== null) notes.add(`Facebook answered with an error: ${message}`);
  }
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const [posts, besides] = [new CollectedPosts(notes), new CollectedPosts(notes)];
  const stories = new Stories();
  const shared = { addresses: input.addresses, notes, budget: freshBudget() };
  const unavailable: [named: string, words: string][] = [];
  for (const { page, url, from } of pagesOf(input, (url) => isHost(url, hosts) && !isApi(url), notes)) {
    for (const document of jsonScripts(page)) readDocument(document, { ...shared, from }, stories, besides);
    const named = namedPost(url);
    const words = named === null ? null : unavailableWords(page, notShown);
    if (named !== null && words !== null) unavailable.push([named, words]);
  }
  for (const { url, from, status, value } of answersOf(input, wants, notes)) {
    if (status >= 400) notes.add(`Facebook answered ${status} for ${shownAddress(url)}.`);
    readDocument(value, { ...shared, from }, stories, besides);
  }
  stories.addTo(posts);
  const list = [...posts.list(), ...besides.list()];
  for (const [named, words] of unavailable) {
    if (isRead(named, list)) continue;
    notes.add(`Facebook says in the place of the post: ${words}`);
    notes.notShown(named, words);
  }
  return { posts: list, ...notes.said };
}

export const facebookReader: SiteReader = {
  name: 'facebook',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
