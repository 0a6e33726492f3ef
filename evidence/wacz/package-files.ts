/** The files of a WACZ, each read on demand. */
import { concatBytes } from '../digest/sha256.ts';
import type { ByteSource } from '../source/byte-source.ts';
import type { Crc32 } from '../zip/crc32.ts';
import { type ForeignEntry, foreignContent, openForeignZip } from '../zip/foreign.ts';

export class PackageFiles {
  readonly #source: ByteSource;
  readonly #crc32: Crc32;
  readonly #entries: ReadonlyMap<string, ForeignEntry>;
  readonly #passed: (bytes: number) => void;

  constructor(
    source: ByteSource,
    entries: readonly ForeignEntry[],
    crc32: Crc32,
    passed: (bytes: number) => void = () => undefined,
  ) {
    this.#source = source;
    this.#crc32 = crc32;
    this.#entries = new Map(
      entries.filter(({ name }) => !name.endsWith('/')).map((entry) => [entry.name, entry]),
    );
    this.#passed = passed;
  }

  paths(): string[] {
    return [...this.#entries.keys()];
  }

  /** Bytes; null for a file that is not there. */
  size(path: string): number | null {
    return this.#entries.get(path)?.size ?? null;
  }

  /** Where its bytes stand in the WACZ as they are; null for a file that is compressed or not there. */
  place(path: string): { offset: number; size: number } | null {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry.method !== 'stored') return null;
    return { offset: entry.contentOffset, size: entry.size };
  }

  /** Pieces, each of which the next may overwrite; none for a file that is not there. Throws ZipError. */
  async *content(path: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(path);
    if (entry === undefined) return;
    for await (const piece of foreignContent(this.#source, entry, this.#crc32)) {
      this.#passed(piece.length);
      yield piece;
    }
  }

  /** The whole of a file whose size the caller has bounded; null where it is not there. Throws ZipError. */
  async whole(path: string): Promise<Uint8Array | null> {
    if (!this.#entries.has(path)) return null;
    const parts: Uint8Array[] = [];
    for await (const piece of this.content(path)) parts.push(new Uint8Array(piece));
    return concatBytes(...parts);
  }

  /** The bytes of a part of a stored file, as they stand. */
  part(path: string, offset: number, length: number): Promise<Uint8Array> | null {
    const place = this.place(path);
    if (place === null || offset + length > place.size) return null;
    return this.#source.read(place.offset + offset, length);
  }
}

/** Opens a WACZ. Errors: ZipError; what the source throws. */
export async function openPackage(
  source: ByteSource,
  crc32: Crc32,
  passed?: (bytes: number) => void,
): Promise<PackageFiles> {
  return new PackageFiles(source, await openForeignZip(source), crc32, passed);
}
