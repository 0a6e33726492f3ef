/**
 * Reads WARC files (WARC 1.0 and 1.1, ISO 28500): plain, one gzip member a record, or compressed as a whole.
 * Streaming: memory does not grow with the size of a file or of a record.
 *
 * Every byte is accounted for: it belongs to a record, or to a damaged place that `account` lists.
 */
import { WarcAccount } from './account.ts';
import { ByteSource } from './byte-source.ts';
import { headerValue, parseHeaderBlock, parseHttpHead, takeHeaderBlock } from './headers.ts';
import { WarcRecord, type WarcRecordEnd, type WarcWarning } from './record.ts';
import { endWarnings, headerWarnings } from './record-warnings.ts';
import { toNextRecord } from './resync.ts';
import type { Member, WarcTools } from './tools.ts';

const MAX_WARC_HEADER = 256 * 1024;
/** More than our writer writes of what a browser lets through. */
const MAX_HTTP_HEADER = 512 * 1024;
/** Compressed bytes behind the position that are kept, to look for records again after damage. */
const KEPT = 4 * 1024 * 1024;

/** Damaged gzip members of which the start is read: it costs far more than reading whole ones. */
const MAX_SALVAGED = 100;

/** Damaged places after which a file is given up: each costs a search. */
const MAX_DAMAGED = 2000;
/** Bytes that a compressed file may become without question; beyond them it may grow 200-fold. Recordings grow tenfold. */
const FREE_EXPANSION = 2 * 1024 ** 3;
const MAX_RATIO = 200;

/** Where records come from: the file itself, or one gzip member of it. */
interface Container {
  data: ByteSource;
  /** Null for the file itself. */
  member: { gzip: Member; offset: number; records: number } | null;
}

export class RecordReader {
  readonly account = new WarcAccount();
  readonly #file: ByteSource;
  readonly #salvage = { left: MAX_SALVAGED };
  #foundBySearch = false;
  #plain = false;
  #members = false;
  #shared = false;

  readonly #tools: WarcTools;
  readonly #freeExpansion: number;
  #decompressed = 0;

  /**
   * @param chunks the file's bytes from its start, in pieces of any size; attacker-controlled
   * @param tools of where this runs
   * @param freeExpansion decompressed bytes from which on the 200-fold growth of a file stops its reading
   */
  constructor(chunks: AsyncIterable<Uint8Array>, tools: WarcTools, freeExpansion = FREE_EXPANSION) {
    this.#tools = tools;
    this.#file = new ByteSource(chunks, KEPT);
    this.#freeExpansion = freeExpansion;
  }

  /**
   * The records in the order of the file. Each is read to its end before the next is given; what the caller
   * left of it is read, hashed and dropped. Throws only what `chunks` throws.
   */
  async *records(): AsyncGenerator<WarcRecord> {
    for (;;) {
      const start = await this.#file.peek(2);
      if (start.length === 0 || this.account.stopped !== null) break;
      if (isGzip(start)) yield* this.#memberRecords();
      else yield* this.#plainRecords();
    }
    this.#closeAccount();
  }

  #closeAccount(): void {
    this.account.bytes = this.#file.position;
    if (this.#plain && this.#members) this.account.compression = 'mixed';
    else if (this.#members) this.account.compression = this.#shared ? 'whole' : 'records';
  }

  async *#plainRecords(): AsyncGenerator<WarcRecord> {
    const container: Container = { data: this.#file, member: null };
    for (;;) {
      await skipLineBreaks(this.#file);
      const start = await this.#file.peek(5);
      if (start.length === 0 || isGzip(start) || this.account.stopped !== null) return;
      const record = await this.#nextRecord(container);
      if (record === null) {
        await this.#resyncPlain();
        continue;
      }
      this.#plain = true;
      yield record;
      await record.finish();
    }
  }

  async #resyncPlain(): Promise<void> {
    const from = this.#file.position;
    // One byte on: where it stands, no record begins.
    await this.#file.skip(1);
    await this.#resync(from);
    this.account.addDamage({
      offset: from,
      length: this.#file.position - from,
      reason: 'these bytes are no WARC record; what follows was found by searching for the next one',
    });
  }

  /** @param from where the damage begins */
  async #resync(from: number): Promise<void> {
    const found = await toNextRecord(this.#file, this.#tools);
    this.#foundBySearch = found === 'found';
    if (found === 'too-many')
      this.#stop(`behind the damage at byte ${from} no record was found within reasonable effort`);
    else if (this.account.damagedCount > MAX_DAMAGED)
      this.#stop(`it has more than ${MAX_DAMAGED} damaged places`);
  }

  async *#memberRecords(): AsyncGenerator<WarcRecord> {
    const offset = this.#file.position;
    const gzip = this.#tools.member(this.#file, this.#salvage);
    const container: Container = {
      data: new ByteSource(this.#bounded(gzip)),
      member: { gzip, offset, records: 0 },
    };
    this.#members = true;
    let regular = true;
    for (;;) {
      await skipLineBreaks(container.data);
      if ((await container.data.peek(1)).length === 0) break;
      const record = await this.#nextRecord(container);
      if (record === null) {
        await this.#dropRest(container, offset);
        regular = false;
        break;
      }
      yield record;
      const end = await record.finish();
      regular &&= end.damage === null && !end.warnings.some(({ code }) => code === 'warc-length-wrong');
    }
    this.#foundBySearch = false;
    await this.#afterMember(gzip, offset, regular);
  }

  async *#bounded(gzip: Member): AsyncGenerator<Uint8Array> {
    for await (const chunk of gzip.bytes()) {
      this.#decompressed += chunk.length;
      if (this.#decompressed > this.#freeExpansion && this.#decompressed > this.#file.position * MAX_RATIO) {
        this.#stop(`the file grows more than ${MAX_RATIO}-fold when it is decompressed`);
        return;
      }
      yield chunk;
    }
  }

  #stop(reason: string): void {
    this.account.stopped = reason;
    this.account.addWarning('warc-stopped', `Reading stopped at byte ${this.#file.position}: ${reason}.`);
  }

  /** What is left of a member behind the last thing that was a record. */
  async #dropRest(container: Container, offset: number): Promise<void> {
    const at = container.data.position;
    const dropped = await container.data.skip(Number.POSITIVE_INFINITY);
    this.account.addDamage({
      offset,
      length: null,
      reason: `${dropped} bytes from byte ${at} of this gzip member on, decompressed, are no WARC record`,
    });
  }

  /** @param regular the member held whole records and nothing else */
  async #afterMember({ end }: Member, offset: number, regular: boolean): Promise<void> {
    if (end.state !== 'damaged' || this.account.stopped !== null) return;
    // A damaged deflate stream can run on into its neighbours, and even end there: only content that ends as a
    // record ends shows that the member does.
    const ended = end.boundaryKnown && regular;
    const length = ended ? this.#file.position - offset : null;
    this.account.addDamage({ offset, length, reason: `the gzip member ${end.reason}` });
    if (ended) return;
    this.#file.rewind(offset + 1);
    await this.#resync(offset);
  }

  /** Takes the header of the record that begins here; null, with nothing taken, where none begins. */
  async #nextRecord(container: Container): Promise<WarcRecord | null> {
    const { data, member } = container;
    const start = new TextDecoder('latin1').decode(await data.peek(10));
    if (!/^WARC\/\d\.\d[\r\n]/.test(start)) return null;
    const position = data.position;
    const block = await takeHeaderBlock(data, MAX_WARC_HEADER);
    const parsed = parseHeaderBlock(block.bytes);
    const declared = headerValue(parsed.headers, 'Content-Length');
    const contentLength = /^\d{1,15}$/.test(declared ?? '') ? Number(declared) : null;
    if (!block.ended || contentLength === null) {
      data.unread(block.bytes);
      return null;
    }
    const isHttp = /^application\/http\b/i.test(headerValue(parsed.headers, 'Content-Type') ?? '');
    const head = isHttp
      ? await takeHeaderBlock(data, Math.min(contentLength, MAX_HTTP_HEADER))
      : { bytes: new Uint8Array(0), ended: false };
    // A message may be all header and lack its empty line; a header larger than we look at is none.
    const headIsWhole = head.ended || head.bytes.length === contentLength;
    const record = new WarcRecord(
      {
        version: parsed.startLine.trim(),
        headers: parsed.headers,
        offset: member?.offset ?? position,
        offsetInMember: member ? position : 0,
        contentLength,
        http: isHttp && headIsWhole && contentLength > 0 ? parseHttpHead(head.bytes) : null,
        foundBySearch: this.#foundBySearch,
      },
      data,
      head.bytes,
      this.#tools,
      (done, cut) => this.#finishRecord(container, done, cut, position),
    );
    this.#count(record, container);
    this.#say(
      record,
      headerWarnings(record, { strayLines: parsed.strayLines, httpHeaderEndless: isHttp && !headIsWhole }),
    );
    if (member === null) this.#foundBySearch = false;
    return record;
  }

  #count(record: WarcRecord, { member }: Container): void {
    this.account.countRecord(record.type);
    if (member === null) return;
    member.records += 1;
    if (member.records === 2 && !this.#shared) {
      this.#shared = true;
      this.account.addWarning(
        'warc-whole-file-gzip',
        `The gzip member at byte ${member.offset} holds more than one record: the file was compressed as a whole, and its records can only be found by reading it from the start.`,
      );
    }
  }

  #say(record: WarcRecord, warnings: readonly WarcWarning[]): void {
    record.warnings.push(...warnings);
    for (const { code, message } of warnings) this.account.addWarning(code, message);
  }

  async #finishRecord(
    { data, member }: Container,
    record: WarcRecord,
    cut: boolean,
    position: number,
  ): Promise<WarcRecordEnd> {
    const breaks = cut ? '' : await skipLineBreaks(data);
    const next = await data.peek(5);
    const damage = cut
      ? `it declares ${record.contentLength} bytes of content, but the ${member ? 'gzip member' : 'file'} ends before`
      : null;
    if (damage !== null) {
      const length = member ? null : data.position - position;
      this.account.addDamage({ offset: record.offset, length, reason: damage });
    }
    const digests = record.checkDigests(!cut);
    this.#say(
      record,
      endWarnings(record, { ...digests, damage }, breaks, next.length === 0 || startsRecord(next)),
    );
    return {
      length: this.#lengthOf(record, member, next, data),
      ...digests,
      damage,
      warnings: record.warnings,
    };
  }

  #lengthOf(
    record: WarcRecord,
    member: Container['member'],
    next: Uint8Array,
    data: ByteSource,
  ): number | null {
    if (member === null) return data.position - record.offset;
    return next.length === 0 && member.records === 1 ? this.#file.position - member.offset : null;
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function startsRecord(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes) === 'WARC/' || isGzip(bytes);
}

/** Takes line breaks; answers those it took, up to the first eight. */
async function skipLineBreaks(source: ByteSource): Promise<string> {
  let taken = '';
  for (;;) {
    const [byte] = await source.peek(1);
    if (byte !== 10 && byte !== 13) return taken;
    await source.skip(1);
    if (taken.length < 8) taken += String.fromCharCode(byte);
  }
}
