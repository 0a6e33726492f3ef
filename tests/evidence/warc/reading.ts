/** Reads a whole WARC for a test: what each record said, and the account. */
import type { WarcAccount } from '../../../evidence/warc/account.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import type { WarcRecord, WarcRecordEnd } from '../../../evidence/warc/record.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';

export interface ReadRecord {
  record: WarcRecord;
  block: Buffer;
  end: WarcRecordEnd;
}

export async function readAll(
  bytes: Uint8Array,
  chunkSize?: number,
): Promise<{ records: ReadRecord[]; account: WarcAccount }> {
  const reader = new WarcReader(inChunks(bytes, chunkSize));
  const records: ReadRecord[] = [];
  for await (const record of reader.records()) {
    const block = Buffer.concat(await collected(record.block()));
    records.push({ record, block, end: await record.finish() });
  }
  return { records, account: reader.account };
}

export const codes = (account: WarcAccount) => account.warnings.map(({ code }) => code);

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
