/** Posts out of pages, whichever file they came in. */
import type { RecordedExchange } from '../../contract/reading.ts';
import { readPage } from '../../sites/readers.ts';
import type { FileContents, FoundReading } from './contents.ts';

const mostWarnings = 50;

type Warning = FileContents['warnings'][number];

/** What the reader for a page makes of it; `url` as the file or the recording gives it. */
export function readOnePage(url: string | null, page: RecordedExchange): FoundReading & { limits: string[] } {
  const { reader, reading } = readPage({ url, exchanges: [page] });
  const { posts, notes, limits } = reading;
  return { reader: { name: reader.name, version: reader.version }, posts, notes, limits };
}

/** Gathers what readers find, one reading a reader. */
export class PageReadings {
  readonly #readings = new Map<string, FoundReading>();
  readonly #warnings: Warning[] = [];

  add(url: string | null, page: RecordedExchange): void {
    const { reader, posts, notes, limits } = readOnePage(url, page);
    for (const limit of limits) this.#warn(url === null ? limit : `${url}: ${limit}`);
    const key = `${reader.name} ${reader.version}`;
    const found = this.#readings.get(key) ?? { reader, posts: [], notes: [] };
    this.#readings.set(key, found);
    found.posts.push(...posts);
    found.notes.push(...notes);
  }

  /** Where more stands in a page than was read of it. */
  get warnings(): Warning[] {
    return [...this.#warnings];
  }

  #warn(message: string): void {
    if (this.#warnings.length < mostWarnings) this.#warnings.push({ code: 'reading-limit', message });
    else if (this.#warnings.length === mostWarnings)
      this.#warnings.push({ code: 'reading-limit', message: 'More of this kind were left out.' });
  }

  all(): FoundReading[] {
    return [...this.#readings.values()];
  }
}
