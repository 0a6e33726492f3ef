/** Posts out of pages and the answers beside them, whichever file they came in. */
import type { RecordedExchange } from '../../contract/reading.ts';
import { lastResort } from '../../sites/general.ts';
import { isCovered, type ReadBy, readAnswers, readPage } from '../../sites/readers.ts';
import { replayAddress } from '../../sites/replay/address.ts';
import type { FileContents, FoundReading } from './contents.ts';

const mostWarnings = 50;
/** Bytes of answers that are kept in memory until all of a file are read. */
const mostAnswerBytes = 64 * 1024 * 1024;

type Warning = FileContents['warnings'][number];

export interface LimitedReading extends FoundReading {
  limits: string[];
}

export function foundBy({ reader, reading: { posts, notes, limits, absent = [] } }: ReadBy): LimitedReading {
  return { reader: { name: reader.name, version: reader.version }, posts, notes, limits, absent };
}

/** What the reader for a page makes of it; `url` as the file or the recording gives it. */
export function readOnePage(url: string | null, page: RecordedExchange): LimitedReading {
  return foundBy(readPage({ url, exchanges: [page] }));
}

/** Nothing says that a post stands in the page: its title and words were taken. */
export function isThin({ posts }: FoundReading): boolean {
  return posts.every((post) => post.readFrom === lastResort);
}

/** What was read out of the page at `url` without the posts that the same reader read out of answers beside it. */
export function withoutRead<R extends FoundReading>(
  found: R,
  beside: readonly ReadBy[],
  url: string | null,
): R | null {
  const isReplay = replayAddress(url) !== null;
  const alike = beside.filter(
    ({ reader, replay }) => reader.name === found.reader.name && (replay !== undefined) === isReplay,
  );
  const ids = new Set(alike.flatMap(({ reading }) => reading.posts.map(({ platformId }) => platformId)));
  const posts = found.posts.filter(({ platformId }) => platformId === null || !ids.has(platformId));
  return posts.length === 0 && found.posts.length > 0 ? null : { ...found, posts };
}

/** Gathers what readers find, one reading a reader. */
export class PageReadings {
  readonly #pages: { url: string | null; found: LimitedReading }[] = [];
  readonly #answers: RecordedExchange[] = [];
  readonly #addresses = new Set<string>();
  readonly #warnings: Warning[] = [];
  #answerBytes = 0;

  add(url: string | null, page: RecordedExchange): void {
    this.#pages.push({ url, found: readOnePage(url, page) });
  }

  /** An answer that a reader wants: read with all others of the file, since the same posts stand in several. */
  addAnswer(answer: RecordedExchange): void {
    this.#answerBytes += answer.body.length;
    if (this.#answerBytes <= mostAnswerBytes) this.#answers.push(answer);
    else {
      this.#answerBytes -= answer.body.length;
      this.#warn(
        `${answer.url.slice(0, 200)}: more answers than are read for posts; this one was kept only.`,
      );
    }
  }

  /** Of any answer with a body. */
  addAddress(url: string): void {
    this.#addresses.add(url);
  }

  /** Ends the gathering: one reading a reader, and where more stands in the file than was read. */
  finish(): { readings: FoundReading[]; warnings: Warning[] } {
    const answered = readAnswers({ url: null, exchanges: this.#answers, addresses: this.#addresses });
    const readings = new Map<string, FoundReading>();
    for (const { url, found: whole } of this.#pages) {
      const found = withoutRead(whole, answered, url);
      if (found === null) continue;
      // The shell of a page whose posts came in answers beside it has nothing to say of its own.
      if (isThin(found) && isCovered(url, answered)) continue;
      for (const limit of found.limits) this.#warn(url === null ? limit : `${url}: ${limit}`);
      const { reader, posts, notes } = found;
      const key = `${reader.name} ${reader.version}`;
      const known = readings.get(key) ?? { reader, posts: [], notes: [] };
      readings.set(key, known);
      known.posts.push(...posts);
      known.notes.push(...notes);
    }
    const beside = answered.map(foundBy);
    for (const { limits } of beside) for (const limit of limits) this.#warn(limit);
    return {
      readings: [
        ...readings.values(),
        ...beside.map(({ reader, posts, notes }) => ({ reader, posts, notes })),
      ],
      warnings: [...this.#warnings],
    };
  }

  #warn(message: string): void {
    if (this.#warnings.length < mostWarnings) this.#warnings.push({ code: 'reading-limit', message });
    else if (this.#warnings.length === mostWarnings)
      this.#warnings.push({ code: 'reading-limit', message: 'More of this kind were left out.' });
  }
}
