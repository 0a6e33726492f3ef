/**
 * Cuts a WACZ of ours down to what exhibits need: each record that stays is the same bytes as before; index, pages and
 * description are made anew and say that they are derived. The file is a stream that is read out of the whole one.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import type { Id, Instant } from '../../contract/model/common.ts';
import { textLines } from '../format/lines.ts';
import { type ByteSource, pieces, within } from '../source/byte-source.ts';
import { walkRecords } from '../warc/walk.ts';
import { measureRecord, memoryBody, type RecordDraft, recordBytes, warcFields } from '../warc/write.ts';
import { recordId } from '../warc/write-id.ts';
import { nodeCrc32 } from '../zip/crc32-node.ts';
import { openZip, type StoredEntry } from '../zip/reader.ts';
import { asciiJson } from './cdxj.ts';
import { chooseRecords, type NeededByPosts, type NotedRecord, notedRecord } from './exhibit-records.ts';
import {
  indexPath,
  packageDigestFile,
  packageDigestPath,
  packageFile,
  packagePath,
  pagesPath,
  warcName,
  warcPath,
} from './package.ts';
import { pagesFile, type WaczPage } from './pages.ts';
import { ZipStream } from './zip-stream.ts';

export interface DerivationOrder {
  /** The whole WACZ, as a recording was sealed in it. */
  readonly source: ByteSource;
  /** Of what the derived one is made for: ids of its own records are made of it. */
  readonly id: Id;
  readonly created: Instant;
  readonly software: string;
  readonly needed: NeededByPosts;
  /** The words of the exhibited posts, for search. */
  readonly text: string;
}

export interface DerivedWacz {
  /** Bytes, and their SHA-256 in hexadecimal. */
  readonly size: number;
  readonly sha256: string;
  /** How many records of the whole one stand in it, and how many that has. */
  readonly records: number;
  readonly of: number;
  /** Which of the answers that posts need are among them, by number. */
  readonly answers: ReadonlySet<number>;
  /** The bytes, read anew from the whole one. A piece may be overwritten when the next one is asked for. */
  bytes(): AsyncGenerator<Uint8Array>;
}

/**
 * The same order gives the same bytes. Memory grows with the number of records, not with their bodies.
 *
 * @throws HoldfastError `archive-damaged` where the whole one is not what a recording is sealed in; ZipError
 */
export async function deriveWacz(order: DerivationOrder): Promise<DerivedWacz> {
  const whole = await openWhole(order.source);
  const all: NotedRecord[] = [];
  for await (const record of walkRecords(whole.file(warcPath))) all.push(notedRecord(record));
  const page = await pageOf(whole);
  const captureId = await captureOf(whole);
  const { records, answers } = chooseRecords(all, captureId, page?.url ?? null, order.needed);
  const made = await layOut(order, whole, { page, captureId, records, of: all.length });
  const { size, sha256 } = await measured(made());
  return {
    ...{ size, sha256 },
    ...{ records: records.length, of: all.length, answers },
    bytes: made,
  };
}

interface Whole {
  /** The bytes of one of its files. */
  file(path: string): ByteSource;
}

async function openWhole(source: ByteSource): Promise<Whole> {
  const { entries } = await openZip(source);
  const byName = new Map(entries.map((entry): [string, StoredEntry] => [entry.name, entry]));
  return {
    file: (path) => {
      const entry = byName.get(path);
      if (entry === undefined) throw notAsSealed(`it has no ${path}`);
      return within(source, entry.contentOffset, entry.size);
    },
  };
}

function notAsSealed(why: string): HoldfastError {
  return new HoldfastError(
    'archive-damaged',
    `The recording of a capture is not as it was sealed: ${why}. Check the archive; restore it from a backup.`,
  );
}

const pageLine = z.object({
  id: z.string(),
  url: z.string(),
  ts: z.string(),
  title: z.string().optional(),
});

/** Text of all posts of a page stands in one line. */
const lineLimits = { maxLine: 256 * 1024 * 1024, maxLines: 100_000_000 };

function linesOf(file: ByteSource): ReturnType<typeof textLines> {
  return textLines(pieces(file, 0, file.size), new TextDecoder(), lineLimits);
}

/** The page that was recorded, without the words on it; null where none was reached. */
async function pageOf(whole: Whole): Promise<Omit<WaczPage, 'text'> | null> {
  for await (const { number, text } of linesOf(whole.file(pagesPath))) {
    if (number === 1) continue;
    const page = pageLine.parse(JSON.parse(text));
    return { ...page, title: page.title ?? null };
  }
  return null;
}

/** The capture of which ids of its records are made: as its first archive called it. */
async function captureOf(whole: Whole): Promise<Id> {
  const file = whole.file(warcPath);
  for await (const { blockOffset, blockLength } of walkRecords(file)) {
    const block = new TextDecoder().decode(await file.read(blockOffset, Math.min(blockLength, 64 * 1024)));
    const id = /^isPartOf: urn:uuid:([0-9a-f-]{36})\r$/m.exec(block)?.[1];
    if (id !== undefined) return id;
    break;
  }
  throw notAsSealed('its first record does not say which capture it is of');
}

interface Cut {
  readonly page: Omit<WaczPage, 'text'> | null;
  readonly captureId: Id;
  readonly records: readonly NotedRecord[];
  readonly of: number;
}

function saysOf({ captureId, records, of }: Cut): string {
  return `Derived from the WACZ of the capture urn:uuid:${captureId}: ${records.length} of its ${of} records, each byte for byte as it stands there; the others were left out because the exhibits do not need them. That is the statement of whoever made this file.`;
}

function warcinfo({ id, created, software }: DerivationOrder, cut: Cut): RecordDraft {
  return {
    type: 'warcinfo',
    id: recordId(id, `derived/${cut.captureId}`, created),
    date: created,
    fields: [
      ['WARC-Filename', warcName],
      ['Content-Type', 'application/warc-fields'],
    ],
    head: warcFields([
      ['software', software],
      ['format', 'WARC File Format 1.1'],
      ['isPartOf', `urn:uuid:${id}`],
      ['description', saysOf(cut)],
    ]),
    body: null,
  };
}

/** Lays the file out, reading the records once; what it gives reads them again each time it is called. */
async function layOut(
  order: DerivationOrder,
  whole: Whole,
  cut: Cut,
): Promise<() => AsyncGenerator<Uint8Array>> {
  const draft = warcinfo(order, cut);
  const measure = await measureRecord(draft);
  const warc = async function* (): AsyncGenerator<Uint8Array> {
    yield* recordBytes(draft, measure);
    const file = whole.file(warcPath);
    for (const { offset, length } of cut.records) yield* pieces(file, offset, length);
  };
  const { size, sha256, crc32 } = await measured(warc());
  const index = await indexOf(whole, cut.records, measure.size);
  const pages = pagesFile(cut.page === null ? [] : [{ ...cut.page, text: order.text }]);
  const packed = [
    { path: warcPath, size, sha256 },
    { path: indexPath, ...memoryBody(index) },
    { path: pagesPath, ...memoryBody(pages) },
  ];
  const description = packageFile(
    {
      ...{ created: order.created, software: order.software, description: saysOf(cut) },
      title: cut.page?.title ?? null,
      pages: cut.page === null ? [] : [{ ...cut.page, text: null }],
    },
    packed,
  );
  const behind: [string, Uint8Array][] = [
    [indexPath, index],
    [pagesPath, pages],
    [packagePath, description],
    [packageDigestPath, packageDigestFile(memoryBody(description).sha256)],
  ];
  return async function* () {
    const zip = new ZipStream(new Date(order.created));
    yield zip.entry(warcPath, size, crc32);
    yield* warc();
    for (const [path, bytes] of behind) {
      yield zip.entry(path, bytes.length, nodeCrc32(bytes, 0));
      yield bytes;
    }
    yield zip.end();
  };
}

async function measured(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ size: number; sha256: string; crc32: number }> {
  const hash = createHash('sha256');
  let [size, crc32] = [0, 0];
  for await (const piece of bytes) {
    hash.update(piece);
    crc32 = nodeCrc32(piece, crc32);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex'), crc32 };
}

const indexFields = z.record(z.string(), z.string());

/** The lines of the records that stay, as they were but for where these stand now. `start`: of the first. */
async function indexOf(whole: Whole, records: readonly NotedRecord[], start: number): Promise<Uint8Array> {
  const places = new Map<string, string>();
  let at = start;
  for (const { offset, length } of records) {
    places.set(String(offset), String(at));
    at += length;
  }
  const lines: string[] = [];
  for await (const { text } of linesOf(whole.file(indexPath))) {
    const json = text.indexOf('{');
    const fields = indexFields.parse(JSON.parse(text.slice(json)));
    const offset = places.get(fields.offset ?? '');
    if (offset !== undefined) lines.push(`${text.slice(0, json)}${asciiJson({ ...fields, offset })}\n`);
  }
  return new TextEncoder().encode(lines.join(''));
}
