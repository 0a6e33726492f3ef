/** Posts out of pages, whichever file they came in. */
import type { RecordedExchange } from '../../contract/reading.ts';
import { readPage } from '../../sites/readers.ts';
import type { FoundReading } from './contents.ts';

/** Gathers what readers find, one reading a reader. */
export class PageReadings {
  readonly #readings = new Map<string, FoundReading>();

  add(url: string | null, page: RecordedExchange): void {
    const { reader, reading } = readPage({ url, exchanges: [page] });
    const key = `${reader.name} ${reader.version}`;
    const found = this.#readings.get(key) ?? {
      reader: { name: reader.name, version: reader.version },
      posts: [],
      notes: [],
    };
    this.#readings.set(key, found);
    found.posts.push(...reading.posts);
    found.notes.push(...reading.notes);
  }

  all(): FoundReading[] {
    return [...this.#readings.values()];
  }
}
