/** What posts are read from: a recording, sealed or about to be. */

/** An answer of a recording, sealed or about to be. */
export interface ReadableAnswer {
  n: number;
  url: string;
  status: number;
  /** Of the answer's Content-Type header. */
  mediaType: string;
  charset: string | null;
  /** Bytes of its body. */
  size: number;
  /** Reads them from the archive. */
  body(): Uint8Array;
}

export interface ReadableRecording {
  answers: readonly ReadableAnswer[];
  /** The one of them that brought the page; null where none did. */
  page: ReadableAnswer | null;
  /** The address that was reached. */
  finalUrl: string | null;
  /** The page as rendered, where it is not too large. */
  dom: Uint8Array | null;
  /** Posts that passed while it was scrolled, in parts of HTML; none where it was not. */
  passed: readonly (() => Uint8Array)[];
}
