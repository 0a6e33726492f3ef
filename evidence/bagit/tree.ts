/** A bag as the check sees it: files by path, wherever they lie. */

export interface BagFile {
  /** From the base folder of the bag, with '/'; attacker-controlled. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** 'other' is a device, a pipe and the like. */
  readonly kind: 'file' | 'link' | 'other';
  /** Pieces, each of which the next may overwrite. Rejects with HoldfastError where it cannot be read. */
  content(): AsyncIterable<Uint8Array>;
}

export interface BagTree {
  readonly files: readonly BagFile[];
  /** Whether there is a folder data/, be it empty. */
  readonly hasPayloadFolder: boolean;
}

/** A hash over bytes that come in pieces. */
export interface BagHash {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. To be called once. */
  hex(): string;
}

/**
 * The hash that a manifest's name means ('sha256', 'md5': lower case, letters and digits alone; RFC 8493, section 2.4);
 * null for one that is not known here.
 */
export type HashByName = (name: string) => BagHash | null;
