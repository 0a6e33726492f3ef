/**
 * What reading a WARC file needs from where it runs: Node has hashes and zlib in C, a browser page has them in JavaScript
 * (`node-tools.ts` and `portable-tools.ts`).
 */
import type { ByteSource } from './byte-source.ts';

export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** To be called once. */
  digest(): Uint8Array;
}

/** Algorithms that records declare (WARC 1.1, section 5.8), by the name in lower case without a hyphen. */
export type RecordAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** How reading a gzip member ended. `reason` is the end of a sentence that begins 'The gzip member'. */
export type MemberEnd =
  | { state: 'reading' }
  | { state: 'whole' }
  | { state: 'damaged'; reason: string; boundaryKnown: boolean };

/** One gzip member out of a file of many. */
export interface Member {
  readonly end: MemberEnd;
  /** The decompressed bytes. Never throws for what the file holds: `end` says how it went. */
  bytes(): AsyncGenerator<Uint8Array>;
}

/** What decompresses a whole file met bytes that are no gzip, or their end too early. */
export class GzipDamaged extends Error {}

export interface WarcTools {
  hash(algorithm: RecordAlgorithm): RunningHash;
  /**
   * @param file stands at the member's first byte
   * @param salvage how many damaged members of this file may still be salvaged
   */
  member(file: ByteSource, salvage: { left: number }): Member;
  /** Whether the bytes, a few hundred, begin a gzip member that begins with a WARC record. */
  beginsMember(bytes: Uint8Array): boolean;
}
