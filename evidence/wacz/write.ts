/**
 * Writes a capture as a WACZ 1.1.1: a zip file of stored entries with the exchanges as WARC 1.1, an index, the pages
 * and a package description. Bodies stand in it as they are, once each, so that others can refer to their place.
 */
import { createHash } from 'node:crypto';
import { HoldfastError } from '../../contract/errors.ts';
import type { Id } from '../../contract/model/common.ts';
import {
  measureRecord,
  memoryBody,
  type RecordDraft,
  type RecordMeasure,
  recordBytes,
  recordEnd,
  type StoredBody,
  warcFields,
} from '../warc/write.ts';
import { ExchangeWriter, type StoredExchange } from '../warc/write-exchange.ts';
import { recordId } from '../warc/write-id.ts';
import { nodeCrc32 } from '../zip/crc32-node.ts';
import { type IndexEntry, indexEntry, indexLine, sortedIndex } from './cdxj.ts';
import { combineCrc32 } from './crc32-combine.ts';
import {
  indexPath,
  type PackageFacts,
  type PackedFile,
  packageDigestFile,
  packageDigestPath,
  packageFile,
  packagePath,
  pagesPath,
  warcName,
  warcPath,
} from './package.ts';
import { pagesFile } from './pages.ts';
import { ZipStream } from './zip-stream.ts';

export interface WaczPlan extends PackageFacts {
  /** Of the capture. */
  readonly id: Id;
  /** All exchanges in their order; called twice, and must give the same both times. */
  exchanges(): Iterable<StoredExchange> | AsyncIterable<StoredExchange>;
}

/** Where the body of exchange `n` stands in the WACZ, in bytes from its start. */
export interface BodyPlace {
  readonly n: number;
  readonly offset: number;
  readonly length: number;
}

export interface Wacz {
  /** Bytes in all. */
  readonly size: number;
  /** One for each exchange that has a body, in their order. Exchanges with the same body share a place. */
  readonly bodies: readonly BodyPlace[];
  /**
   * The bytes, read anew from the bodies. A piece may be overwritten when the next one is asked for.
   *
   * @throws HoldfastError `archive-damaged` where a body is no longer what it was when the WACZ was laid out
   */
  bytes(): AsyncGenerator<Uint8Array>;
}

const warcFormat = 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/';
const unknownSha256 = '0'.repeat(64);

/** A record as the first pass found it. */
interface LaidOut {
  readonly measure: RecordMeasure;
  readonly entry: IndexEntry | null;
}

interface Layout {
  readonly records: readonly LaidOut[];
  readonly warcSize: number;
  readonly warcCrc32: number;
  readonly bodies: readonly BodyPlace[];
}

/**
 * Lays out the WACZ of a capture, reading every body once and checking its digest; `bytes` reads them a second time.
 * The same plan gives the same bytes. Memory grows with the number of exchanges, not with their bodies.
 *
 * @throws HoldfastError `archive-damaged` for a body of another size or digest than the plan says
 */
export async function writeWacz(plan: WaczPlan): Promise<Wacz> {
  const layout = await layOut(plan);
  const size = sizeOf(plan, layout);
  return { size, bodies: layout.bodies, bytes: () => bytesOf(plan, layout, size) };
}

interface PlannedRecord {
  readonly draft: RecordDraft;
  /** Null for a warcinfo and for requests. */
  readonly answers: {
    readonly exchange: StoredExchange;
    readonly records: ReturnType<ExchangeWriter['records']>;
  } | null;
}

/** The records of the WARC file in their order. */
async function* plannedRecords(plan: WaczPlan): AsyncGenerator<PlannedRecord> {
  const info = warcinfo(plan);
  yield { draft: info, answers: null };
  const writer = new ExchangeWriter(plan.id, info.id);
  for await (const exchange of plan.exchanges()) {
    const records = writer.records(exchange);
    yield { draft: records.answer, answers: { exchange, records } };
    if (records.request !== null) yield { draft: records.request, answers: null };
  }
}

function warcinfo(plan: WaczPlan): RecordDraft {
  return {
    type: 'warcinfo',
    id: recordId(plan.id, 'warcinfo', plan.created),
    date: plan.created,
    fields: [
      ['WARC-Filename', warcName],
      ['Content-Type', 'application/warc-fields'],
    ],
    head: warcFields([
      ['software', plan.software],
      ['format', 'WARC File Format 1.1'],
      ['conformsTo', warcFormat],
      ['isPartOf', `urn:uuid:${plan.id}`],
      ['robots', 'ignore'],
      [
        'description',
        'Bodies are stored after transfer and content decoding; header fields that described the codings stand under x-orig- names.',
      ],
    ]),
    body: null,
  };
}

async function layOut(plan: WaczPlan): Promise<Layout> {
  const records: LaidOut[] = [];
  const places = new Map<number, number>();
  const bodies: BodyPlace[] = [];
  let warcSize = 0;
  let warcCrc32 = 0;
  for await (const { draft, answers } of plannedRecords(plan)) {
    let blockCrc32 = 0;
    const measure = await measureRecord(draft, (piece) => {
      blockCrc32 = nodeCrc32(piece, blockCrc32);
    });
    // The header holds the digest of the block, so its checksum comes last although it stands first.
    warcCrc32 = combineCrc32(nodeCrc32(measure.header, warcCrc32), blockCrc32, measure.blockSize);
    warcCrc32 = nodeCrc32(recordEnd, warcCrc32);
    const place = { offset: warcSize, length: measure.size };
    records.push({
      measure,
      entry: answers && indexEntry(answers.exchange.start, answers.records, place, warcName),
    });
    const body = answers?.exchange.body;
    if (answers && body) {
      const { n } = answers.exchange.start;
      const offset = places.get(answers.records.bodyIn ?? n) ?? warcSize + measure.bodyOffset;
      places.set(n, offset);
      bodies.push({ n, offset, length: body.size });
    }
    warcSize += measure.size;
  }
  const start = zipOf(plan).entry(warcPath, warcSize, warcCrc32).length;
  return {
    records,
    warcSize,
    warcCrc32,
    bodies: bodies.map(({ n, offset, length }) => ({ n, offset: start + offset, length })),
  };
}

function zipOf(plan: WaczPlan): ZipStream {
  return new ZipStream(new Date(plan.created));
}

/** The files behind the WARC file, which hold its digests. Their sizes do not depend on what the digests are. */
function filesBehind(
  plan: WaczPlan,
  lines: readonly string[],
  warc: PackedFile,
): { path: string; body: StoredBody; bytes: Uint8Array }[] {
  const file = (path: string, bytes: Uint8Array) => ({ path, bytes, body: memoryBody(bytes) });
  const index = file(indexPath, sortedIndex(lines));
  const pages = file(pagesPath, pagesFile(plan.pages));
  const packed = [index, pages].map(({ path, body: { size, sha256 } }) => ({ path, size, sha256 }));
  const description = file(packagePath, packageFile(plan, [warc, ...packed]));
  return [index, pages, description, file(packageDigestPath, packageDigestFile(description.body.sha256))];
}

function sizeOf(plan: WaczPlan, layout: Layout): number {
  const zip = zipOf(plan);
  zip.entry(warcPath, layout.warcSize, layout.warcCrc32);
  const lines = layout.records.flatMap(({ entry }) =>
    entry === null ? [] : [indexLine(entry, unknownSha256)],
  );
  const warc = { path: warcPath, size: layout.warcSize, sha256: unknownSha256 };
  for (const { path, body } of filesBehind(plan, lines, warc)) zip.entry(path, body.size, 0);
  zip.end();
  return zip.size;
}

async function* bytesOf(plan: WaczPlan, layout: Layout, size: number): AsyncGenerator<Uint8Array> {
  const zip = zipOf(plan);
  yield zip.entry(warcPath, layout.warcSize, layout.warcCrc32);
  const lines: string[] = [];
  const sha256 = yield* warcBytes(plan, layout, lines);
  const warc = { path: warcPath, size: layout.warcSize, sha256 };
  for (const { path, bytes } of filesBehind(plan, lines, warc)) {
    yield zip.entry(path, bytes.length, nodeCrc32(bytes, 0));
    yield bytes;
  }
  yield zip.end();
  if (zip.size !== size) {
    throw new HoldfastError('internal', `Expected a WACZ of ${size} bytes; wrote ${zip.size}.`);
  }
}

/** The WARC file. Adds the lines of the index to `lines`; returns the file's SHA-256. */
async function* warcBytes(
  plan: WaczPlan,
  { records, warcCrc32 }: Layout,
  lines: string[],
): AsyncGenerator<Uint8Array, string> {
  const whole = createHash('sha256');
  let crc32 = 0;
  let n = 0;
  for await (const { draft } of plannedRecords(plan)) {
    const laidOut = records[n];
    if (laidOut === undefined) break;
    const record = createHash('sha256');
    for await (const piece of recordBytes(draft, laidOut.measure)) {
      record.update(piece);
      whole.update(piece);
      crc32 = nodeCrc32(piece, crc32);
      yield piece;
    }
    if (laidOut.entry !== null) lines.push(indexLine(laidOut.entry, record.digest('hex')));
    n += 1;
  }
  if (crc32 !== warcCrc32 || n !== records.length) {
    throw new HoldfastError(
      'archive-damaged',
      'What was recorded was not the same when it was read for the second time. Nothing of it was kept.',
    );
  }
  return whole.digest('hex');
}
