/**
 * WARC: read twice from the archive, never held in memory. First every record is counted and every page read, then
 * the media that the posts name are taken out.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { contentType, isHtml } from '../../evidence/format/content-type.ts';
import { readExchange } from '../../evidence/warc/exchange.ts';
import { headerValue } from '../../evidence/warc/headers.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import type { WarcRecord } from '../../evidence/warc/record.ts';
import { streamBlob } from '../blobs.ts';
import {
  emptyContents,
  type FileContents,
  type FoundMedia,
  type FoundReading,
  type ImportSource,
} from './contents.ts';
import { joinMedia, mediaUrls, once } from './media.ts';
import { PageReadings } from './pages.ts';

/** Addresses that a warning about pages names, and the characters of each. */
const mostNamed = 5;
const longestNamed = 200;

function isPage(record: WarcRecord): boolean {
  const declared =
    record.http === null ? record.contentType : headerValue(record.http.headers, 'Content-Type');
  return isHtml(contentType(declared).essence);
}

async function* recordBytes(source: ImportSource, step: string): AsyncGenerator<Uint8Array> {
  const { archive, original, options } = source;
  let done = 0;
  for await (const chunk of streamBlob(archive, original.id)) {
    if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
    done += chunk.length;
    options.progress?.({ step, done, total: original.size, unit: 'bytes' });
    yield chunk;
  }
}

/** Bodies of the wanted addresses, the first good answer of each. What is wrong with one is added to `warnings`. */
async function stageWanted(
  source: ImportSource,
  wanted: ReadonlySet<string>,
  warnings: FileContents['warnings'],
): Promise<Map<string, FoundMedia>> {
  const found = new Map<string, FoundMedia>();
  for await (const record of new WarcReader(
    recordBytes(source, `Taking media out of ${source.name}`),
  ).records()) {
    const url = record.targetUri;
    if (url === null || !wanted.has(url) || found.has(url)) continue;
    const { exchange, warnings: said } = await readExchange(record);
    warnings.push(...said);
    if (exchange === null || exchange.status !== 200 || exchange.body.length === 0) continue;
    found.set(url, {
      bytes: await source.stage(once(exchange.body)),
      isStaged: true,
      mediaType: exchange.mediaType,
      name: url,
    });
  }
  return found;
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

export async function readWarcFile(source: ImportSource): Promise<FileContents> {
  const reader = new WarcReader(recordBytes(source, `Reading ${source.name}`));
  const pages = new PageReadings();
  const warnings: { code: string; message: string }[] = [];
  const others = new OtherAnswers();
  let first: { url: string | null; date: string | null } | null = null;
  let exchangeCount = 0;
  for await (const record of reader.records()) {
    if (record.type !== 'response' && record.type !== 'resource') continue;
    exchangeCount += 1;
    if (!isPage(record)) continue;
    const { exchange, warnings: found } = await readExchange(record);
    warnings.push(...found);
    if (exchange === null) continue;
    if (exchange.status !== 200) {
      others.add(exchange.status, record.targetUri);
      continue;
    }
    first ??= { url: record.targetUri, date: record.date };
    pages.add(record.targetUri, exchange);
  }
  const { account } = reader;
  warnings.push(...account.warnings);
  warnings.push(...others.warnings, ...pages.warnings);
  if (account.stopped !== null) warnings.push({ code: 'warc-damaged', message: account.stopped });
  const readings: FoundReading[] = pages.all();
  const wanted = mediaUrls(readings);
  const media =
    wanted.size === 0 ? new Map<string, FoundMedia>() : await stageWanted(source, wanted, warnings);
  const joined = await joinMedia(source.stage, readings, (url) => media.get(url) ?? null);
  return {
    ...emptyContents,
    url: first?.url ?? null,
    savedAt: first?.date ?? null,
    records: account.records,
    exchangeCount,
    warnings,
    ...joined,
  };
}
