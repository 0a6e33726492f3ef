/**
 * Pages that are to be written over where they lie in the archive's file, in a file beside it: what a computer that loses
 * power has half written is written again from there. A page is only written where the one that it was made of lies, or
 * a part of either.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { pageSize } from '../../db/page-size.ts';
import type { FileSink } from '../../evidence/zip/file-sink.ts';

/** A disk writes at least so many bytes at once. */
const sectorSize = 512;
const digestLength = 8;
const sectors = pageSize / sectorSize;
const numberLength = 4;
const recordLength = numberLength + sectors * digestLength + pageSize;
const endLength = 32;

function sectorDigests(page: Uint8Array): Buffer {
  const digests = Buffer.alloc(sectors * digestLength);
  for (let i = 0; i < sectors; i++) {
    const sector = page.subarray(i * sectorSize, (i + 1) * sectorSize);
    digests.set(createHash('sha256').update(sector).digest().subarray(0, digestLength), i * digestLength);
  }
  return digests;
}

/** Writes pages, as they are in the file, with what is needed to know the place of each again. */
export class ClearedPages {
  readonly #sink: FileSink;
  readonly #hash = createHash('sha256');
  count = 0;

  constructor(sink: FileSink) {
    this.#sink = sink;
  }

  async add(n: number, before: Buffer, after: Buffer): Promise<void> {
    const number = Buffer.alloc(numberLength);
    number.writeUInt32BE(n);
    await this.#write(Buffer.concat([number, sectorDigests(before), after]));
    this.count += 1;
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    await this.#sink.write(bytes);
  }

  /** Synced, and known to be whole from here on. */
  async end(): Promise<void> {
    await this.#sink.write(this.#hash.digest());
    await this.#sink.close();
  }
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

/** The records of a file that is whole; null: it is not. */
function* records(file: number, count: number): Generator<Buffer> {
  for (let i = 0; i < count; i++) yield readAt(file, i * recordLength, recordLength);
}

function countOf(file: number): number | null {
  const body = fstatSync(file).size - endLength;
  if (body < 0 || body % recordLength !== 0) return null;
  const hash = createHash('sha256');
  for (const record of records(file, body / recordLength)) hash.update(record);
  return hash.digest().equals(readAt(file, body, endLength)) ? body / recordLength : null;
}

function parts(record: Buffer): { at: number; digests: Buffer; page: Buffer } {
  return {
    at: (record.readUInt32BE(0) - 1) * pageSize,
    digests: record.subarray(numberLength, recordLength - pageSize),
    page: record.subarray(recordLength - pageSize),
  };
}

/** Whether what lies there is the page that was cleared, the cleared one, or, sector by sector, both. */
function isPlaceOf(record: Buffer, archive: number): boolean {
  const { at, digests, page } = parts(record);
  const found = readAt(archive, at, pageSize);
  if (found.length < pageSize) return false;
  const now = sectorDigests(found);
  for (let i = 0; i < sectors; i++) {
    const isNew = found
      .subarray(i * sectorSize, (i + 1) * sectorSize)
      .equals(page.subarray(i * sectorSize, (i + 1) * sectorSize));
    const [from, to] = [i * digestLength, (i + 1) * digestLength];
    if (!isNew && !now.subarray(from, to).equals(digests.subarray(from, to))) return false;
  }
  return true;
}

/**
 * Writes the pages in `from` over those in the archive's file at `path`, and removes `from`. Nobody may have the archive
 * open. Nothing is written from a file that is not whole, or was made of another file. Errors: those of the system.
 */
export function writeClearedPages(path: string, from: string): void {
  const file = openSync(from, 'r');
  try {
    const count = countOf(file);
    if (count !== null && count > 0) writeOver(path, file, count);
  } finally {
    closeSync(file);
  }
  rmSync(from, { force: true });
}

function writeOver(path: string, file: number, count: number): void {
  const archive = openSync(path, 'r+');
  try {
    for (const record of records(file, count)) if (!isPlaceOf(record, archive)) return;
    for (const record of records(file, count)) {
      const { at, page } = parts(record);
      for (let done = 0; done < pageSize; )
        done += writeSync(archive, page, done, pageSize - done, at + done);
    }
    fsyncSync(archive);
  } finally {
    closeSync(archive);
  }
}
