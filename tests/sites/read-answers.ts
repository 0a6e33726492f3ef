/** Reads answers that a test writes down, and checks in full what comes out. */
import { expect } from 'vitest';
import { postContentSchema } from '../../contract/model/post.ts';
import type { SiteReader, SiteReading } from '../../contract/reading.ts';
import { canonicalJson } from '../../evidence/log/canonical.ts';
import { fromParts, toParts } from '../../evidence/post/parts.ts';
import type { GivenAnswer } from './counts.ts';

/** Every reading of every test can be stored, committed to, and taken apart and put together again. */
function checkReading(reading: SiteReading): void {
  for (const post of reading.posts) {
    expect(postContentSchema.parse(post)).toEqual(post);
    expect(canonicalJson(fromParts(toParts(post)))).toBe(canonicalJson(post));
  }
  if (/[\p{Surrogate}\0]/u.test(reading.notes.join(''))) throw new Error('a note is not well-formed');
}

export function readAll(
  reader: SiteReader,
  answers: readonly GivenAnswer[],
  addresses: readonly string[] = [],
): SiteReading {
  const exchanges = answers.map(({ url, body, status = 200 }, n) => ({
    n,
    url,
    status,
    mediaType: 'application/json',
    charset: 'utf-8',
    body: body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)),
  }));
  for (const exchange of exchanges) expect(reader.wants?.(exchange)).toBe(true);
  const reading = reader.read({ url: null, exchanges, addresses: new Set(addresses) });
  checkReading(reading);
  return reading;
}
