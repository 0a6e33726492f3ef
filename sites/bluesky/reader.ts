/** Bluesky, from the answers of its application (XRPC) and of the servers that hold the records. */
import type { PostContent } from '../../contract/model/post.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pathOf, shownAddress } from '../answers.ts';
import { objectAt, stringAt } from '../json/members.ts';
import { objectsOf } from '../json/walk.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { foundPost, goneWords, type PostContext, readPost, readRepost } from './post.ts';

export const lastCheckedAgainst =
  'recorded answers of 2023 and 2024: one thread with media, one record (AT Protocol SDK test data), 2026-11-29';

const wanted = /^\/xrpc\/(?:app\.bsky\.(?:feed|unspecced|notification|bookmark)\.|com\.atproto\.repo\.)\w+/;

function wants(answer: AnswerHead): boolean {
  return isJson(answer) && wanted.test(pathOf(answer.url));
}

/** The page shows the posts that were read, unless its address names one that was not. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  if (!isHost(url, ['bsky.app'])) return false;
  const key = addressFacts(url)?.platformId ?? null;
  return key === null || posts.some(({ platformId }) => platformId?.endsWith(`/${key}`));
}

function readAnswer(document: unknown, context: PostContext, posts: CollectedPosts): void {
  for (const { value } of objectsOf(document, context.notes)) {
    const found = foundPost(value);
    if (found !== null) posts.add(found.uri.uri, readPost(found, context));
    const gone = goneWords(value);
    const uri = stringAt(value, 'uri');
    if (gone !== null && uri !== null) context.notes.notShown(uri, `The post ${gone}`);
    if (gone !== null) context.notes.add(`A post ${gone}`);
    const reason = objectAt(value, 'reason');
    const shown = objectAt(value, 'post');
    const original = shown === null ? null : foundPost(shown);
    if (
      reason === null ||
      original === null ||
      stringAt(reason, '$type') !== 'app.bsky.feed.defs#reasonRepost'
    )
      continue;
    const repost = readRepost(reason, original, context);
    posts.add(repost.platformId ?? `${repost.author.platformId} ${original.uri.uri}`, repost);
  }
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  for (const { url, from, status, value } of answersOf(input, wants, notes)) {
    const error = stringAt(value, 'message') ?? stringAt(value, 'error');
    if (status >= 400 && error !== null)
      notes.add(`${shownAddress(url)} was answered with ${status}: ${error}`);
    readAnswer(value, { from, addresses: input.addresses, notes }, posts);
  }
  return { posts: posts.list(), ...notes.said };
}

export const blueskyReader: SiteReader = {
  name: 'bluesky',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
