/** What a site reader gets and gives. A reader is pure: no network, no clock, no database. */
import type { PostContent } from './model/post.ts';

/** One answer of a server, after transfer and content decoding, as a recording holds it. */
export interface RecordedExchange {
  url: string;
  status: number;
  /** Lower case, without parameters: `text/html`. */
  mediaType: string;
  /** From the Content-Type header; null where it gives none. */
  charset: string | null;
  body: Uint8Array;
}

export interface ReadingInput {
  /** The address of the page as the recording or the saved file gives it; null where it gives none. */
  url: string | null;
  /** The page first. */
  exchanges: readonly RecordedExchange[];
}

export interface SiteReading {
  posts: PostContent[];
  /** What the reader could not read, in words; never empty when `posts` is. */
  notes: string[];
  /** Those notes that tell of a limit: more stands in the page than was read. */
  limits: string[];
}

export interface SiteReader {
  name: string;
  /** Raised with every change that can change what is read. */
  version: string;
  /** 'data, date': the real recorded data that this reader was last checked against. */
  lastCheckedAgainst: string;
  read(input: ReadingInput): SiteReading;
}
