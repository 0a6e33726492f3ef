/** What a site reader gets and gives. A reader is pure: no network, no clock, no database. */
import type { PostContent } from './model/post.ts';

/** What is known of an answer before its body is read. */
export interface AnswerHead {
  url: string;
  status: number;
  /** Lower case, without parameters: `text/html`. */
  mediaType: string;
}

/** One answer of a server, after transfer and content decoding, as a recording holds it. */
export interface RecordedExchange extends AnswerHead {
  /** Its number in a recording of ours: a post whose words stand in it says so. Absent where a file was imported. */
  n?: number;
  /** From the Content-Type header; null where it gives none. */
  charset: string | null;
  /** May be read from the archive when it is asked for: ask once. */
  readonly body: Uint8Array;
}

export interface ReadingInput {
  /** The address of the page as the recording or the saved file gives it; null where it gives none. */
  url: string | null;
  /** The page first, where there is one; then the answers that the reader wants. */
  exchanges: readonly RecordedExchange[];
  /** Addresses of all answers with a body: of a medium's several addresses the one that was recorded is named. */
  addresses?: ReadonlySet<string>;
}

/** A post in whose place the platform says something. */
export interface AbsentPost {
  platformId: string;
  /** In the platform's words, where it has some. */
  text: string;
}

export interface SiteReading {
  posts: PostContent[];
  /** Posts that the platform does not show; each is told in the notes, too. */
  absent?: AbsentPost[];
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
  /** Whether an answer beside the page can hold posts. Left out by readers that read pages alone. */
  wants?(answer: AnswerHead): boolean;
  /** Whether the page at this address shows these posts, so that no other reader need look at it. */
  covers?(url: string, posts: readonly PostContent[]): boolean;
  /** Never throws for what the input holds. */
  read(input: ReadingInput): SiteReading;
}
