/**
 * Reads WARC files (WARC 1.0 and 1.1, ISO 28500): plain, one gzip member a record, or compressed as a whole.
 * Streaming: memory does not grow with the size of a file or of a record.
 *
 * Every byte is accounted for: it belongs to a record, or to a damaged place that `account` lists.
 */
import { WarcAccount } from './account.ts';
import { ByteSource } from './byte-source.ts';
import { GzipMember } from './gzip-member.ts';
import { headerValue, parseHeaderBlock, parseHttpHead, takeHeaderBlock } from './headers.ts';
import { WarcRecord, type WarcRecordEnd, type WarcWarning } from './record.ts';
import { endWarnings, headerWarnings } from './record-warnings.ts';
import { toNextMember, toNextPlainRecord } from './resync.ts';

const MAX_WARC_HEADER = 1024 * 1024;
const MAX_HTTP_HEADER = 256 * 1024;
/** Compressed bytes behind the position that are kept, to look for records again after damage. */
const KEPT = 4 * 1024 * 1024;

/** Where records come from: the file itself, or one gzip member of it. */
interface Container {
  data: ByteSource;
  /** Null for the file itself. */
  member: { gzip: GzipMember; offset: number; records: number } | null;
}

export class WarcReader {
  readonly account = new WarcAccount();
  readonly #file: ByteSource;
  #foundBySearch = false;
  #plain = false;
  #members = false;
  #shared = false;

  /** @param chunks the file's bytes from its start, in pieces of any size; attacker-controlled */
  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#file = new ByteSource(chunks, KEPT);
  }

  /**
   * The records in the order of the file. Each is read to its end before the next is given; what the caller
   * left of it is read, hashed and dropped. Throws only what `chunks` throws.
   */
  async *records(): AsyncGenerator<WarcRecord> {
    for (;;) {
      const start = await this.#file.peek(2);
      if (start.length === 0 || this.account.stopped !== null) break;
      if (start[0] === 0x1f && start[1] === 0x8b) yield* this.#memberRecords();
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
      if (start.length === 0 || (start[0] === 0x1f && start[1] === 0x8b)) return;
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
    await toNextPlainRecord(this.#file);
    this.#foundBySearch = true;
    this.account.addDamage({
      offset: from,
      length: this.#file.position - from,
      reason: 'these bytes are no WARC record; what follows was found by searching for the next one',
    });
  }

  async *#memberRecords(): AsyncGenerator<WarcRecord> {
    const offset = this.#file.position;
    const gzip = new GzipMember(this.#file);
    const container: Container = { data: new ByteSource(gzip.bytes()), member: { gzip, offset, records: 0 } };
    this.#members = true;
    for (;;) {
      await skipLineBreaks(container.data);
      if ((await container.data.peek(1)).length === 0) break;
      const record = await this.#nextRecord(container);
      if (record === null) {
        await this.#dropRest(container, offset);
        break;
      }
      yield record;
      await record.finish();
    }
    await this.#afterMember(gzip, offset);
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

  async #afterMember(gzip: GzipMember, offset: number): Promise<void> {
    this.#foundBySearch = false;
    const { end } = gzip;
    if (end.state !== 'damaged') return;
    const length = end.boundaryKnown ? this.#file.position - offset : null;
    this.account.addDamage({ offset, length, reason: `the gzip member ${end.reason}` });
    if (end.boundaryKnown) return;
    // A damaged deflate stream runs on into its neighbours before it is noticed: look again from its start.
    this.#file.rewind(offset + 1);
    const from = this.#file.position;
    const found = await toNextMember(this.#file);
    if (found === 'too-many') {
      this.account.stopped = `after the damage at byte ${offset} no further record was found within reasonable effort`;
      this.account.addWarning('warc-stopped', `Reading stopped: ${this.account.stopped}.`);
    }
    this.#foundBySearch = found === 'found';
    const last = this.account.damaged.at(-1);
    if (last?.offset === offset) last.length = this.#file.position - Math.min(from - 1, offset);
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

function startsRecord(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes) === 'WARC/' || (bytes[0] === 0x1f && bytes[1] === 0x8b);
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
