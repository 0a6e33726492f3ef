/** All site readers, in the order in which they are asked. */
import { HoldfastError } from '../contract/errors.ts';
import type {
  AnswerHead,
  ReadingInput,
  RecordedExchange,
  SiteReader,
  SiteReading,
} from '../contract/reading.ts';
import { blueskyReader } from './bluesky/reader.ts';
import { facebookReader } from './facebook/reader.ts';
import { generalReader } from './general.ts';
import { instagramReader } from './instagram/reader.ts';
import { mastodonReader } from './mastodon/reader.ts';
import { addressFacts } from './platforms.ts';
import { liveAddress, type Replay, replayAddress } from './replay/address.ts';
import { markReplay } from './replay/mark.ts';
import { openReplay } from './replay/page.ts';
import { telegramReader } from './telegram/reader.ts';
import { tiktokReader } from './tiktok/reader.ts';
import { isPostNamed, namedPost } from './wall.ts';
import { xReader } from './x/reader.ts';
import { youtubeReader } from './youtube/reader.ts';

/** Readers of one platform come first; the general one reads what is left. */
export const siteReaders: readonly SiteReader[] = [
  xReader,
  mastodonReader,
  blueskyReader,
  telegramReader,
  youtubeReader,
  tiktokReader,
  facebookReader,
  instagramReader,
  generalReader,
];

export interface ReadBy {
  reader: SiteReader;
  reading: SiteReading;
  /** Read out of what a web archive replayed. */
  replay?: Replay;
}

function readLive(input: ReadingInput): ReadBy {
  for (const reader of siteReaders) {
    const reading = reader.read(input);
    if (reader === generalReader) return { reader, reading };
    // Where the platform says that it does not show the post, its words are nobody's post.
    if (reading.posts.length > 0 || (reading.absent ?? []).length > 0)
      return { reader, reading: { ...reading, notes: [checkedNote(reader), ...reading.notes] } };
  }
  throw new HoldfastError(
    'internal',
    'The list of site readers lacks the general reader, which must be its last.',
  );
}

/**
 * Reads a page with the first reader that finds a post in it; where none does, the general reader's notes say
 * why. A page that a web archive replays is read as the page that it was, and every post says so. Never throws for what
 * the input holds.
 */
export function readPage(input: ReadingInput): ReadBy {
  const [page, ...beside] = input.exchanges;
  const replayed = page === undefined ? null : openReplay(page, input.url ?? page.url);
  if (replayed === null) return readLive(input);
  const { exchange, replay } = replayed;
  const { reader, reading } = readLive({ ...input, url: replay.original, exchanges: [exchange, ...beside] });
  return { reader, reading: markReplay(reading, replay), replay };
}

function checkedNote({ name, version, lastCheckedAgainst }: SiteReader): string {
  return `Reader ${name} ${version}, last checked against: ${lastCheckedAgainst}.`;
}

/** Whether some reader reads posts out of such answers, beside the page itself. */
export function isWanted(answer: AnswerHead): boolean {
  const live = { ...answer, url: liveAddress(answer.url) };
  return siteReaders.some((reader) => reader.wants?.(live) ?? false);
}

function readWanted(input: ReadingInput): ReadBy[] {
  return siteReaders.flatMap((reader) => {
    const wanted = input.exchanges.filter((answer) => reader.wants?.(answer) ?? false);
    if (wanted.length === 0) return [];
    const { posts, notes, limits, absent = [] } = reader.read({ ...input, exchanges: wanted });
    if (posts.length === 0 && notes.length === 0) return [];
    return [{ reader, reading: { posts, notes: [checkedNote(reader), ...notes], limits, absent } }];
  });
}

/** The answer under the address that was replayed; its body is still read when it is asked for. */
function asLive(exchange: RecordedExchange, url: string): RecordedExchange {
  const { n, status, mediaType, charset } = exchange;
  return {
    ...(n === undefined ? {} : { n }),
    url,
    status,
    mediaType,
    charset,
    get body() {
      return exchange.body;
    },
  };
}

/** Answers that an archive replayed, of one archive and one time together. */
function readReplayed(input: ReadingInput, exchanges: readonly RecordedExchange[]): ReadBy[] {
  const groups = new Map<string, { replay: Replay; exchanges: RecordedExchange[] }>();
  for (const exchange of exchanges) {
    const replay = replayAddress(exchange.url);
    if (replay === null) continue;
    const key = `${replay.archive} ${replay.time?.raw ?? ''}`;
    const group = groups.get(key) ?? { replay, exchanges: [] };
    groups.set(key, group);
    group.exchanges.push(asLive(exchange, replay.original));
  }
  const recorded = new Map(exchanges.flatMap(({ n, url }) => (n === undefined ? [] : [[n, url] as const])));
  return [...groups.values()].flatMap(({ replay, exchanges: live }) =>
    readWanted({ ...input, exchanges: live }).map(({ reader, reading }) => ({
      reader,
      reading: markReplay(reading, replay, recorded),
      replay,
    })),
  );
}

/**
 * Reads the answers beside a page, each with the readers that want it: one reading a reader, of those that found
 * posts, or have to say why not. Its notes begin with the data that the reader was last checked against. What an archive
 * replayed is read apart from what came from the platform.
 */
export function readAnswers(input: ReadingInput): ReadBy[] {
  const replayed = input.exchanges.filter(({ url }) => replayAddress(url) !== null);
  const live = input.exchanges.filter((exchange) => !replayed.includes(exchange));
  return [...readWanted({ ...input, exchanges: live }), ...readReplayed(input, replayed)];
}

/**
 * Whether what was read from the answers is what the page at this address shows: the page is not read then. Nor is
 * one where the platform says that it does not show the post: its words would be taken for the author's.
 */
export function isCovered(url: string | null, read: readonly ReadBy[]): boolean {
  if (url === null) return false;
  const isReplay = replayAddress(url) !== null;
  const live = liveAddress(url);
  const platform = namedPost(live) === null ? null : (addressFacts(live)?.platform ?? null);
  // Of a host that is not known only a reader whose platform has no host of its own can say so.
  const id = namedPost(live) ?? /\/([^/?#]+)\/?(?:[?#]|$)/.exec(live)?.[1] ?? '';
  const isOfPage = (reader: SiteReader): boolean => reader.name === (platform ?? mastodonReader.name);
  return read.some(
    ({ reader, reading: { posts, absent = [] }, replay }) =>
      (replay !== undefined) === isReplay &&
      ((posts.length > 0 && (reader.covers?.(live, posts) ?? false)) ||
        (isOfPage(reader) && absent.some(({ platformId }) => isPostNamed(id, platformId)))),
  );
}
