/** X, from the answers that its pages ask for (GraphQL), and from its API v2. */
import type { PostContent } from '../../contract/model/post.ts';
import type {
  AnswerHead,
  ReadingInput,
  RecordedExchange,
  SiteReader,
  SiteReading,
} from '../../contract/reading.ts';
import { answersOf, isHost, isJson, pathOf, shownAddress } from '../answers.ts';
import { openPage } from '../general/page.ts';
import { partsBudget } from '../html/parts.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { complianceNote, isApiAnswer, readApiAnswer } from './api-v2.ts';
import { readGraphql } from './graphql.ts';
import { readOldPage } from './old-page.ts';
import { readOEmbed, readSyndicated } from './syndication.ts';

const hosts = ['x.com', 'twitter.com'];

export const lastCheckedAgainst =
  'recorded answers of X’s GraphQL from 2023, 2024 and July 2026 (twscrape test data) and of its API v2 from 2021 and 2022 (twarc-csv test data), and a profile page of June 2019 as its servers made it (netpreserve-twitter-2019.warc), 2026-11-29; embedded posts: answers written for this project, no real recording';

/** Where pages that embed a post ask for it. */
function isEmbedding({ url }: AnswerHead): boolean {
  return (isHost(url, ['cdn.syndication.twimg.com']) && pathOf(url) === '/tweet-result') || isOEmbed(url);
}

function isOEmbed(url: string): boolean {
  return (
    isHost(url, ['publish.twitter.com', 'publish.x.com', 'api.twitter.com']) && /\/oembed$/.test(pathOf(url))
  );
}

function wants(answer: AnswerHead): boolean {
  if (!isJson(answer)) return false;
  if (isEmbedding(answer)) return true;
  return (
    isHost(answer.url, hosts) && /^\/(?:i\/api\/)?graphql\/|^\/(?:i\/api\/)?2\//.test(pathOf(answer.url))
  );
}

/** A page of the platform: only those that its servers made hold posts. */
function isPage({ url, mediaType }: AnswerHead): boolean {
  return mediaType === 'text/html' && isHost(url, hosts);
}

function readHtml(
  exchange: RecordedExchange,
  input: ReadingInput,
  notes: Notes,
  posts: CollectedPosts,
): void {
  const page = openPage(exchange, exchange.url, notes);
  if (typeof page === 'string') return;
  const { n, url } = exchange;
  const from = n === undefined ? null : { n, url };
  readOldPage({ page, budget: partsBudget(), from, addresses: input.addresses }, posts);
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
  for (const exchange of input.exchanges) if (isPage(exchange)) readHtml(exchange, input, notes, posts);
  for (const { url, from, status, value } of answersOf(input, wants, notes)) {
    if (status >= 400) notes.add(`X answered ${status} for ${shownAddress(url)}.`);
    const isOld = isHost(url, ['twitter.com', 'twimg.com']);
    const site = isOld ? 'https://twitter.com' : 'https://x.com';
    const context = { site, from, addresses: input.addresses, notes };
    const event = complianceNote(value);
    if (event !== null) notes.add(event);
    else if (isOEmbed(url)) readOEmbed(value, context, posts);
    else if (isHost(url, ['cdn.syndication.twimg.com'])) readSyndicated(value, context, posts);
    else if (isApiAnswer(value)) readApiAnswer(value, context, posts);
    else readGraphql(value, context, posts);
  }
  return { posts: posts.list(), ...notes.said };
}

export const xReader: SiteReader = { name: 'x', version: '2', lastCheckedAgainst, wants, covers, read };
