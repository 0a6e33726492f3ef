/** Mastodon, and servers that answer alike, from the answers of their API. */
import type { PostContent } from '../../contract/model/post.ts';
import type { PostVersion } from '../../contract/model/post-facts.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { type Answer, answersOf, hostOf, isJson, pathOf, shownAddress } from '../answers.ts';
import { isObject, objectAt, stringAt } from '../json/members.ts';
import { objectsOf } from '../json/walk.ts';
import { languageTag } from '../language.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { timeIn } from '../post/times.ts';
import { wellFormed } from '../well-formed.ts';
import { idIn, isStatus, keyOf, readStatus, type StatusContext } from './status.ts';
import { textOfContent } from './text.ts';

export const lastCheckedAgainst =
  'recorded answers of a Mastodon 4.5 server from August 2026 (Mastodon.py test cassettes), 2026-11-29';

const wanted =
  /^\/api\/v[12]\/(?:statuses|timelines|accounts|search|trends|bookmarks|favourites|notifications|conversations)(?:\/|$)/;

function wants(answer: AnswerHead): boolean {
  return isJson(answer) && wanted.test(pathOf(answer.url));
}

/** The page shows the posts that were read, unless its address names one that was not. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  const host = hostOf(url);
  // Posts of other servers keep their own address: the answer came from this one.
  const answeredBy = ({ sourceOfText }: PostContent) =>
    sourceOfText?.found === 'network' ? hostOf(sourceOfText.url) : null;
  const ours = posts.filter((post) => hostOf(post.url ?? '') === host || answeredBy(post) === host);
  const id = addressFacts(url)?.platformId ?? /^\/@[^/]+\/(\w+)$/.exec(pathOf(url))?.[1] ?? null;
  return ours.length > 0 && (id === null || ours.some(({ platformId }) => platformId === id));
}

/** What other answers say of a post: its earlier states, its translation. */
class Beside {
  readonly versions = new Map<string, PostVersion[]>();
  readonly translations = new Map<string, NonNullable<PostContent['translation']>>();

  add({ url, value }: Answer, notes: Notes): boolean {
    const [, id, what] = /\/api\/v1\/statuses\/([\w-]+)\/(history|translate)$/.exec(pathOf(url)) ?? [];
    if (id === undefined) return false;
    if (what === 'history') this.#history(keyOf(url, id), value, notes);
    else this.#translation(keyOf(url, id), value);
    return true;
  }

  #history(key: string, value: unknown, notes: Notes): void {
    const versions = (Array.isArray(value) ? value : []).filter(isObject).map((state) => {
      const content = stringAt(state, 'content');
      const at = timeIn(stringAt(state, 'created_at'), 'created_at in the history of the post', notes);
      const text = content === null ? null : wellFormed(textOfContent(content, false).text).text;
      return { platformId: null, at: at === null ? null : { ...at, raw: wellFormed(at.raw).text }, text };
    });
    // The same history is asked for again after an edit: the longer one holds the other.
    if (versions.length > (this.versions.get(key)?.length ?? 1))
      this.versions.set(key, versions.slice(0, 200));
  }

  #translation(key: string, value: unknown): void {
    const content = stringAt(value, 'content');
    if (content === null) return;
    const text = wellFormed(textOfContent(content, false).text).text;
    this.translations.set(key, { text, language: languageTag(stringAt(value, 'language')) });
  }

  addTo(posts: CollectedPosts): void {
    for (const [key, versions] of this.versions) posts.change(key, (post) => ({ ...post, versions }));
    for (const [key, translation] of this.translations)
      posts.change(key, (post) => ({ ...post, translation }));
  }
}

/** Not found, gone, unavailable for legal reasons. */
const notThere: ReadonlySet<number> = new Set([404, 410, 451]);

function readAnswer({ url, value }: Answer, context: StatusContext, posts: CollectedPosts): void {
  for (const { value: object } of objectsOf(value, context.notes)) {
    if (isStatus(object)) posts.add(keyOf(url, idIn(object, 'id') ?? ''), readStatus(object, context));
  }
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  const beside = new Beside();
  for (const answer of answersOf(input, wants, notes)) {
    const { url, from, status, value } = answer;
    const error = stringAt(objectAt({ value }, 'value'), 'error');
    // Other programs have such paths as well: only of a post is it said.
    const [, asked, more] = /^\/api\/v1\/statuses\/([\w-]+)(.*)$/.exec(pathOf(url)) ?? [];
    if (status >= 400 && error !== null && asked !== undefined) {
      // To be asked to sign in or to wait, or a fault of the server, says nothing of the post.
      if (more === '' && notThere.has(status)) notes.notShown(asked, `${status}: ${error}`);
      notes.add(`${shownAddress(url)} was answered with ${status}: ${error}`);
    }
    if (beside.add(answer, notes)) continue;
    readAnswer(answer, { from, addresses: input.addresses, notes }, posts);
  }
  beside.addTo(posts);
  return { posts: posts.list(), ...notes.said };
}

export const mastodonReader: SiteReader = {
  name: 'mastodon',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
