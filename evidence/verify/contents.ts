/**
 * The files of a bundle while it is checked. Each is read and hashed at most once; what is small and must be
 * understood is handed out as it passes.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { concatBytes, type Sha256, toHex } from '../digest/sha256.ts';
import { type ByteSource, within } from '../source/byte-source.ts';
import type { Crc32 } from '../zip/crc32.ts';
import { ZipError } from '../zip/error.ts';
import { contentOf, type StoredEntry } from '../zip/reader.ts';
import type { Findings } from './findings.ts';

export interface ReadingTools {
  sha256: Sha256;
  crc32: Crc32;
  progress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export class Contents {
  readonly #source: ByteSource;
  readonly #entries: ReadonlyMap<string, StoredEntry>;
  readonly #tools: ReadingTools;
  readonly #findings: Findings;
  readonly #digests = new Map<string, string>();
  readonly #total: number;
  #done = 0;

  /** `entries`: by path relative to the base folder, in the order of the file. */
  constructor(
    source: ByteSource,
    entries: ReadonlyMap<string, StoredEntry>,
    tools: ReadingTools,
    findings: Findings,
  ) {
    this.#source = source;
    this.#entries = entries;
    this.#tools = tools;
    this.#findings = findings;
    this.#total = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
  }

  paths(): string[] {
    return [...this.#entries.keys()];
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** Bytes; 0 for a file that is not there. */
  size(path: string): number {
    return this.#entries.get(path)?.size ?? 0;
  }

  /** The bytes of a file with random access; null where there is none. What is read through it is not hashed. */
  within(path: string): ByteSource | null {
    const entry = this.#entries.get(path);
    return entry === undefined ? null : within(this.#source, entry.contentOffset, entry.size);
  }

  /** SHA-256 in hexadecimal; reads the file unless that was done. Null where there is none. */
  async digest(path: string): Promise<string | null> {
    if (!this.#digests.has(path)) await this.#pass(path, null);
    return this.#digests.get(path) ?? null;
  }

  /** The bytes of a file, to be asked for once. Null where there is none, or it is larger than `limit` bytes. */
  async bytes(path: string, limit: number): Promise<Uint8Array | null> {
    const size = this.#entries.get(path)?.size;
    if (size === undefined || size > limit) return null;
    const kept: Uint8Array[] = [];
    await this.#pass(path, kept);
    const [only] = kept;
    return kept.length === 1 && only !== undefined ? only : concatBytes(...kept);
  }

  async #pass(path: string, kept: Uint8Array[] | null): Promise<void> {
    const entry = this.#entries.get(path);
    if (entry === undefined) return;
    const { sha256, crc32, progress, signal } = this.#tools;
    const running = sha256.start();
    try {
      for await (const piece of contentOf(this.#source, entry, crc32)) {
        if (signal?.aborted)
          throw new HoldfastError('cancelled', 'Cancelled; the bundle was not checked completely.');
        running.update(piece);
        kept?.push(piece.slice());
        this.#done += piece.length;
        progress?.({ step: 'verify', done: this.#done, total: this.#total, unit: 'bytes' });
      }
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      // All bytes have passed: the digest tells the rest.
      this.#findings.fail('container', error.problem, error.message, [path, 'changed']);
    }
    this.#digests.set(path, toHex(running.digest()));
  }
}
