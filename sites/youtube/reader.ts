/** YouTube: what its watch pages hold in their scripts, and what they ask for (youtubei/v1: next, browse, player). */
import type { PostContent } from '../../contract/model/post.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pagesOf, pathOf, shownAddress } from '../answers.ts';
import type { Page } from '../general/page.ts';
import { ownText } from '../html/parse.ts';
import { jsonGivenTo } from '../json/in-script.ts';
import { isObject, objectAt, stringAt } from '../json/members.ts';
import { parseJson } from '../json/parse.ts';
import { objectsOf } from '../json/walk.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { readCommentEntity, readCommentRenderer } from './comment.ts';
import { isCommunityPost, readCommunityPost } from './community.ts';
import { isPlayerAnswer, isVideoId, panelsIn, playability, readVideo, type YoutubeContext } from './video.ts';

const hosts = ['youtube.com', 'youtu.be', 'youtube-nocookie.com'];

export const lastCheckedAgainst =
  'pages and answers written for this project after the public ones, 2026-11-29; no real recording. The shape of comments was compared by eye with one recorded answer (NewPipeExtractor test data)';

function wants(answer: AnswerHead): boolean {
  return (
    isHost(answer.url, hosts) &&
    isJson(answer) &&
    /^\/youtubei\/v1\/(?:next|browse|player)$/.test(pathOf(answer.url))
  );
}

/** Comments alone do not make up the page of a video. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  const facts = addressFacts(url);
  return (
    facts?.platform === 'youtube' &&
    facts.platformId !== null &&
    posts.some(({ platformId, kind }) => platformId === facts.platformId && kind !== 'reply')
  );
}

/** Which comment stands under which video: the addresses of comments name both. */
class Places {
  readonly #byComment = new Map<string, string>();
  readonly #page: string | null;

  constructor(page: string | null) {
    const facts = addressFacts(page);
    this.#page = facts?.platform === 'youtube' && isVideoId(facts.platformId) ? facts.platformId : null;
  }

  look(url: string | null): void {
    const [, video, comment] = /^\/watch\?v=([\w-]{11})&lc=([\w.-]{10,130})/.exec(url ?? '') ?? [];
    if (video !== undefined && comment !== undefined) this.#byComment.set(comment, video);
  }

  readonly videoOf = (comment: string): string | null =>
    this.#byComment.get(comment) ?? this.#byComment.get(comment.split('.')[0] ?? '') ?? this.#page;
}

/** Adds what one document holds: a player's answer, a list of comments, a channel's posts. */
function readDocument(
  document: unknown,
  page: string | null,
  context: YoutubeContext,
  posts: CollectedPosts,
): void {
  if (isPlayerAnswer(document)) {
    const video = readVideo(document, context);
    if (video?.platformId != null) posts.add(video.platformId, video);
    else noteAbsent(document, page, context);
  }
  const places = new Places(page);
  for (const { value } of objectsOf(document, context.notes)) places.look(stringAt(value, 'url'));
  for (const { value, name } of objectsOf(document, context.notes)) {
    const post =
      name === 'commentEntityPayload'
        ? readCommentEntity(value, places.videoOf, context)
        : name === 'commentRenderer'
          ? readCommentRenderer(value, places.videoOf, context)
          : isCommunityPost(value, name)
            ? readCommunityPost(value, context)
            : null;
    if (post?.platformId != null) posts.add(post.platformId, post);
  }
}

/**
 * The video that the page's address names, where the player in that very page says that it is not shown. What a player
 * is answered beside the page can be of another video; to be asked to sign in, or for an age, says nothing of the video.
 */
function noteAbsent(document: unknown, page: string | null, { notes, from }: YoutubeContext): void {
  const facts = addressFacts(page);
  const why = playability(document);
  if (facts?.platform !== 'youtube' || !isVideoId(facts.platformId) || why === null) return;
  const isOfPage = from === null || addressFacts(from.url)?.platformId === facts.platformId;
  if (isOfPage && !/^(?:LOGIN_REQUIRED|AGE_|CONTENT_CHECK)/.test(why)) notes.notShown(facts.platformId, why);
}

/** What YouTube says about the video of the page, beside it. */
function addPanels(
  document: unknown,
  page: string | null,
  { notes }: YoutubeContext,
  posts: CollectedPosts,
): void {
  const id =
    stringAt(objectAt(document, 'currentVideoEndpoint', 'watchEndpoint'), 'videoId') ??
    addressFacts(page)?.platformId ??
    null;
  const panels = id !== null && posts.has(id) ? panelsIn(document, notes) : [];
  if (id !== null && panels.length > 0)
    posts.change(id, (post) => ({ ...post, notices: [...(post.notices ?? []), ...panels] }));
}

function readPage(page: Page, url: string, context: YoutubeContext, posts: CollectedPosts): void {
  const scripts = page.elements.filter(({ tagName }) => tagName === 'script').map(ownText);
  const given = (name: string) =>
    scripts
      .filter((script) => script.includes(name))
      .flatMap((script) => jsonGivenTo(name, script))
      .flatMap((json) => parseJson(new TextEncoder().encode(json)).values)
      .filter(isObject);
  for (const player of given('ytInitialPlayerResponse')) readDocument(player, url, context, posts);
  for (const data of given('ytInitialData')) {
    readDocument(data, url, context, posts);
    addPanels(data, url, context, posts);
  }
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  const shared = { addresses: input.addresses, notes };
  for (const { page, url, from } of pagesOf(input, (url) => isHost(url, hosts), notes))
    readPage(page, url, { ...shared, from }, posts);
  for (const { url, from, status, value } of answersOf(input, wants, notes)) {
    if (status >= 400) notes.add(`YouTube answered ${status} for ${shownAddress(url)}.`);
    readDocument(value, input.url, { ...shared, from }, posts);
    addPanels(value, input.url, { ...shared, from }, posts);
  }
  return { posts: posts.list(), ...notes.said };
}

export const youtubeReader: SiteReader = {
  name: 'youtube',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
