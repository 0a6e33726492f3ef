/**
 * Writes a stored-only zip file as a stream. The same entries in the same order at the same time give the same bytes.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Crc32 } from './crc32.ts';
import { crcOffsetInLocal, dosTime, encodeCentral, encodeEnd, encodeLocal, type ZipEntry } from './format.ts';
import { foldName, isEntryName } from './name.ts';

/** Where the bytes go. `patch` overwrites bytes that were already written. */
export interface ZipSink {
  write(bytes: Uint8Array): Promise<void>;
  patch(offset: number, bytes: Uint8Array): Promise<void>;
}

export interface ZipWriter {
  /**
   * Adds one file. `content` must give exactly `size` bytes. Errors: `internal` for a name that is not allowed or
   * taken; `bad-input` when the content has another length.
   */
  add(name: string, size: number, content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the directory. Returns the size of the whole in bytes. Nothing can be added afterwards. */
  finish(): Promise<number>;
}

/** `modified` is written to every entry, in UTC. */
export function createZipWriter(sink: ZipSink, options: { modified: Date; crc32: Crc32 }): ZipWriter {
  const modified = dosTime(options.modified);
  const entries: ZipEntry[] = [];
  const taken = new Set<string>();
  let offset = 0;

  const write = async (bytes: Uint8Array) => {
    await sink.write(bytes);
    offset += bytes.length;
  };

  return {
    async add(name, size, content) {
      if (!isEntryName(name) || taken.has(foldName(name))) {
        throw new HoldfastError(
          'internal',
          `The name ${JSON.stringify(name)} cannot be used in a zip file, or is taken.`,
        );
      }
      taken.add(foldName(name));
      const start = offset;
      await write(encodeLocal({ name, size, crc32: 0 }, modified));
      let crc = 0;
      let written = 0;
      for await (const piece of content) {
        written += piece.length;
        if (written > size) break;
        crc = options.crc32(piece, crc);
        await write(piece);
      }
      if (written !== size) {
        const found = written > size ? 'more' : String(written);
        throw new HoldfastError('bad-input', `Expected ${size} bytes for ${name}; its source gave ${found}.`);
      }
      // Known only now: a second pass over the source would read everything from the archive twice.
      await sink.patch(
        start + crcOffsetInLocal,
        encodeLocal({ name, size, crc32: crc }, modified).subarray(crcOffsetInLocal, crcOffsetInLocal + 4),
      );
      entries.push({ name, size, crc32: crc, offset: start });
    },

    async finish() {
      const start = offset;
      for (const entry of entries) await write(encodeCentral(entry, modified));
      await write(encodeEnd({ entries: entries.length, offset: start, size: offset - start }));
      return offset;
    },
  };
}

/** A sink in memory, for small files. */
export function memorySink(): ZipSink & { bytes(): Uint8Array } {
  let held = new Uint8Array(64 * 1024);
  let used = 0;
  return {
    async write(bytes) {
      if (used + bytes.length > held.length) {
        const larger = new Uint8Array(Math.max(held.length * 2, used + bytes.length));
        larger.set(held.subarray(0, used));
        held = larger;
      }
      held.set(bytes, used);
      used += bytes.length;
    },
    async patch(offset, bytes) {
      held.set(bytes, offset);
    },
    bytes: () => held.slice(0, used),
  };
}
