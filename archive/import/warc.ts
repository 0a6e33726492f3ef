/**
 * WARC: read twice from the archive, never held in memory. First every record is counted and every page read, then
 * the media that the posts name are taken out.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { once } from '../../contract/once.ts';
import { contentType, isHtml } from '../../evidence/format/content-type.ts';
import { readExchange } from '../../evidence/warc/exchange.ts';
import { headerValue } from '../../evidence/warc/headers.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import type { WarcRecord } from '../../evidence/warc/record.ts';
import { isWanted } from '../../sites/readers.ts';
import { liveAddress } from '../../sites/replay/address.ts';
import { streamStored } from '../blobs.ts';
import {
  emptyContents,
  type FileContents,
  type FileSource,
  type FoundMedia,
  type FoundReading,
} from './contents.ts';
import { joinMedia, mediaUrls } from './media.ts';
import { PageReadings } from './pages.ts';

const isMedium = /^(?:image|video|audio)\//;
/** Addresses that a warning about pages names, and the characters of each. */
const mostNamed = 5;
const longestNamed = 200;

function mediaTypeOf(record: WarcRecord): string {
  const declared =
    record.http === null ? record.contentType : headerValue(record.http.headers, 'Content-Type');
  return contentType(declared).essence;
}

/** One WARC file: its bytes from the start, each time it is asked. `step` is what a person is told meanwhile. */
export type WarcStream = (step: string) => AsyncIterable<Uint8Array>;

async function* originalBytes(source: FileSource, step: string): AsyncGenerator<Uint8Array> {
  const { archive, stored, options } = source;
  let done = 0;
  for await (const chunk of streamStored(archive, stored)) {
    if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
    done += chunk.length;
    options.progress?.({ step, done, total: stored.size, unit: 'bytes' });
    yield chunk;
  }
}

/** Bodies of the wanted addresses, the first good answer of each. What is wrong with one is added to `warnings`. */
async function stageWanted(
  source: FileSource,
  stream: WarcStream,
  wanted: ReadonlySet<string>,
  found: Map<string, FoundMedia>,
  warnings: FileContents['warnings'],
): Promise<void> {
  for await (const record of new WarcReader(stream(`Taking media out of ${source.name}`)).records()) {
    const recorded = record.targetUri;
    if (recorded === null) continue;
    const url = wanted.has(recorded) ? recorded : liveAddress(recorded);
    if (!wanted.has(url) || found.has(url)) continue;
    const { exchange, warnings: said } = await readExchange(record);
    warnings.push(...said);
    if (exchange === null || exchange.status !== 200 || exchange.body.length === 0) continue;
    found.set(url, {
      bytes: await source.stage(once(exchange.body)),
      isStaged: true,
      mediaType: exchange.mediaType,
      name: recorded,
    });
  }
}

/** Pages that a server answered with something else than the page: counted by status, the first of each named. */
class OtherAnswers {
  readonly #byStatus = new Map<number, { count: number; first: string[] }>();

  add(status: number, url: string | null): void {
    const seen = this.#byStatus.get(status) ?? { count: 0, first: [] };
    this.#byStatus.set(status, seen);
    seen.count += 1;
    if (url !== null && seen.first.length < mostNamed) seen.first.push(url.slice(0, longestNamed));
  }

  get warnings(): FileContents['warnings'] {
    return [...this.#byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, { count, first }]) => {
        const named = count > first.length ? `, ${first.length} of them` : '';
        const what = count === 1 ? '1 page was' : `${count} pages were`;
        return {
          code: 'warc-page-not-read',
          message: `${what} answered with status ${status}, not 200: kept, no posts were read${named}: ${first.join(' ')}`,
        };
      });
  }
}

export function readWarcFile(source: FileSource): Promise<FileContents> {
  return readWarcStreams(source, [(step) => originalBytes(source, step)]);
}

/** What was counted and read in one or several WARC files that belong together. */
class WarcContents {
  readonly pages = new PageReadings();
  readonly #warnings: { code: string; message: string }[] = [];
  readonly #others = new OtherAnswers();
  readonly records: Record<string, number> = {};
  first: { url: string | null; date: string | null } | null = null;
  exchangeCount = 0;

  /** What was read, and every warning of the way there. */
  finish(): { readings: FoundReading[]; warnings: FileContents['warnings'] } {
    const { readings, warnings } = this.pages.finish();
    return { readings, warnings: [...this.#warnings, ...this.#others.warnings, ...warnings] };
  }

  async read(stream: AsyncIterable<Uint8Array>): Promise<void> {
    const reader = new WarcReader(stream);
    for await (const record of reader.records()) {
      if (record.type !== 'response' && record.type !== 'resource') continue;
      this.exchangeCount += 1;
      const mediaType = mediaTypeOf(record);
      const answer = { url: record.targetUri ?? '', status: record.http?.status ?? 200, mediaType };
      // A reader's answer first: some platforms send their JSON under the type of pages.
      if (isWanted(answer)) await this.#answer(record);
      else if (isHtml(mediaType)) await this.#page(record);
      else if (isMedium.test(mediaType)) this.pages.addAddress(answer.url);
    }
    const { account } = reader;
    for (const [type, count] of Object.entries(account.records))
      this.records[type] = (this.records[type] ?? 0) + count;
    this.#warnings.push(...account.warnings);
    if (account.stopped !== null) this.#warnings.push({ code: 'warc-damaged', message: account.stopped });
  }

  /** Also what a server refused: the reader says so. */
  async #answer(record: WarcRecord): Promise<void> {
    const { exchange, warnings } = await readExchange(record);
    this.#warnings.push(...warnings);
    if (exchange !== null) this.pages.addAnswer(exchange);
  }

  async #page(record: WarcRecord): Promise<void> {
    const { exchange, warnings } = await readExchange(record);
    this.#warnings.push(...warnings);
    if (exchange === null) return;
    if (exchange.status !== 200) {
      this.#others.add(exchange.status, record.targetUri);
      return;
    }
    this.first ??= { url: record.targetUri, date: record.date };
    this.pages.add(record.targetUri, exchange);
  }
}

/** Reads WARC files that make up one capture, each of them twice. */
export async function readWarcStreams(
  source: FileSource,
  streams: readonly WarcStream[],
): Promise<FileContents> {
  const contents = new WarcContents();
  for (const stream of streams) await contents.read(stream(`Reading ${source.name}`));
  const { first, records, exchangeCount } = contents;
  const { readings, warnings } = contents.finish();
  const wanted = mediaUrls(readings);
  const media = new Map<string, FoundMedia>();
  if (wanted.size > 0)
    for (const stream of streams) await stageWanted(source, stream, wanted, media, warnings);
  const joined = await joinMedia(source.stage, readings, (url) => media.get(url) ?? null);
  return {
    ...emptyContents,
    url: first?.url ?? null,
    savedAt: first?.date ?? null,
    records,
    exchangeCount,
    warnings,
    ...joined,
  };
}
