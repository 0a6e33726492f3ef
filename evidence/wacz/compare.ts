/** Holds a derived WACZ against the whole one that somebody has. Both may be attacker-controlled. */
import { sameBytes } from '../digest/sha256.ts';
import { type ByteSource, pieces, within } from '../source/byte-source.ts';
import { walkRecords } from '../warc/walk.ts';
import { openZip } from '../zip/reader.ts';
import { type NotedRecord, notedRecord } from './exhibit-records.ts';
import { warcPath } from './package.ts';

export interface Comparison {
  /** How many records of the whole one stand in the derived one, and how many that has. */
  readonly records: number;
  readonly of: number;
  /** The address of a record that stands in the derived one alone, or differs; null: there is none. */
  readonly differing: string | null;
}

async function warcOf(wacz: ByteSource): Promise<ByteSource | null> {
  const entry = (await openZip(wacz)).entries.find(({ name }) => name === warcPath);
  return entry === undefined ? null : within(wacz, entry.contentOffset, entry.size);
}

/**
 * Null where they are not of one recording: the whole one begins with a record that the derived one has not. Errors:
 * ZipError for a file in another form than Holdfast writes, `warc-damaged`; what the sources throw.
 */
export async function compareDerived(derived: ByteSource, whole: ByteSource): Promise<Comparison | null> {
  const [part, all] = [await warcOf(derived), await warcOf(whole)];
  if (part === null || all === null) return null;
  const left = await takenOver(part);
  const count = left.size;
  let [records, of] = [0, 0];
  let differing: string | null = null;
  for await (const each of walkRecords(all)) {
    const record = notedRecord(each);
    const there = left.get(record.id);
    of += 1;
    if (there === undefined) {
      if (of === 1) return null;
      continue;
    }
    left.delete(record.id);
    if (await isSame(part, there, all, record)) records += 1;
    else differing ??= record.uri;
  }
  const [alone] = left.values();
  return { records, of, differing: differing ?? alone?.uri ?? (records === count ? null : '') };
}

/** By id, all records but the first, which says what the file is. */
async function takenOver(warc: ByteSource): Promise<Map<string, NotedRecord>> {
  const records = new Map<string, NotedRecord>();
  for await (const each of walkRecords(warc)) {
    const record = notedRecord(each);
    if (each.offset === 0 && record.type === 'warcinfo') continue;
    // A second one of an id would be passed over: as a record that stands nowhere it is found.
    records.set(records.has(record.id) ? `${record.id} again at ${record.offset}` : record.id, record);
  }
  return records;
}

async function isSame(
  a: ByteSource,
  { offset, length }: NotedRecord,
  b: ByteSource,
  other: NotedRecord,
): Promise<boolean> {
  if (length !== other.length) return false;
  const there = pieces(b, other.offset, length);
  for await (const piece of pieces(a, offset, length)) {
    const { value } = await there.next();
    if (!(value instanceof Uint8Array) || !sameBytes(piece, value)) return false;
  }
  return true;
}
