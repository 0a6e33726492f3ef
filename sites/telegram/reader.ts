/** Telegram's public previews of channels (t.me/s/name) and embedded posts (t.me/name/12?embed=1). */
import type { PostContent } from '../../contract/model/post.ts';
import type {
  AnswerHead,
  ReadingInput,
  RecordedExchange,
  SiteReader,
  SiteReading,
} from '../../contract/reading.ts';
import { isHost, isJson, pathOf, shownAddress } from '../answers.ts';
import { openPage, type Page } from '../general/page.ts';
import { hasClass, partsBudget } from '../html/parts.ts';
import { parseJson } from '../json/parse.ts';
import { Notes } from '../notes.ts';
import { addressFacts } from '../platforms.ts';
import { CollectedPosts } from '../post/collected.ts';
import { postNameOf, readMessage } from './message.ts';

const hosts = ['t.me', 'telegram.me', 'telegram.dog'];

export const lastCheckedAgainst =
  'pages written for this project after the public markup, 2026-11-29; no real recording. The markup was compared by eye with messages of a test channel from February 2023 (tchan test data)';

/** Whose messages a page shows when it is scrolled, or a post that another page embeds. */
function wants(answer: AnswerHead): boolean {
  if (!isHost(answer.url, hosts)) return false;
  const path = pathOf(answer.url);
  return isJson(answer)
    ? /^\/s\/\w+/.test(path)
    : answer.mediaType === 'text/html' && /^\/(?:s\/)?[A-Za-z]\w{2,31}(?:\/\d+)?$/.test(path);
}

/** What loads when a preview is scrolled: JSON that is a string of HTML. */
function htmlIn(exchange: RecordedExchange, notes: Notes): RecordedExchange | null {
  if (!isJson(exchange)) return exchange;
  const { values, faults } = parseJson(exchange.body);
  for (const fault of faults) notes.add(`The answer of ${shownAddress(exchange.url)} ${fault}.`);
  const [html] = values;
  if (typeof html !== 'string') return null;
  const { n, url, status } = exchange;
  return {
    ...(n === undefined ? {} : { n }),
    url,
    status,
    mediaType: 'text/html',
    charset: 'utf-8',
    body: new TextEncoder().encode(html),
  };
}

function readHtml(given: RecordedExchange, input: ReadingInput, notes: Notes, posts: CollectedPosts): void {
  const exchange = htmlIn(given, notes);
  if (exchange === null) return;
  const page = openPage(exchange, exchange.url, notes);
  if (typeof page === 'string') {
    notes.add(page);
    return;
  }
  const { n, url } = given;
  const budget = partsBudget();
  const context = {
    page,
    budget,
    from: { url, ...(n === undefined ? {} : { n }) },
    addresses: input.addresses,
  };
  for (const element of page.elements) {
    if (hasClass(element, 'tgme_widget_message_error') || hasClass(element, 'err_message')) {
      const said = page.text(element).text;
      const platformId = addressFacts(url)?.platformId ?? null;
      notes.add(`Telegram says of ${shownAddress(url)}: ${said}`);
      if (platformId !== null) notes.notShown(platformId, said);
    }
    const name = postNameOf(element);
    const post = name === null ? null : readMessage(element, context);
    if (name !== null && post !== null) posts.add(name, post);
  }
  noteChannel(page, notes);
  if (budget.left <= 0)
    notes.limit('The page nests its messages so deeply that parts of some were not read.');
}

/** What the page says of the channel as a whole. */
function noteChannel(page: Page, notes: Notes): void {
  const info = page.elements.find((element) => hasClass(element, 'tgme_channel_info'));
  if (info === undefined) return;
  const words = page.text(info).text.replace(/\s+/g, ' ').slice(0, 300);
  if (words !== '') notes.add(`The page says of the channel: ${words}`);
}

function isOurs({ url, mediaType }: AnswerHead): boolean {
  return isHost(url, hosts) && (mediaType === 'text/html' || mediaType === 'application/json');
}

function read(input: ReadingInput): SiteReading {
  const notes = new Notes();
  const posts = new CollectedPosts(notes);
  for (const exchange of input.exchanges)
    if (isOurs({ ...exchange, url: exchange.url === '' ? (input.url ?? '') : exchange.url }))
      readHtml(exchange.url === '' ? { ...exchange, url: input.url ?? '' } : exchange, input, notes, posts);
  return { posts: posts.list(), ...notes.said };
}

/** A page around an embedded post shows that post; a preview of a channel shows more than was loaded later. */
function covers(url: string, posts: readonly PostContent[]): boolean {
  const facts = addressFacts(url);
  const id = facts?.platform === 'telegram' && !pathOf(url).startsWith('/s/') ? facts.platformId : null;
  return id !== null && posts.some(({ platformId }) => platformId?.toLowerCase() === id.toLowerCase());
}

export const telegramReader: SiteReader = {
  name: 'telegram',
  version: '1',
  lastCheckedAgainst,
  wants,
  covers,
  read,
};
