/** Posts out of pages, whichever file they came in. */
import type { RecordedExchange } from '../../contract/reading.ts';
import { readPage } from '../../sites/readers.ts';
import type { FoundReading } from './contents.ts';

/** What the reader for a page makes of it; `url` as the file or the recording gives it. */
export function readOnePage(url: string | null, page: RecordedExchange): FoundReading {
  const { reader, reading } = readPage({ url, exchanges: [page] });
  const { posts, notes } = reading;
  return { reader: { name: reader.name, version: reader.version }, posts, notes };
}

/** Gathers what readers find, one reading a reader. */
export class PageReadings {
  readonly #readings = new Map<string, FoundReading>();

  add(url: string | null, page: RecordedExchange): void {
    const { reader, posts, notes } = readOnePage(url, page);
    const key = `${reader.name} ${reader.version}`;
    const found = this.#readings.get(key) ?? { reader, posts: [], notes: [] };
    this.#readings.set(key, found);
    found.posts.push(...posts);
    found.notes.push(...notes);
  }

  all(): FoundReading[] {
    return [...this.#readings.values()];
  }
}
