/**
 * A zip file as a stream to which bytes are only ever added, in the form that `evidence/zip` reads: stored entries
 * whose sizes and checksums stand before them. Data descriptors behind them would do without the checksum, but then
 * nothing marks where a stored entry ends, and readers that go from start to end refuse it.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { concatBytes } from '../digest/sha256.ts';
import { dosTime, encodeCentral, encodeEnd, encodeLocal, type ZipEntry } from '../zip/format.ts';
import { isEntryName } from '../zip/name.ts';

const earliest = Date.UTC(1980, 0, 1);
const latest = Date.UTC(2107, 11, 31);

export class ZipStream {
  /** Bytes up to here. */
  size = 0;
  readonly #entries: ZipEntry[] = [];
  readonly #modified: ReturnType<typeof dosTime>;

  /** @param modified of all entries; times that a zip file cannot say become the nearest that it can */
  constructor(modified: Date) {
    const time = Math.min(Math.max(modified.getTime() || 0, earliest), latest);
    this.#modified = dosTime(new Date(time));
  }

  /** The header of the next entry. Exactly `size` bytes of content must follow it. */
  entry(name: string, size: number, crc32: number): Uint8Array {
    if (!isEntryName(name)) {
      throw new HoldfastError('internal', `The name ${JSON.stringify(name)} cannot be used in a zip file.`);
    }
    const header = encodeLocal({ name, size, crc32 }, this.#modified);
    this.#entries.push({ name, size, crc32, offset: this.size });
    this.size += header.length + size;
    return header;
  }

  /** The directory, after the content of the last entry. */
  end(): Uint8Array {
    const offset = this.size;
    const directory = concatBytes(...this.#entries.map((entry) => encodeCentral(entry, this.#modified)));
    const end = encodeEnd({ entries: this.#entries.length, offset, size: directory.length });
    this.size += directory.length + end.length;
    return concatBytes(directory, end);
  }
}
