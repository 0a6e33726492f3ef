/** What a reader could not read, in words for the record. */
import type { AbsentPost, SiteReading } from '../contract/reading.ts';
import { shortText } from './well-formed.ts';

const MAX_NOTES = 50;

export class Notes {
  readonly list: string[] = [];
  /** Those of the list that tell of a limit of ours. */
  readonly limits: string[] = [];
  /** Posts that the platform does not show. */
  readonly #absent: AbsentPost[] = [];

  /** What a reading says besides its posts. */
  get said(): Omit<SiteReading, 'posts'> {
    const { list: notes, limits } = this;
    return this.#absent.length === 0 ? { notes, limits } : { notes, limits, absent: this.#absent };
  }

  add(note: string): void {
    const held = shortText(note, 400);
    if (held === null || this.list.includes(held)) return;
    if (this.list.length < MAX_NOTES) this.list.push(held);
    else if (this.list.length === MAX_NOTES) this.list.push('Further notes were left out.');
  }

  /** In the place of a post the platform says this. */
  notShown(platformId: string, words: string): void {
    const text = shortText(words, 400) ?? 'nothing';
    if (this.#absent.length < MAX_NOTES) this.#absent.push({ platformId, text });
  }

  /** More stands in the page than is read: told to whoever imports it, too. */
  limit(note: string): void {
    this.add(note);
    const held = shortText(note, 400);
    if (held !== null && !this.limits.includes(held) && this.limits.length < MAX_NOTES)
      this.limits.push(held);
  }
}
