/** X, from the answers that its pages ask for (GraphQL), and from its API v2. */
import type { PostContent } from '../../contract/model/post.ts';
import type { AnswerHead, ReadingInput, SiteReader, SiteReading } from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pathOf, shownAddress } from '../answers.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { complianceNote, isApiAnswer, readApiAnswer } from './api-v2.ts';
import { readGraphql } from './graphql.ts';

const hosts = ['x.com', 'twitter.com'];

export const lastCheckedAgainst =
  'recorded answers of X’s GraphQL from 2023, 2024 and July 2026 (twscrape test data) and of its API v2 from 2021 and 2022 (twarc-csv test data), 2026-11-29';

function wants(answer: AnswerHead): boolean {
  const isOurs = isHost(answer.url, hosts) && isJson(answer);
  return isOurs && /^\/(?:i\/api\/)?graphql\/|^\/(?:i\/api\/)?2\//.test(pathOf(answer.url));
}

/** The page shows the posts that were read, unless its address names one that was not. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  const facts = addressFacts(url);
  if (facts?.platform !== 'x') return false;
  return facts.platformId === null || posts.some(({ platformId }) => platformId === facts.platformId);
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  for (const { url, n, status, value } of answersOf(input, wants, notes)) {
    if (status >= 400) notes.add(`X answered ${status} for ${shownAddress(url)}.`);
    const site = isHost(url, ['twitter.com']) ? 'https://twitter.com' : 'https://x.com';
    const from = { url, ...(n === undefined ? {} : { n }) };
    const context = { site, from, addresses: input.addresses, notes };
    const event = complianceNote(value);
    if (event !== null) notes.add(event);
    else if (isApiAnswer(value)) readApiAnswer(value, context, posts);
    else readGraphql(value, context, posts);
  }
  return { posts: posts.list(), ...notes.said };
}

export const xReader: SiteReader = { name: 'x', version: '1', lastCheckedAgainst, wants, covers, read };
