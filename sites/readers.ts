/** All site readers, in the order in which they are asked. */
import { HoldfastError } from '../contract/errors.ts';
import type { ReadingInput, SiteReader, SiteReading } from '../contract/reading.ts';
import { generalReader } from './general.ts';

/** Readers of one platform come first; the general one reads what is left. */
export const siteReaders: readonly SiteReader[] = [generalReader];

/**
 * Reads a page with the first reader that finds a post in it; where none does, the general reader's notes say
 * why. Never throws for what the input holds.
 */
export function readPage(input: ReadingInput): { reader: SiteReader; reading: SiteReading } {
  for (const reader of siteReaders) {
    const reading = reader.read(input);
    if (reader === generalReader || reading.posts.length > 0) return { reader, reading };
  }
  throw new HoldfastError(
    'internal',
    'The list of site readers lacks the general reader, which must be its last.',
  );
}
