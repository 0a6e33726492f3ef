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

export async function readWarcFile(source: ImportSource): Promise<FileContents> {
  const reader = new WarcReader(recordBytes(source, `Reading ${source.name}`));
  const pages = new PageReadings();
  const warnings: { code: string; message: string }[] = [];
  let first: { url: string | null; date: string | null } | null = null;
  let exchangeCount = 0;
  for await (const record of reader.records()) {
    if (record.type !== 'response' && record.type !== 'resource') continue;
    exchangeCount += 1;
    if (!isPage(record)) continue;
    const { exchange, warnings: found } = await readExchange(record);
    warnings.push(...found);
    if (exchange === null || exchange.status !== 200) continue;
    first ??= { url: record.targetUri, date: record.date };
    pages.add(record.targetUri, exchange);
  }
  const { account } = reader;
  warnings.push(...account.warnings);
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
